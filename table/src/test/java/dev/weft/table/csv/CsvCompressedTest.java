package dev.weft.table.csv;

import static dev.weft.table.Columns.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.io.FormatException;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.source.TableReader;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.text.PackedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files in partitions: the rows and errors of the same file as it is. */
class CsvCompressedTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return PackedFiles.write(folder.resolve(name), text);
  }

  private static List<List<Object>> rows(TableSource source) throws IOException {
    List<Batch> batches = new ArrayList<>();
    try (TableReader reader = source.reader()) {
      for (int i = 0; i < source.partitions(); i++) {
        batches.add(reader.read(i, source.schema().names()));
      }
    }
    return CsvFiles.rows(Batch.concat(source.schema(), batches));
  }

  @Test
  void rowsAreThoseOfTheFileAsItIs() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String text = "\uFEFF" + "\n".repeat(300) + CsvPartitionTest.text(end);
      List<List<Object>> whole =
          rows(new CsvTables().open(List.of(write("data.csv", text)), TableReading.defaults()));
      for (String name : List.of("data.csv.gz", "data.csv.zst")) {
        Path file = write(name, text);
        for (long bytes : new long[] {100, 65_537, 262_144, 262_145, 300_000}) {
          TableSource source =
              new CsvTables().open(List.of(file), TableReading.defaults().partitionBytes(bytes));
          assertThat(source.partitions()).isGreaterThan(bytes < 100_000 ? 1 : 0);
          assertThat(rows(source)).isEqualTo(whole);
        }
        TableSource parts =
            new CsvTables().open(List.of(file), TableReading.defaults().partitionBytes(300_000));
        assertThat(CsvFiles.rows(CsvFiles.all(parts))).isEqualTo(whole);
      }
    }
  }

  @Test
  void tablesOfCompressedFiles() throws IOException {
    StringBuilder text = new StringBuilder("n,s\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i).append(",\"of\n").append(i * 31L % 1000).append("\"\n");
    }
    write("part-1.csv.gz", text.toString());
    write("part-2.csv.gz", text.toString());
    try (Session session = Session.open()) {
      Table t =
          Tables.read(
              session,
              folder.resolve("part-*.csv.gz"),
              TableReading.defaults().partitionBytes(50_000));
      assertThat(t.explain()).containsPattern("[3-9][0-9] partitions");
      assertThat(t.count()).isEqualTo(200_000);
      assertThat(t.agg(sum("n")).compute().getLong(0, "sum_n")).isEqualTo(9_999_900_000L);
      assertThat(t.groupBy("s").agg(sum("n")).compute().rows()).isEqualTo(1000);
      assertThat(t.sort("n").head(3).compute().doubles("n")).containsExactly(0, 0, 1);
      assertThat(t.head(2).compute().doubles("n")).containsExactly(0, 1);
      assertThat(t.tail(2).compute().doubles("n")).containsExactly(99_998, 99_999);
      t.save(folder.resolve("all.csv"));
    }
    assertThat(Files.readString(folder.resolve("all.csv")))
        .isEqualTo(text + text.substring("n,s\n".length()));
  }

  @Test
  void errorsSayTheLineOfTheText() throws IOException {
    StringBuilder rows = new StringBuilder();
    new Random(6).longs(3000).forEach(n -> rows.append(n).append(",\"\n\"\n"));
    for (String name : List.of("data.csv.gz", "data.csv.zst")) {
      TableSource source =
          new CsvTables()
              .open(
                  List.of(write(name, "a,b\n" + rows + "x,y\n" + rows)),
                  TableReading.defaults().partitionBytes(1000));
      assertThat(source.partitions()).isGreaterThan(10);
      assertThatThrownBy(() -> rows(source))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(name + ": line 6,002, column 'a': 'x' is no int64");
    }
  }
}
