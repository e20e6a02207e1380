package dev.weft.table.csv;

import dev.weft.table.column.Batch;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small files, and all of what they hold. */
record CsvFiles(Path folder) {
  TableSource open(String text, TableReading options) throws IOException {
    return open(text.getBytes(StandardCharsets.UTF_8), options);
  }

  TableSource open(byte[] text, TableReading options) throws IOException {
    Path file = Files.write(folder.resolve("data.csv"), text);
    return new CsvTables().open(List.of(file), options);
  }

  Batch read(String text) throws IOException {
    return all(open(text, TableReading.defaults()));
  }

  Batch read(String text, TableReading options) throws IOException {
    return all(open(text, options));
  }

  static Batch all(TableSource source) throws IOException {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < source.partitions(); i++) {
      batches.add(source.read(i, source.schema().names()));
    }
    return Batch.concat(source.schema(), batches);
  }

  /** The values of all rows. */
  static List<List<Object>> rows(Batch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<Object> values = new ArrayList<>();
      for (var column : batch.columns()) {
        values.add(column.get(row));
      }
      rows.add(values);
    }
    return rows;
  }
}
