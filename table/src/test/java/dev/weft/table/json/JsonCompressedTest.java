package dev.weft.table.json;

import static dev.weft.table.Columns.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.io.FormatException;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.source.TableReading;
import dev.weft.table.text.PackedFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed JSON lines in partitions. */
class JsonCompressedTest {
  @TempDir private Path folder;

  private Table table(Session session, String text) throws IOException {
    Path file = PackedFiles.write(folder.resolve("data.jsonl.gz"), text);
    return Tables.read(session, file, TableReading.defaults().partitionBytes(10_000));
  }

  @Test
  void rowsAndErrors() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("{\"n\": ").append(i).append(", \"s\": \"\\\"\"}\n");
    }
    try (Session session = Session.open()) {
      Table t = table(session, text.toString());
      assertThat(t.explain()).containsPattern("[0-9][0-9] partitions");
      assertThat(t.agg(sum("n")).compute().getLong(0, "sum_n")).isEqualTo(1_249_975_000L);
      assertThat(t.compute().getLong(49_999, "n")).isEqualTo(49_999);
      Table wrong = table(session, text + "{\"n\": true}\n" + text);
      assertThatThrownBy(wrong::compute)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("data.jsonl.gz: line 50,001, key 'n': 'true' is no int64");
    }
  }
}
