package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.table.source.TableReading;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that nobody wants and everybody has: a clear error, or a result that makes sense. */
class BadInputTest {
  private static final Session SESSION = Session.open();
  private static final String MARK = "\uFEFF";

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private Table read(String name) {
    return Tables.read(SESSION, folder.resolve(name));
  }

  private void write(String name, String text, Charset encoding) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
      out.write(text.getBytes(encoding));
    }
  }

  private void write(String name, String text) throws IOException {
    write(name, text, StandardCharsets.UTF_8);
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UsageException.class).hasMessage(message);
  }

  private void damaged(ThrowingCallable call, String name, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(FormatException.class)
        .hasMessage(folder.resolve(name) + ": " + message);
  }

  @Test
  void aColumnThatDoesNotExist() {
    Table t =
        Tables.ofRows(SESSION, Map.of("price", List.of(1, 2)), 1)
            .select("price")
            .withColumn("day", col("price"));
    String message = "there is no column 'prize'; did you mean price? The table has price, day";
    refuses(() -> t.select("prize"), message);
    refuses(() -> t.filter(col("prize").greater(0)), message);
    refuses(() -> t.withColumn("x", col("prize")), message);
    refuses(() -> t.drop("prize"), message);
    refuses(() -> t.rename(Map.of("prize", "x")), message);
    refuses(() -> t.groupBy("prize"), message);
    refuses(() -> t.agg(sum("prize")), message);
    refuses(() -> t.sort("prize"), message);
    refuses(() -> t.distinct("prize"), message);
    refuses(() -> t.join(t, "prize"), message);
    refuses(() -> t.resample("prize", "1h"), message);
    refuses(() -> t.valueCounts("prize"), message);
    refuses(() -> t.corr("prize"), message);
    refuses(() -> t.column("prize"), message);
    refuses(() -> t.compute().getLong(0, "prize"), message);
  }

  @Test
  void raggedRowsWhateverIsRead() throws IOException {
    write("data.csv", "a,b\n1,2\n" + "1,2\n".repeat(2000) + "1,2,3\n");
    write("data.csv.gz", "a,b\n1,2\n" + "1,2\n".repeat(2000) + "1\n");
    String more = "line 2,003: 3 fields, but 2 columns. Check separators and quotes in this line";
    damaged(() -> read("data.csv").compute(), "data.csv", more);
    damaged(() -> read("data.csv").count(), "data.csv", more);
    damaged(() -> read("data.csv").agg(sum("a")).compute(), "data.csv", more);
    damaged(
        () ->
            Tables.read(
                    SESSION, folder.resolve("data.csv"), TableReading.defaults().partitionBytes(64))
                .sort("a")
                .compute(),
        "data.csv",
        more);
    damaged(
        () -> read("data.csv.gz").compute(),
        "data.csv.gz",
        "line 2,003: 1 fields, but 2 columns. Check separators and quotes in this line");
    write("short.csv", "a\n1,2\n");
    damaged(
        () -> read("short.csv").compute(),
        "short.csv",
        "line 2: 2 fields, but 1 columns. Check separators and quotes in this line");
  }

  @Test
  void utf16() throws IOException {
    for (Charset encoding : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String name : List.of("data.csv", "data.tsv.gz")) {
        write(name, MARK + "a,b\n1,2\n", encoding);
        damaged(
            () -> read(name).compute(),
            name,
            "it is text in UTF-16, and only UTF-8 is read. Convert the file, as in iconv -f utf-16 -t utf-8 FILE");
      }
      write("data.csv", "a,b\n1,2\n", encoding);
      assertThatThrownBy(() -> read("data.csv")).hasMessageContaining("it is text in UTF-16");
      write("data.jsonl", MARK + "{\"x\": 1}\n", encoding);
      damaged(
          () -> read("data.jsonl").compute(),
          "data.jsonl",
          "it is text in UTF-16, and only UTF-8 is read. Convert the file, as in iconv -f utf-16 -t utf-8 FILE");
    }
  }

  @Test
  void filesOfSeveralEncodings() throws IOException {
    write("part-1.csv", MARK + "stadt,n\nZürich,1\n");
    write("part-2.csv", "stadt,n\nGenf,2\n");
    assertThat(read("part-*.csv").sort("n").compute().getString(0, "stadt")).isEqualTo("Zürich");
    write("part-3.csv", "stadt,n\nZürich,3\n", StandardCharsets.ISO_8859_1);
    damaged(
        () -> read("part-*.csv").compute(),
        "part-3.csv",
        "line 2, column 'stadt': 'Zürich' is not UTF-8. Convert the file, as in iconv -f latin1 -t utf-8 FILE");
  }

  @Test
  void byteOrderMarks() throws IOException {
    for (String name : List.of("data.csv", "data.csv.gz")) {
      write(name, MARK + "a,b\n1,x\n");
      assertThat(read(name).schema()).hasToString("a: int64, b: string");
      write(name, MARK + "\"a\",b\n");
      assertThat(read(name).schema()).hasToString("a: string, b: string");
      assertThat(read(name).count()).isZero();
      write(name, MARK);
      damaged(
          () -> read(name), name, "there is nothing to read in it: it is empty. Check the file");
    }
    for (String name : List.of("data.jsonl", "data.jsonl.gz")) {
      write(name, MARK + "{\"a\": 1}\n");
      assertThat(read(name).compute().getLong(0, "a")).isEqualTo(1);
    }
  }

  @Test
  void headersAloneAndEmptyFiles() throws IOException {
    write("day-1.csv", "name,x\n");
    Table none = read("day-1.csv");
    assertThat(none.count()).isZero();
    assertThat(none.groupBy("name").count().compute().rows()).isZero();
    assertThat(none.describe().rows()).isEqualTo(8);
    assertThat(none.sort("x").compute().rows()).isZero();
    assertThat(none.compute().toString()).contains("name").contains("no rows");
    Table typed =
        Tables.read(
            SESSION,
            folder.resolve("day-1.csv"),
            TableReading.defaults().type("x", dev.weft.table.column.ColumnType.FLOAT64));
    assertThat(typed.agg(mean("x"), count()).compute().isNull(0, "mean_x")).isTrue();
    // The first file that has rows says the types.
    write("day-2.csv", "name,x\nAnn,1.5\n");
    write("day-3.csv", "name,x\n");
    assertThat(read("day-*.csv").schema()).hasToString("name: string, x: float64");
    assertThat(read("day-*.csv").agg(sum("x")).compute().getDouble(0, "sum_x")).isEqualTo(1.5);
    write("day-3.csv", "");
    damaged(
        () -> read("day-*.csv"),
        "day-3.csv",
        "there is nothing to read in it: it is empty. Check the file");
  }

  @Test
  void tenThousandColumns() throws IOException {
    List<String> names = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).toList();
    String row = names.stream().map(name -> name.substring(1)).collect(Collectors.joining(","));
    write("wide.csv", String.join(",", names) + "\n" + (row + "\n").repeat(4));
    Table wide =
        Tables.read(
            SESSION, folder.resolve("wide.csv"), TableReading.defaults().partitionBytes(60_000));
    assertThat(wide.filter(col("c9999").equal(9999)).count()).isEqualTo(4);
    assertThat(wide.select("c17", "c9998").compute().getLong(3, "c9998")).isEqualTo(9998);
    HostTable sums = wide.groupBy("c1").agg(sum("c2"), mean("c9999")).compute();
    assertThat(sums.getLong(0, "sum_c2")).isEqualTo(8);
    assertThat(wide.nunique().compute().getLong(0, "c777")).isEqualTo(1);
    assertThat(wide.explain().length()).isLessThan(500);
    refuses(
        () -> wide.select("d9999"),
        "there is no column 'd9999'; did you mean c9999? The table has c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 9,988 more");
    wide.save(folder.resolve("wide.jsonl"));
    assertThat(read("wide.jsonl").schema()).isEqualTo(wide.schema());
    assertThat(read("wide.jsonl").compute().getLong(2, "c9999")).isEqualTo(9999);
    read("wide.jsonl").save(folder.resolve("back.csv"));
    assertThat(folder.resolve("back.csv")).hasSameTextualContentAs(folder.resolve("wide.csv"));
  }

  @Test
  void aCellOf100Megabytes() throws IOException {
    String cell = "x".repeat(100_000_000);
    write("data.csv", "a,b\n" + "1,2\n".repeat(2000) + "1,\"" + cell + "\"\n");
    damaged(
        () -> read("data.csv").count(),
        "data.csv",
        "line 2,002: a field has more than 67,108,864 bytes. A quote may not be closed; check the file");
    write("data.csv", "a,b\n1," + cell + "\n");
    assertThatThrownBy(() -> read("data.csv").count())
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("more than 67,108,864 bytes");
    write("data.jsonl", "{\"a\": 1, \"b\": \"\"}\n{\"a\": 2, \"b\": \"" + cell + "\"}\n");
    assertThat(read("data.jsonl").agg(sum("a")).compute().getLong(0, "sum_a")).isEqualTo(3);
    damaged(
        () -> read("data.jsonl").compute(),
        "data.jsonl",
        "line 2: a name, number or text has more than 67,108,864 bytes, or lists and objects are too deep in others. Leave its key out of the columns, or shorten it");
    Table long60 = Tables.ofRows(SESSION, Map.of("s", List.of(cell.substring(40_000_000))), 1);
    for (String name : List.of("long.csv", "long.jsonl", "long.parquet")) {
      long60.save(folder.resolve(name));
      assertThat(read(name).compute().getString(0, "s")).hasSize(60_000_000);
    }
  }

  @Test
  void columnsOfOneName() {
    Table t = Tables.ofRows(SESSION, Map.of("a", List.of(1, 2), "b", List.of(3, 4)), 1);
    String message = "two columns are named 'a'; give each a name of its own";
    refuses(() -> t.select("a", "a"), message);
    refuses(() -> t.select("a", col("b").as("a")), message);
    refuses(() -> t.rename(Map.of("b", "a")), message);
    refuses(() -> t.groupBy("a").agg(sum("b").named("a")), message);
    Table right = t.rename(Map.of("b", "v"));
    Table left = right.withColumn("v_right", col("v"));
    refuses(
        () -> left.join(right, "a"),
        "two columns are named 'v_right'; give each a name of its own");
  }

  @Test
  void joinsOnKeysOfDifferentTypes() {
    Table keys =
        Tables.ofRows(SESSION, Map.of("n", List.of(1, 2, 3)), 2)
            .select(
                col("n").cast("int16").as("int16"),
                col("n").cast("int64").as("int64"),
                col("n").cast("uint64").as("uint64"),
                col("n").cast("float32").as("float32"),
                col("n").cast("float64").as("float64"),
                col("n").greater(1).as("bool"),
                col("n").cast("string").as("string"),
                col("n").cast("timestamp").as("timestamp"),
                col("n").cast("timestamp[Asia/Tokyo]").as("tokyo"));
    assertThat(joined(keys, "int16", "int64")).isEqualTo(3);
    assertThat(joined(keys, "float32", "float64")).isEqualTo(3);
    assertThat(joined(keys, "timestamp", "tokyo")).isEqualTo(3);
    // True is 1, as in Python.
    assertThat(joined(keys, "bool", "int64")).isEqualTo(2);
    for (String[] pair :
        List.of(
            new String[] {"int64", "float64"},
            new String[] {"int64", "uint64"},
            new String[] {"string", "int64"},
            new String[] {"string", "timestamp"},
            new String[] {"int64", "timestamp"},
            new String[] {"bool", "string"})) {
      refuses(
          () -> joined(keys, pair[0], pair[1]),
          "join on k and k: the first is %s and the second %s, which are never equal. Cast one of them, as in withColumn(\"k\", col(\"k\").cast(\"%s\"))"
              .formatted(pair[0], pair[1], pair[0]));
    }
  }

  private static long joined(Table keys, String left, String right) {
    return keys.select(col(left).as("k")).join(keys.select(col(right).as("k")), "k").count();
  }
}
