package dev.weft.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import dev.weft.io.ReadOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that pyarrow and polars wrote, against what those read from them. */
class ParquetFixturesTest {
  @TempDir Path folder;

  private static Path file(String name) {
    return Fixtures.folder("parquet").resolve(name);
  }

  static List<Path> expected() {
    return Fixtures.files("parquet/expected", ".npy");
  }

  @ParameterizedTest
  @MethodSource("expected")
  void columnsAreWhatTheyWereWrittenAs(Path expected) throws IOException {
    String[] names = expected.getFileName().toString().replace(".npy", "").split("__");
    Path column = file(names[0] + ".parquet#" + names[1].replace('.', '/'));
    try (ArraySource source = ArrayFiles.source(column, ReadOptions.PLAIN.decoded())) {
      Fixtures.check(source, expected);
    }
  }

  @Test
  void rowGroupsAreChunks() {
    try (ArraySource source = ArrayFiles.source(file("snappy.parquet#f8"))) {
      assertThat(source.chunks().orElseThrow()).hasToString("[4*300]");
    }
  }

  @Test
  void allColumnsAreListed() {
    List<ArrayEntry> entries = ArrayFiles.list(file("mixed.parquet"));
    assertThat(entries)
        .extracting(ArrayEntry::name, ArrayEntry::type, ArrayEntry::isReadable)
        .map(Object::toString)
        .map(each -> each.substring(1, each.length() - 1))
        .containsExactly(
            "\"name\", \"string\", false",
            "\"when\", \"timestamp\", false",
            "\"price\", \"float64\", true",
            "\"amount\", \"decimal\", false",
            "\"half\", \"float16\", false",
            "\"list/list/element\", \"list of int64\", false",
            "\"place/lat\", \"float64\", true",
            "\"place/lon\", \"float64\", true");
    assertThat(ArrayFiles.list(file("gaps.parquet#i4")).getFirst().attributes())
        .containsEntry("missing", "215");
  }

  @Test
  void theOnlyColumnOfNumbersNeedsNoName() {
    try (ArraySource source = ArrayFiles.source(file("sole.parquet"))) {
      assertThat(source.description()).endsWith("#price");
    }
    assertThatThrownBy(() -> ArrayFiles.source(file("mixed.parquet")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("price float64 (3,)")
        .hasMessageContaining("Name one of them behind a #");
    assertThatThrownBy(() -> ArrayFiles.source(file("mixed.parquet#none")))
        .hasMessageContaining("it has no column 'none', but [name, when, price");
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> ArrayFiles.source(file("mixed.parquet#when")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("column 'when' is timestamp");
    assertThatThrownBy(() -> ArrayFiles.target(folder.resolve("x.parquet")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Parquet files are read, not written");
  }

  @Test
  void missingElementsAreRefusedWithTheirCount() {
    try (ArraySource source = ArrayFiles.source(file("gaps.parquet#f8"))) {
      assertThatThrownBy(() -> read(source))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(
              "column 'f8' has no value in 215 of 1,000 rows. Read it with --decode");
    }
    ReadOptions decoded = ReadOptions.PLAIN.decoded();
    try (ArraySource source = ArrayFiles.source(file("gaps.parquet#i4"), decoded)) {
      assertThatThrownBy(() -> read(source))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(
              "column 'i4' has no value in 215 of 1,000 rows. int32 has no value");
    }
  }

  private static void read(ArraySource source) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      source.read(Region.all(source.shape()), arena.allocate(source.shape().size() * 8));
    }
  }

  /** A page with a checksum, of which one byte is another. */
  @Test
  void damagedPagesAreRefusedWithTheirPlace() throws IOException {
    byte[] bytes = Files.readAllBytes(file("zstd.parquet"));
    Arrays.fill(bytes, 40, 44, (byte) 0);
    Path damaged = Files.write(folder.resolve("x.parquet"), bytes);
    try (ArraySource source = new ParquetFormat().open(new ArrayName(damaged, "i1"))) {
      assertThatThrownBy(() -> read(source))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining(damaged + ": offset ")
          .hasMessageContaining("column 'i1'");
    }
  }
}
