package dev.weft.table.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  private static final Schema SCHEMA =
      Schema.of(new Field("s", ColumnType.TEXT), new Field("i", ColumnType.INT64));

  private static Batch batch(Dictionary texts) {
    return new Batch(
        SCHEMA,
        List.of(
            ColumnData.text(new int[] {0, 1, 0}, texts, new byte[] {1, 1, 0}),
            ColumnData.of(ColumnType.INT64, new long[] {1, -2, 3}, null)),
        3);
  }

  @Test
  void aDictionaryThatBatchesShareIsCountedOnce() {
    Dictionary texts = Dictionary.of(List.of("a".repeat(500), "b".repeat(500)));
    long one = batch(texts).bytes();
    try (Store store = new Store(folder, one + 200)) {
      store.put(batch(texts));
      store.put(batch(texts));
      store.put(batch(texts));
      assertThat(store.spilled()).isZero();
      assertThat(store.peak()).isEqualTo(one + 2 * (one - texts.bytes()));
    }
  }

  @Test
  void whatIsMoreThanTheLimitGoesToFilesThatAreGoneAtTheEnd() {
    Dictionary texts = Dictionary.of(List.of("ä", "🙂"));
    try (Store store = new Store(folder, 0)) {
      Store.Held held = store.put(batch(texts));
      assertThat(folder.toFile().list()).hasSize(1);
      assertThat(store.spilled()).isEqualTo(held.bytes()).isPositive();
      Batch back = held.get();
      for (int row = 0; row < 3; row++) {
        assertThat(back.column("s").get(row)).isEqualTo(batch(texts).column("s").get(row));
        assertThat(back.column("i").get(row)).isEqualTo(batch(texts).column("i").get(row));
      }
      assertThat(held.slice(1, 3).column("i").longs()).containsExactly(-2, 3);
      assertThat(held.slice(1, 3).column("s").isNull(1)).isTrue();
      held.release();
      assertThat(folder.toFile().list()).isEmpty();
      store.put(batch(texts));
    }
    assertThat(folder.toFile().list()).isEmpty();
  }
}
