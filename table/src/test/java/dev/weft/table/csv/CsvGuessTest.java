package dev.weft.table.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.source.TableReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is guessed from the first rows, and what is missing. */
class CsvGuessTest {
  @TempDir private Path folder;

  private Batch read(String text) throws IOException {
    return new CsvFiles(folder).read(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 -2 +3|int64",
        "1 2.5|float64",
        "1e3 .5 7. -inf NaN|float64",
        "true False TRUE|bool",
        "true 1|string",
        "2024-02-29 2024-02-29T12:30|timestamp",
        "2024-02-29T12:30:15.123456789+02:00 1999-01-01T00:00:00Z|timestamp",
        "2023-02-29|string",
        "2024-01-01T24:00|string",
        "12345678901234567890|string",
        "12345678901234567890 0.5|float64",
        "1 x|string",
        "0x10|string",
        "1_000|string",
        "1f|string",
        "1e|string",
        "- +|string",
        ".|string"
      })
  void typesAreTheNarrowest(String values, String type) throws IOException {
    Batch batch = read("name\n" + values.replace(' ', '\n') + "\n");
    assertThat(batch.schema()).hasToString("name: " + type);
    assertThat(batch.rows()).isEqualTo(values.split(" ").length);
  }

  @Test
  void valuesOfAllTypes() throws IOException {
    Batch batch =
        read(
            "b,i,x,t,s\ntrue,-9223372036854775808,0.1,2024-02-29 12:30:15.5,Zürich\n"
                + "false,7,-inf,1969-12-31T23:59:59.999999999Z,\"\"\n,,,,\n");
    assertThat(batch.schema())
        .hasToString("b: bool, i: int64, x: float64, t: timestamp, s: string");
    assertThat(CsvFiles.rows(batch))
        .containsExactly(
            List.of(true, Long.MIN_VALUE, 0.1, Instant.parse("2024-02-29T12:30:15.5Z"), "Zürich"),
            List.of(
                false,
                7L,
                Double.NEGATIVE_INFINITY,
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                ""),
            Arrays.asList(null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      value = {
        "a,b:1,2/a: int64, b: int64",
        "a;b:1,5;2,5/a: string, b: string",
        "a\tb:x,y\tz,w/a: string, b: string",
        "a|b:1|2/a: int64, b: int64",
        "1,2:3,4/column1: int64, column2: int64",
        ",n:0,x:1,y/column1: int64, n: string",
        "a,b/a: string, b: string",
        "a,2/column1: string, column2: int64",
        "one:two/one: string"
      })
  void separatorAndHeader(String lines, String schema) throws IOException {
    assertThat(read(lines.replace(':', '\n')).schema()).hasToString(schema);
  }

  @Test
  void aHeaderAloneIsATableOfNoRows() throws IOException {
    Batch batch = read("a,b\n");
    assertThat(batch.rows()).isZero();
    assertThat(batch.schema()).hasToString("a: string, b: string");
  }

  @Test
  void quotedEmptyFieldsAreMissingNumbersAndEmptyTexts() throws IOException {
    assertThat(CsvFiles.rows(read("n,s\n\"1\",\"\"\n\"\",x\n")))
        .containsExactly(List.of(1L, ""), Arrays.asList(null, "x"));
  }

  @Test
  void missingTextsAreThoseThatAreNotQuoted() throws IOException {
    Batch batch =
        new CsvFiles(folder)
            .read("n,s\nNA,NA\n-,\"NA\"\n3,x\n", TableReading.defaults().missing("NA", "-"));
    assertThat(CsvFiles.rows(batch))
        .containsExactly(Arrays.asList(null, null), Arrays.asList(null, "NA"), List.of(3L, "x"));
  }

  @Test
  void givenTypesNamesAndHeaderWin() throws IOException {
    TableReading options =
        TableReading.defaults()
            .names("x", "y")
            .header(true)
            .type("x", ColumnType.of("float32"))
            .type("y", ColumnType.of("timestamp[Europe/Berlin]"));
    Batch batch = new CsvFiles(folder).read("1,2020-01-01\n2,2020-07-01 12:00\n", options);
    assertThat(CsvFiles.rows(batch))
        .containsExactly(List.of(2.0, Instant.parse("2020-07-01T10:00:00Z")));
  }

  @Test
  void inOneColumnAnEmptyLineIsAMissingValue() throws IOException {
    assertThat(CsvFiles.rows(read("\n\nx\n1\n\n3\n")))
        .containsExactly(List.of(1L), Arrays.asList((Object) null), List.of(3L));
    assertThat(CsvFiles.rows(read("x,y\n1,2\n\n3,4\n\n"))).hasSize(2);
  }

  @Test
  void compressedFilesOfSeveralMembersAreOneText() throws IOException {
    Path file = folder.resolve("data.csv.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : List.of("\uFEFFa,b\n1,", "2\n3,4\n")) {
      try (OutputStream member = new GZIPOutputStream(bytes)) {
        member.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.write(file, bytes.toByteArray());
    var source = new CsvTables().open(List.of(file), TableReading.defaults().partitionBytes(1));
    assertThat(source.partitions()).isGreaterThan(1);
    assertThat(CsvFiles.rows(CsvFiles.all(source)))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L));
  }

  @Test
  void onlyTheWantedColumnsAreConverted() throws IOException {
    String rows = "1,2\n".repeat(2000);
    var source = new CsvFiles(folder).open("a,b\n" + rows + "x,3\n", TableReading.defaults());
    Batch batch = source.read(0, List.of("b"));
    assertThat(batch.rows()).isEqualTo(2001);
    assertThat(batch.column("b").longAt(2000)).isEqualTo(3);
    assertThat(source.read(0, List.of()).rows()).isEqualTo(2001);
  }

  /** More than the bytes that are looked at first. */
  @Test
  void aFirstRowOfMegabytes() throws IOException {
    String name = "ü".repeat(1_500_000);
    Batch batch = read("\"" + name + "\",b\n1,2\n" + "3,4\n".repeat(100_000));
    assertThat(batch.schema().names()).containsExactly(name, "b");
    assertThat(batch.rows()).isEqualTo(100_001);
  }

  @Test
  void tenThousandColumns() throws IOException {
    StringBuilder text = new StringBuilder("c0");
    for (int i = 1; i < 10_000; i++) {
      text.append(",c").append(i);
    }
    for (int row = 0; row < 3; row++) {
      text.append('\n').append(row);
      for (int i = 1; i < 10_000; i++) {
        text.append(',').append(i);
      }
    }
    Batch batch = read(text.toString());
    assertThat(batch.columns()).hasSize(10_000);
    assertThat(batch.column("c9999").longs()).containsExactly(9999, 9999, 9999);
  }
}
