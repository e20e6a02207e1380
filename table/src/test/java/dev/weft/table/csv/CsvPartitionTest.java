package dev.weft.table.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.WeftException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of files that are longer than what is looked at in one go. */
class CsvPartitionTest {
  private static final int ROWS = 20_000;

  @TempDir private Path folder;

  /** Texts with quotes, separators and line ends in them, so that most line ends end no row. */
  static String text(String end) {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("n,s,x").append(end);
    for (int row = 0; row < ROWS; row++) {
      text.append(row).append(",\"");
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(
            List.of("a", ",", "\n", "\r\n", "\"\"", "\"\",", "ü", "\r", "x,\"\"\n")
                .get(random.nextInt(9)));
      }
      text.append("\",").append(random.nextInt(3) == 0 ? "5\"" : "z").append(end);
    }
    return text.toString();
  }

  @Test
  void rowsAreTheSameInPartitionsOfAllSizes() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String text = text(end);
      List<List<Object>> whole = CsvFiles.rows(new CsvFiles(folder).read(text));
      assertThat(whole).hasSize(ROWS);
      assertThat(whole.getLast().getFirst()).isEqualTo(ROWS - 1L);
      for (long bytes : new long[] {1000, 65_537, 262_144, 262_145, 300_000}) {
        TableSource source =
            new CsvFiles(folder).open(text, TableReading.defaults().partitionBytes(bytes));
        assertThat(source.partitions()).isGreaterThan(1);
        assertThat(CsvFiles.rows(CsvFiles.all(source))).isEqualTo(whole);
      }
    }
  }

  @Test
  void partitionsAreReadByManyThreadsInAnyOrder()
      throws IOException, InterruptedException, ExecutionException {
    TableSource source =
        new CsvFiles(folder).open(text("\n"), TableReading.defaults().partitionBytes(20_000));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < source.partitions(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(1));
    Batch[] batches = new Batch[source.partitions()];
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Batch>> reads =
          order.stream().map(i -> threads.submit(() -> source.read(i, List.of("n")))).toList();
      for (int i = 0; i < reads.size(); i++) {
        batches[order.get(i)] = reads.get(i).get();
      }
    }
    long[] numbers = Batch.concat(batches[0].schema(), List.of(batches)).column("n").longs();
    assertThat(numbers).hasSize(ROWS).isSorted();
  }

  @Test
  void aRowLongerThanPartitionsLeavesSomeEmpty() throws IOException {
    String text = "a,b\n1," + "x".repeat(1000) + "\n2,y\n";
    TableSource source =
        new CsvFiles(folder).open(text, TableReading.defaults().partitionBytes(100));
    assertThat(source.partitions()).isEqualTo(11);
    assertThat(source.read(5, List.of("a")).rows()).isZero();
    assertThat(CsvFiles.all(source).column("a").longs()).containsExactly(1, 2);
  }

  @Test
  void aFileThatHasChangedIsNotRead() throws IOException {
    TableSource source = new CsvFiles(folder).open("a,b\n1,2\n", TableReading.defaults());
    Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n3,4\n");
    assertThatThrownBy(() -> source.read(0, List.of("a")))
        .isInstanceOf(WeftException.class)
        .hasMessageContaining("data.csv");
  }

  @Test
  void aLongCellIsRead() throws IOException {
    String cell = "long ".repeat(2_000_000);
    Batch batch =
        new CsvFiles(folder)
            .read("a,b\n\"" + cell + "\",2\n", TableReading.defaults().type("a", ColumnType.TEXT));
    assertThat(batch.column("a").textAt(0)).isEqualTo(cell);
  }

  @Test
  void sizeInMemoryIsAboutRight() throws IOException {
    TableSource source =
        new CsvFiles(folder).open("a,b\n" + "123,4567\n".repeat(10_000), TableReading.defaults());
    assertThat(source.bytes()).isBetween(140_000L, 200_000L);
  }
}
