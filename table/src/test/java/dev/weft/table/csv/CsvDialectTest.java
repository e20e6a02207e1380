package dev.weft.table.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.source.TableReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells of files of many dialects, beside those that Python's csv module reads. */
class CsvDialectTest {
  @TempDir private Path folder;

  private static String unpacked(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  @Test
  void cellsAreThoseOfPythonWhateverThePartitions() throws IOException {
    int files = 0;
    for (String line : lines()) {
      String[] parts = line.split("\t", -1);
      char separator = (char) Integer.parseInt(parts[0]);
      List<List<String>> expected = new ArrayList<>();
      for (String row : Arrays.copyOfRange(parts, 2, parts.length)) {
        expected.add(Arrays.stream(row.split(",", -1)).map(CsvDialectTest::unpacked).toList());
      }
      for (long bytes : new long[] {1, 2, 3, 7, 20, 1000}) {
        assertThat(cells(unpacked(parts[1]), separator, expected.getFirst().size(), bytes))
            .as("file %d, partitions of %d bytes", files, bytes)
            .isEqualTo(expected);
      }
      files++;
    }
    assertThat(files).isEqualTo(72);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CsvDialectTest.class.getResourceAsStream("dialects.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private List<List<String>> cells(String text, char separator, int columns, long bytes)
      throws IOException {
    TableReading options =
        TableReading.defaults().separator(separator).header(false).partitionBytes(bytes);
    for (int i = 1; i <= columns; i++) {
      options = options.type("column" + i, ColumnType.TEXT);
    }
    Batch batch = new CsvFiles(folder).read(text, options);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<String> cells = new ArrayList<>();
      for (var column : batch.columns()) {
        cells.add(Objects.requireNonNullElse(column.textAt(row), ""));
      }
      rows.add(cells);
    }
    return rows;
  }
}
