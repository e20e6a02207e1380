package dev.weft.table.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written files, and what is read from them again. */
class CsvWriteTest {
  @TempDir private Path folder;

  private Path write(String name, TableWriting options, Batch... batches) throws IOException {
    Path file = folder.resolve(name);
    TableWriter writer = new CsvTables().create(file, batches[0].schema(), options);
    for (Batch batch : batches) {
      writer.append(writer.encode(batch));
    }
    writer.commit();
    return file;
  }

  private static Batch batch(List<Field> fields, ColumnData... columns) {
    return new Batch(Schema.of(fields), List.of(columns), columns[0].length());
  }

  private static Batch everyType() {
    byte[] last = {1, 1, 1, 0};
    Object[][] numbers = {
      {"bool", new byte[] {0, 1, 1, 0}},
      {"int8", new byte[] {-128, 127, 0, 0}},
      {"uint8", new byte[] {-1, 127, 0, 0}},
      {"int16", new short[] {Short.MIN_VALUE, 7, 0, 0}},
      {"uint16", new short[] {-1, 7, 0, 0}},
      {"int32", new int[] {Integer.MIN_VALUE, 7, 0, 0}},
      {"uint32", new int[] {-1, 7, 0, 0}},
      {"int64", new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 0}},
      {"uint64", new long[] {-1, Long.MAX_VALUE, 0, 0}},
      {"float16", new short[] {0x3C00, (short) 0xFC00, 0x2E66, 0}},
      {"float32", new float[] {0.1f, Float.NaN, Float.MIN_VALUE, 0}},
      {"float64", new double[] {0.1, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 0}},
      {"timestamp", new long[] {Long.MIN_VALUE, 1, 1_700_000_000_000_000_000L, 0}},
      {"timestamp[Europe/Berlin]", new long[] {Long.MAX_VALUE, -1, 1_667_091_600_000_000_000L, 0}},
    };
    List<Field> fields =
        Stream.of(numbers)
            .map(one -> new Field("c " + one[0], ColumnType.of((String) one[0])))
            .toList();
    ColumnData[] columns = new ColumnData[numbers.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnData.of(fields.get(i).type(), numbers[i][1], last);
    }
    return batch(fields, columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.csv", "out.tsv", "out.csv.gz", "out.csv.zst"})
  void everyTypeComesBack(String name) throws IOException {
    Batch batch = everyType();
    Path file = write(name, TableWriting.defaults(), batch, batch.slice(0, 0), batch);
    TableReading options = TableReading.defaults();
    for (Field field : batch.schema().fields()) {
      options = options.type(field.name(), field.type());
    }
    var source = new CsvTables().open(List.of(file), options);
    assertThat(source.schema()).isEqualTo(batch.schema());
    assertThat(CsvFiles.rows(CsvFiles.all(source)))
        .isEqualTo(CsvFiles.rows(Batch.concat(batch.schema(), List.of(batch, batch))));
  }

  private static Batch texts(String... entries) {
    int[] codes = new int[entries.length + 1];
    byte[] present = new byte[codes.length];
    for (int i = 0; i < entries.length; i++) {
      codes[i] = i;
      present[i] = 1;
    }
    return batch(
        List.of(new Field("s,\"x\"", ColumnType.TEXT)),
        ColumnData.text(codes, Dictionary.of(List.of(entries)), present));
  }

  @Test
  void textsOfOneColumnComeBack() throws IOException {
    Batch batch = texts("", "a,b", "\"", "x\ny", "\r", " z ", "NA", "\uFEFF", "😀");
    for (String missing : List.of("", "NA")) {
      Path file = write("out.csv", new TableWriting(',', true, missing), batch);
      for (long bytes : new long[] {1, 5, 1000}) {
        var source =
            new CsvTables()
                .open(
                    List.of(file),
                    TableReading.defaults().header(true).missing(missing).partitionBytes(bytes));
        assertThat(CsvFiles.rows(CsvFiles.all(source))).isEqualTo(CsvFiles.rows(batch));
      }
    }
  }

  @Test
  void textOfTheFile() throws IOException {
    Batch batch =
        batch(
            List.of(
                new Field("i", ColumnType.INT64),
                new Field("x", ColumnType.FLOAT64),
                new Field("t", ColumnType.of("timestamp[Europe/Berlin]"))),
            ColumnData.of(ColumnType.INT64, new long[] {1, 2}, new byte[] {1, 0}),
            ColumnData.of(ColumnType.FLOAT64, new double[] {1, 1e-10}, null),
            ColumnData.of(
                ColumnType.of("timestamp[Europe/Berlin]"), new long[] {0, 500_000_000}, null));
    assertThat(write("out.csv", new TableWriting(';', true, "NA"), batch))
        .hasContent(
            "i;x;t\n1;1.0;1970-01-01T01:00:00+01:00\nNA;1.0E-10;1970-01-01T01:00:00.5+01:00\n");
    assertThat(write("out.csv", new TableWriting(',', false, ""), batch.slice(0, 0))).isEmptyFile();
  }

  @Test
  void anAbortedFileLeavesNothingAndWhatWasThere() throws IOException {
    Batch batch = texts("new");
    Path file = write("out.csv", TableWriting.defaults(), texts("old"));
    TableWriter writer = new CsvTables().create(file, batch.schema(), TableWriting.defaults());
    writer.append(writer.encode(batch));
    writer.abort();
    assertThat(file).content().contains("old").doesNotContain("new");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
