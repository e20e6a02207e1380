package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortTest {
  private static Session session;

  @TempDir static Path folder;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static List<Object> column(Table table, String name) {
    List<Object> values = new ArrayList<>();
    table.compute().forEach(row -> values.add(row.get(name)));
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void missingValuesComeLastAndNanBeforeThem(int partitions) {
    Table t =
        Tables.ofRows(
            session,
            columns(
                "x", list(2.0, Double.NaN, null, -1.0, Double.NEGATIVE_INFINITY, -0.0, 0.0),
                "s", list("b", null, "ab", "ä", "", "a", "a")),
            partitions);
    assertThat(column(t.sort("x"), "x"))
        .isEqualTo(list(Double.NEGATIVE_INFINITY, -1.0, -0.0, 0.0, 2.0, Double.NaN, null));
    assertThat(column(t.sort(col("x").descending()), "x"))
        .isEqualTo(list(2.0, -0.0, 0.0, -1.0, Double.NEGATIVE_INFINITY, Double.NaN, null));
    assertThat(column(t.sort("s"), "s")).isEqualTo(list("", "a", "a", "ab", "b", "ä", null));
    assertThat(column(t.sort(col("s").descending(), "x"), "x"))
        .isEqualTo(list(-1.0, 2.0, null, -0.0, 0.0, Double.NEGATIVE_INFINITY, Double.NaN));
  }

  private static Table random(Session of, int rows, int partitions) {
    Random random = new Random(3);
    List<Object> k = new ArrayList<>();
    List<Object> s = new ArrayList<>();
    List<Object> i = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      k.add((long) (random.nextGaussian() * 40));
      s.add(Integer.toString(random.nextInt(300), 36));
      i.add(row);
    }
    return Tables.ofRows(of, columns("k", k, "s", s, "i", i), partitions);
  }

  private static List<List<Object>> sorted(int rows) {
    List<List<Object>> all = rows(random(session, rows, 1));
    all.sort(
        Comparator.<List<Object>, Long>comparing(row -> -(Long) row.get(0))
            .thenComparing(row -> (String) row.get(1)));
    return all;
  }

  @Test
  void equalRowsStayInOrder() {
    for (int partitions : new int[] {1, 3, 20}) {
      Table t = random(session, 4000, partitions);
      assertThat(rows(t.sort(col("k").descending(), "s"))).isEqualTo(sorted(4000));
    }
  }

  @Test
  void whatIsLargerThanMemoryIsSortedByWayOfTheDisk() {
    try (Session small = Sessions.small(folder, 1 << 20)) {
      assertThat(rows(random(small, 30_000, 9).sort(col("k").descending(), "s")))
          .isEqualTo(sorted(30_000));
    }
  }

  @Test
  void equalKeysAreSpreadOverPartitions() {
    Table t = random(session, 3000, 6).withColumn("one", Columns.lit(1)).sort("one").persist();
    assertThat(column(t, "i")).isEqualTo(column(random(session, 3000, 1), "i"));
  }

  @Test
  void firstsOfASortAreThose() {
    Table t = random(session, 4000, 7);
    assertThat(rows(t.sort(col("k").descending(), "s").head(25)))
        .isEqualTo(sorted(4000).subList(0, 25));
    assertThat(rows(t.topK(3, "i"))).hasSize(3);
    assertThat(column(t.topK(3, "i"), "i")).isEqualTo(list(3999L, 3998L, 3997L));
    assertThat(column(t.sort("i").tail(2), "i")).isEqualTo(list(3998L, 3999L));
  }

  @Test
  void headAndTailAreInOrder() {
    Table t = random(session, 100, 13);
    assertThat(column(t.head(20), "i")).isEqualTo(column(t, "i").subList(0, 20));
    assertThat(column(t.tail(20), "i")).isEqualTo(column(t, "i").subList(80, 100));
    assertThat(t.head(0).count()).isZero();
    assertThat(t.head(1000).count()).isEqualTo(100);
    assertThatThrownBy(() -> t.head(-1))
        .isInstanceOf(UsageException.class)
        .hasMessage("head(-1); give 0 or more");
  }

  @Test
  void samplesDoNotDependOnPartitions() {
    List<Object> some = column(random(session, 4000, 3).sample(0.1, 5), "i");
    assertThat(column(random(session, 4000, 11).sample(0.1, 5), "i")).isEqualTo(some);
    assertThat(some.size()).isBetween(300, 500);
    assertThat(column(random(session, 4000, 3).sample(0.1, 6), "i")).isNotEqualTo(some);
    assertThatThrownBy(() -> random(session, 1, 1).sample(1.5, 0))
        .hasMessage("sample of 1.5; give a number from 0 to 1");
  }
}
