package dev.weft.io.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables against what Python reads from them, and what is written. */
class CsvFixturesTest {
  @TempDir Path directory;

  static List<Path> tables() {
    return Fixtures.files("csv", "sv");
  }

  private static Path fixture(String name) {
    return Fixtures.folder("csv").resolve(name);
  }

  @Test
  void thereAreManyTables() {
    assertThat(tables()).hasSizeGreaterThan(12);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void numbersAreThoseThatPythonReads(Path table) throws IOException {
    try (ArraySource source = ArrayFiles.source(table)) {
      Fixtures.check(source, fixture("expected/" + table.getFileName() + ".npy"));
    }
  }

  private double[] column(Path file) throws IOException {
    try (ArraySource source = ArrayFiles.source(file);
        HostArray array = HostArray.allocate(DType.FLOAT64, source.shape())) {
      source.read(Region.all(source.shape()), array.segment());
      return array.toDoubleArray();
    }
  }

  @Test
  void columnsHaveNames() throws IOException {
    assertThat(column(fixture("header.csv#price"))).containsExactly(1.25, Double.NaN, 1.5);
    assertThat(column(fixture("quoted.csv#the \"a\", b"))).containsExactly(1.5, 3);
    assertThat(column(fixture("umlaut.csv#größe"))).containsExactly(1);
    assertThat(ArrayFiles.list(fixture("header.csv")).stream().map(ArrayEntry::name))
        .containsExactly("", "time", "price", "volume");
    assertThatThrownBy(() -> ArrayFiles.source(fixture("header.csv#cost")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it has no column 'cost'; there are [time, price, volume]");
    assertThatThrownBy(() -> ArrayFiles.source(fixture("plain.csv#x")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its first row has no names of columns; leave '#x' away");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1,2;3,x;4,5             | line 2, column 2: 'x' is no number
          a,b;1,2;;3,0x10         | line 4, column 2: '0x10' is no number
          1,2;1d,3                | line 2, column 1: '1d' is no number
          1,2;1,3;1;4,5           | line 3 has 1 fields, not 2 as the first row
          1,2;1,2,3               | line 2 has 3 fields, not 2 as the first row
          1,b;1,2                 | line 1, column 2: 'b' is no number
          1,2;"3,4                | line 2, column 1: '3,4' is no number
          1,2;1.2.3,4             | line 2, column 1: '1.2.3' is no number
          1,2;--1,4               | line 2, column 1: '--1' is no number
          """)
  void whatIsNoTableOfNumbersIsToldWithItsPlace(String lines, String message) throws IOException {
    Path file = directory.resolve("x.csv");
    Files.writeString(file, lines.replace(';', '\n'));
    assertThatThrownBy(() -> column(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void nothingIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("x.csv"), "\n\n");
    assertThatThrownBy(() -> ArrayFiles.source(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("there is nothing to read in it");
  }

  /** Lines of any length, with either end, so that blocks begin and end everywhere. */
  @Test
  void largeTablesAreReadInBlocks() throws IOException {
    for (String end : List.of("\n", "\r\n", "\r")) {
      int rows = 900_000;
      StringBuilder text = new StringBuilder("a,\"b\nc\"" + end);
      for (int row = 0; row < rows; row++) {
        text.append(row).append(',').append(row % 1000 * 0.5).append(end);
        if (row % 100_000 == 0) {
          text.append(end);
        }
      }
      Path file = directory.resolve("x.csv");
      Files.writeString(file, text, StandardCharsets.US_ASCII);
      try (ArraySource source = ArrayFiles.source(file);
          HostArray all = HostArray.allocate(DType.FLOAT64, Shape.of(rows, 2));
          HostArray part = HostArray.allocate(DType.FLOAT64, Shape.of(10, 1))) {
        assertThat(source.shape()).isEqualTo(Shape.of(rows, 2));
        assertThat(source.chunks().orElseThrow().count()).isBetween(2L, 10L);
        source.read(Region.all(source.shape()), all.segment());
        for (int row = 0; row < rows; row += 997) {
          assertThat(all.getDouble(row, 0)).isEqualTo(row);
          assertThat(all.getDouble(row, 1)).isEqualTo(row % 1000 * 0.5);
        }
        long second = source.chunks().orElseThrow().axis(0).offset(1);
        source.read(new Region(new long[] {second - 5, 0}, new long[] {10, 1}), part.segment());
        for (int row = 0; row < 10; row++) {
          assertThat(part.getDouble(row, 0)).isEqualTo(second - 5 + row);
        }
      }
    }
  }

  private Path write(String name, HostArray array) throws IOException {
    Path file = directory.resolve(name);
    ArrayTarget target = ArrayFiles.target(file);
    MemorySegment memory = target.open(array.dtype(), array.shape());
    memory.copyFrom(array.segment());
    target.commit();
    return file;
  }

  @Test
  void numbersAreWrittenSoThatTheyReadAsTheSame() throws IOException {
    double[] values = {0.1, 1e300, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
    Path file = write("x.csv", HostArray.of(values));
    assertThat(Files.readString(file)).isEqualTo("0.1\n1.0E300\n-0.0\nnan\n4.9E-324\n-inf\n");
    assertThat(column(file)).containsExactly(values);
    try (HostArray table = HostArray.allocate(DType.INT16, Shape.of(2, 3))) {
      assertThat(Files.readString(write("x.tsv", table))).isEqualTo("0\t0\t0\n0\t0\t0\n");
    }
  }

  @Test
  void whatIsNoTableIsNotWritten() throws IOException {
    Path file = directory.resolve("x.csv");
    assertThatThrownBy(() -> ArrayFiles.target(file).open(DType.INT8, Shape.of(1, 2, 3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("an array of shape (1, 2, 3) is no table");
    assertThatThrownBy(() -> ArrayFiles.target(file).open(DType.COMPLEX64, Shape.of(1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("complex64 has no text");
    ArrayTarget target = ArrayFiles.target(file);
    target.open(DType.INT8, Shape.of(1));
    target.abort();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
