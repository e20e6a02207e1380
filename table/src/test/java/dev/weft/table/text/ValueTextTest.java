package dev.weft.table.text;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.concat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value has one text, wherever it is written, and reads as the same value. */
class ValueTextTest {
  @TempDir private Path folder;

  private List<String> same(Table values) throws IOException {
    List<String> texts = new ArrayList<>();
    HostTable cast = values.select(col("v").cast("string").as("v")).compute();
    HostTable joined = values.select(concat(col("v"), "").as("v")).compute();
    values.save(folder.resolve("v.csv"));
    List<String> lines = Files.readAllLines(folder.resolve("v.csv"));
    for (int row = 0; row < cast.rows(); row++) {
      texts.add(cast.getString(row, "v"));
      assertThat(joined.getString(row, "v")).isEqualTo(texts.getLast());
      assertThat(lines.get(row + 1)).isEqualTo(texts.getLast());
    }
    String type = values.schema().fields().getFirst().type().label();
    HostTable back =
        values
            .select(col("v").cast("string").as("v"))
            .select(col("v").cast(type).as("v"))
            .compute();
    HostTable computed = values.compute();
    for (int row = 0; row < back.rows(); row++) {
      assertThat(back.get(row, "v")).isEqualTo(computed.get(row, "v"));
    }
    return texts;
  }

  @Test
  void numbersMomentsAndTruth() throws IOException {
    try (Session session = Session.open()) {
      Table numbers =
          Tables.ofRows(
              session,
              Map.of(
                  "v",
                  Arrays.asList(
                      Double.NaN,
                      Double.POSITIVE_INFINITY,
                      Double.NEGATIVE_INFINITY,
                      0.1,
                      -0.0,
                      1e300)),
              1);
      assertThat(same(numbers)).containsExactly("nan", "inf", "-inf", "0.1", "-0.0", "1.0E300");
      assertThat(same(numbers.select(col("v").cast("float32").as("v")).head(4)))
          .containsExactly("nan", "inf", "-inf", "0.1");
      Table moments =
          Tables.ofRows(
              session,
              Map.of(
                  "v",
                  List.of(
                      Instant.parse("2024-07-01T10:00:00Z"),
                      Instant.parse("2024-07-01T10:00:00.5Z"),
                      Instant.parse("2024-07-01T10:00:00.000001230Z"))),
              1);
      assertThat(same(moments))
          .containsExactly(
              "2024-07-01T10:00:00Z", "2024-07-01T10:00:00.5Z", "2024-07-01T10:00:00.00000123Z");
      assertThat(same(moments.select(col("v").cast("timestamp[Europe/Berlin]").as("v"))).get(1))
          .isEqualTo("2024-07-01T12:00:00.5+02:00");
      assertThat(same(Tables.ofRows(session, Map.of("v", List.of(true, false)), 1)))
          .containsExactly("true", "false");
    }
  }
}
