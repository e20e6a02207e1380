package dev.weft.table.parquet;

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
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow has written, by make_parquet_fixtures.py. */
class ParquetTablesTest {
  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(ParquetTablesTest.class.getResourceAsStream(name))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private TableSource open(String name, TableReading options) throws IOException {
    return new ParquetTables().open(List.of(file(name)), options);
  }

  private static Batch read(TableSource source, List<String> columns) throws IOException {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < source.partitions(); i++) {
      Batch batch = source.read(i, columns);
      assertThat(source.rows(i)).isEqualTo(batch.rows());
      batches.add(batch);
    }
    return Batch.concat(source.schema().select(columns), batches);
  }

  private static IntFunction<Object> values(String column) {
    Instant start = Instant.parse("2024-02-28T23:59:59.123Z");
    return switch (column) {
      case "bool" -> i -> i % 2 == 1;
      case "int8" -> i -> i == 0 ? -128L : i;
      case "int16" -> i -> i == 0 ? -32_768L : i;
      case "int32" -> i -> i == 0 ? (long) Integer.MIN_VALUE : i;
      case "int64" -> i -> i == 0 ? Long.MIN_VALUE : i;
      case "uint8" -> i -> i == 0 ? 255L : i;
      case "uint16" -> i -> i == 0 ? 65_535L : i;
      case "uint32" -> i -> i == 0 ? 4_294_967_295L : i;
      case "uint64" -> i -> i == 0 ? new BigInteger("18446744073709551615") : BigInteger.valueOf(i);
      case "half" -> i -> i / 4.0;
      case "float" -> i -> i / 8.0;
      case "double" -> i -> i / 10.0;
      case "text" -> i -> List.of("Zürich", "", "x").get(i % 3);
      case "large" -> i -> "row " + i;
      case "day" -> i -> Instant.parse("1969-12-30T00:00:00Z").minus(Duration.ofDays(i));
      default -> i -> start.plus(Duration.ofDays(i));
    };
  }

  private static void requireValues(Batch batch) {
    for (Field field : batch.schema().fields()) {
      IntFunction<Object> values = values(field.name());
      for (int i = 0; i < 10; i++) {
        Object value = values.apply(i);
        Object expected =
            i % 4 == 3 ? null : value instanceof Integer one ? (Long) (long) one : value;
        assertThat(batch.column(field.name()).get(i))
            .as(field.name() + " " + i)
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> plain(TableSource source) {
    List<String> others = List.of("all", "point.x", "point.y", "tags", "price", "bytes");
    return source.schema().names().stream().filter(name -> !others.contains(name)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.parquet", "old.parquet", "plain.parquet"})
  void valuesOfEveryType(String name) throws IOException {
    for (long bytes : new long[] {1, 1 << 20}) {
      TableSource source = open(name, TableReading.defaults().partitionBytes(bytes));
      requireValues(read(source, plain(source)));
    }
  }

  @Test
  void typesAreThoseOfTheFile() throws IOException {
    assertThat(open("types.parquet", TableReading.defaults()).schema())
        .hasToString(
            "bool: bool, int8: int8, int16: int16, int32: int32, int64: int64, uint8: uint8, "
                + "uint16: uint16, uint32: uint32, uint64: uint64, half: float16, float: float32, "
                + "double: float64, text: string, large: string, ms: timestamp, ms_utc: timestamp, "
                + "us: timestamp, us_utc: timestamp, ns: timestamp, ns_utc: timestamp, "
                + "day: timestamp, all: int64, point.x: int64, point.y: float64, tags: string, "
                + "price: string, bytes: string");
  }

  @Test
  void partitionsAreRowGroupsOrSeveral() throws IOException {
    TableSource single = open("types.parquet", TableReading.defaults().partitionBytes(1));
    assertThat(single.partitions()).isEqualTo(3);
    assertThat(single.rows(2)).isEqualTo(2);
    assertThat(single.read(2, List.of("all")).column("all").longs()).containsExactly(8, 9);
    assertThat(single.read(1, List.of()).rows()).isEqualTo(4);
    assertThat(open("types.parquet", TableReading.defaults()).partitions()).isOne();
  }

  @Test
  void fieldsOfStructuresAreColumns() throws IOException {
    Batch batch =
        read(open("types.parquet", TableReading.defaults()), List.of("point.x", "point.y"));
    assertThat(batch.column("point.x").longAt(9)).isEqualTo(9);
    assertThat(batch.column("point.y").doubleAt(9)).isEqualTo(4.5);
  }

  @Test
  void aFileOfNoRows() throws IOException {
    TableSource source = open("empty.parquet", TableReading.defaults());
    assertThat(read(source, List.of("all", "text")).rows()).isZero();
  }

  @Test
  void namesAndZonesAsGiven() throws IOException {
    ColumnType berlin = ColumnType.of("timestamp[Europe/Berlin]");
    TableSource source = open("types.parquet", TableReading.defaults().type("ms", berlin));
    assertThat(source.read(0, List.of("ms")).column("ms").type()).isEqualTo(berlin);
    assertThatThrownBy(
            () -> open("types.parquet", TableReading.defaults().type("int8", ColumnType.TEXT)))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            "types.parquet: column 'int8' is int8 in the file, not string. Read it as it is, and convert it then");
    assertThatThrownBy(() -> open("types.parquet", TableReading.defaults().names("a")))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("types.parquet: 1 names are given for 27 columns. Name each of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tags", "price", "bytes"})
  void columnsThatTablesDoNotHoldAreRefusedByName(String name) throws IOException {
    TableSource source = open("types.parquet", TableReading.defaults());
    String what =
        switch (name) {
          case "tags" -> "a list or map of int32";
          case "price" -> "decimal";
          default -> "byte_array";
        };
    assertThatThrownBy(() -> source.read(0, List.of("all", name)))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "types.parquet: column '%s' is %s, which tables do not hold. Leave it out: select the others",
            name, what);
  }

  @Test
  void filesOfOtherColumns() throws IOException {
    List<Path> files = List.of(file("types.parquet"), file("old.parquet"));
    assertThatThrownBy(() -> new ParquetTables().open(files, TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("old.parquet: its columns are bool: bool")
        .hasMessageEndingWith("Read files of the same columns together");
  }

  @Test
  void filesThatAreDamaged() throws IOException {
    Path file = file("types.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> new ParquetTables().open(List.of(file), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("it does not end with PAR1");
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.parquet");
    Batch rows =
        new Batch(
            Schema.of(new Field("x", ColumnType.INT64), new Field("s", ColumnType.TEXT)),
            List.of(
                ColumnData.of(ColumnType.INT64, new long[] {1, 2, 3}, new byte[] {1, 0, 1}),
                ColumnData.text(new int[] {1, 0, 1}, Dictionary.of(List.of("a", "ä")), null)),
            3);
    TableWriter writer = new ParquetTables().create(file, rows.schema(), TableWriting.defaults());
    writer.append(writer.encode(rows));
    writer.commit();
    TableSource source = new ParquetTables().open(List.of(file), TableReading.defaults());
    assertThat(source.schema()).isEqualTo(rows.schema());
    Batch read = source.read(0, List.of("x", "s"));
    for (int i = 0; i < 3; i++) {
      assertThat(read.column("x").get(i)).isEqualTo(rows.column("x").get(i));
      assertThat(read.column("s").get(i)).isEqualTo(rows.column("s").get(i));
    }
  }
}
