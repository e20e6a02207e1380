package dev.weft.table.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects in lines, read and written. */
class JsonLinesTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.jsonl"), text);
  }

  private static Batch all(TableSource source) throws IOException {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < source.partitions(); i++) {
      batches.add(source.read(i, source.schema().names()));
    }
    return Batch.concat(source.schema(), batches);
  }

  private Batch read(String text, TableReading options) throws IOException {
    return all(new JsonLines().open(List.of(file(text)), options));
  }

  private static List<List<Object>> rows(Batch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      List<Object> row = new ArrayList<>();
      for (ColumnData column : batch.columns()) {
        row.add(column.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private void refuses(String text, TableReading options, String message) {
    assertThatThrownBy(() -> read(text, options))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(message);
  }

  @Test
  void columnsAreKeysInTheOrderOfAppearance() throws IOException {
    String text =
        """
        {"b": true, "i": 1, "s": "Zürich \\u00e9 😀 \\n"}

        {"x": 0.5, "i": null, "t": "2024-02-29T12:00:00Z", "n": {"a": [1, 2.50]}}
        {"n": [null], "s": ""}
        """;
    for (long bytes : new long[] {1, 10, 1000}) {
      Batch batch = read(text, TableReading.defaults().partitionBytes(bytes));
      assertThat(batch.schema())
          .hasToString("b: bool, i: int64, s: string, x: float64, t: timestamp, n: string");
      assertThat(rows(batch))
          .containsExactly(
              Arrays.asList(true, 1L, "Zürich é 😀 \n", null, null, null),
              Arrays.asList(
                  null, null, null, 0.5, Instant.parse("2024-02-29T12:00:00Z"), "{\"a\":[1,2.50]}"),
              Arrays.asList(null, null, "", null, null, "[null]"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 2|int64",
        "1 2.5|float64",
        "1 \"NaN\"|float64",
        "NaN -Infinity|float64",
        "\"1\" \"2\"|string",
        "1 \"2\"|string",
        "true false|bool",
        "true 1|string",
        "null null|string",
        "[] {}|string",
        "1 []|string",
        "\"2024-01-01\" null|timestamp"
      })
  void typesAreThoseOfAllValues(String values, String type) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String value : values.split(" ")) {
      text.append("{\"k\": ").append(value).append("}\n");
    }
    assertThat(read(text.toString(), TableReading.defaults()).schema()).hasToString("k: " + type);
  }

  @Test
  void givenTypesNamesAndMissingTexts() throws IOException {
    TableReading types =
        TableReading.defaults()
            .type("x", ColumnType.of("int8"))
            .type("later", ColumnType.INT64)
            .missing("-");
    assertThat(rows(read("{\"x\": 1}\n{\"x\": \"-\"}", types)))
        .containsExactly(Arrays.asList(1L, null), Arrays.asList(null, null));
    assertThat(read("{\"x\": 1}", TableReading.defaults().names("y")).schema())
        .hasToString("y: int64");
    refuses(
        "{\"x\": 1}",
        TableReading.defaults().names("y", "z"),
        "data.jsonl: 2 names are given for 1 columns. Name each of them");
  }

  @Test
  void onlyWantedKeysAreConverted() throws IOException {
    String text = "{\"x\": 1, \"y\": 2}\n".repeat(1500) + "{\"x\": \"a\", \"y\": 3}";
    TableSource source = new JsonLines().open(List.of(file(text)), TableReading.defaults());
    assertThat(source.read(0, List.of("y")).column("y").longAt(1500)).isEqualTo(3);
    assertThat(source.read(0, List.of()).rows()).isEqualTo(1501);
  }

  @Test
  void laterValuesOfOtherTypes() {
    refuses(
        "\n{\"x\": 1}\n" + "{\"x\": 1}\n".repeat(1500) + "{\"x\": 1.5}\n",
        TableReading.defaults().partitionBytes(100),
        "data.jsonl: line 1,503, key 'x': '1.5' is no int64; read it with type(\"x\", float64)");
    refuses(
        "{\"x\": 1}\n".repeat(1500) + "{\"x\": [1, 2]}\n",
        TableReading.defaults(),
        "line 1,501, key 'x': '[1,2]' is no int64; read it with type(\"x\", string), or with missing(\"[1,2]\") where that stands for a missing value");
  }

  @Test
  void linesThatAreNoObjects() {
    refuses(
        "[{\"x\": 1}]",
        TableReading.defaults(),
        "data.jsonl: line 1: an object should begin here, not a list. Each line is one object; a list of them is made such a file by jq -c '.[]' FILE");
    refuses(
        "{}\n7",
        TableReading.defaults(),
        "line 2: an object should begin here, not another value. Each line is one object; a list of them is made such a file by jq -c '.[]' FILE");
    refuses(
        "{\"x\": 1}\n{\"x\":\n1}",
        TableReading.defaults(),
        "line 2: the object goes on over several lines. Write each in one line, as jq -c . FILE does");
    refuses(
        "{\"x\": 1}\n".repeat(1500) + "{\"x\": 1, \"x\": 2}",
        TableReading.defaults(),
        "line 1,501: key 'x' is twice in one object. Give each value a key of its own");
    refuses(
        "",
        TableReading.defaults(),
        "data.jsonl: there is nothing to read in it: it is empty. Check the file");
  }

  @Test
  void textThatIsNoJson() throws IOException {
    assertThatThrownBy(() -> read("{\"x\": 1}\n{x: 1}", TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("data.jsonl: line 2: this is no JSON: ")
        .hasMessageEndingWith(". Check the line");
    assertThatThrownBy(() -> read("{\"x\": 1}\n\n?", TableReading.defaults()))
        .hasMessageContaining("data.jsonl: line 3: this is no JSON: ");
    Path file =
        Files.write(
            folder.resolve("latin.jsonl"), new byte[] {'{', '"', (byte) 0xFC, '"', ':', '1', '}'});
    assertThatThrownBy(() -> new JsonLines().open(List.of(file), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 1: this is no JSON: Invalid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.jsonl", "out.ndjson.gz", "out.jsonl.zst"})
  void writtenRowsComeBack(String name) throws IOException {
    byte[] last = {1, 1, 1, 0};
    Schema schema =
        Schema.of(
            new Field("\"b\\", ColumnType.BOOL),
            new Field("i", ColumnType.INT64),
            new Field("x", ColumnType.FLOAT64),
            new Field("f", ColumnType.of("float32")),
            new Field("t", ColumnType.of("timestamp[Asia/Kolkata]")),
            new Field("s", ColumnType.TEXT));
    List<ColumnType> types = schema.fields().stream().map(Field::type).toList();
    Batch batch =
        new Batch(
            schema,
            List.of(
                ColumnData.of(types.get(0), new byte[] {0, 1, 1, 0}, last),
                ColumnData.of(types.get(1), new long[] {Long.MIN_VALUE, 5, -1, 0}, last),
                ColumnData.of(types.get(2), new double[] {Double.NaN, 0.1, -1e300, 0}, last),
                ColumnData.of(
                    types.get(3), new float[] {Float.NEGATIVE_INFINITY, 0.1f, 3, 0}, last),
                ColumnData.of(types.get(4), new long[] {Long.MIN_VALUE, 1, -1, 0}, last),
                ColumnData.text(
                    new int[] {0, 1, 2, 0}, Dictionary.of(List.of("", "\"\n\u0001", "ü😀")), last)),
            4);
    Path file = folder.resolve(name);
    TableWriter writer = new JsonLines().create(file, schema, TableWriting.defaults());
    writer.append(writer.encode(batch));
    writer.append(writer.encode(batch.slice(1, 3)));
    writer.commit();
    TableReading options = TableReading.defaults();
    for (Field field : schema.fields()) {
      options = options.type(field.name(), field.type());
    }
    Batch again = all(new JsonLines().open(List.of(file), options));
    assertThat(again.schema()).isEqualTo(schema);
    assertThat(rows(again))
        .isEqualTo(rows(Batch.concat(schema, List.of(batch, batch.slice(1, 3)))));
  }
}
