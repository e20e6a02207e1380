package dev.weft.io.netcdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import dev.weft.io.ReadOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that netCDF4 wrote, in the classic formats and in netCDF-4, against what it reads. */
class ClassicFixturesTest {
  @TempDir Path directory;

  static List<Path> raw() {
    return Fixtures.files("netcdf/expected", ".npy").stream()
        .filter(file -> !file.toString().endsWith(".decoded.npy"))
        .toList();
  }

  static List<Path> decoded() {
    return Fixtures.files("netcdf/expected", ".decoded.npy");
  }

  /** The variable that a file of expected elements is of. */
  private static Path named(Path expected) {
    String[] parts =
        expected.getFileName().toString().replaceAll("(\\.decoded)?\\.npy", "").split("__", 2);
    return Fixtures.folder("netcdf").resolve(parts[0] + ".nc#" + parts[1]);
  }

  @Test
  void thereAreManyFixtures() {
    assertThat(raw()).hasSizeGreaterThan(80);
    assertThat(decoded()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("raw")
  void elementsAreThoseThatNetcdf4Reads(Path expected) throws IOException {
    try (ArraySource source = ArrayFiles.source(named(expected))) {
      Fixtures.check(source, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("decoded")
  void decodedElementsAreThoseOfXarray(Path expected) throws IOException {
    try (ArraySource source = ArrayFiles.source(named(expected), ReadOptions.PLAIN.decoded())) {
      Fixtures.check(source, expected);
    }
  }

  private static Path fixture(String name) {
    return Fixtures.folder("netcdf").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"climate-classic", "climate-four"})
  void variablesAreListedWithTheirAxes(String stem) {
    List<ArrayEntry> entries = ArrayFiles.list(fixture(stem + ".nc"));
    assertThat(entries.stream().map(ArrayEntry::name))
        .containsExactlyInAnyOrder("time", "lat", "lon", "time_bnds", "tas");
    ArrayEntry tas = entries.stream().filter(e -> e.name().equals("tas")).findFirst().orElseThrow();
    assertThat(tas.type()).isEqualTo("float32");
    assertThat(tas.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(tas.dimensions()).containsExactly("time", "lat", "lon");
    assertThat(tas.attributes())
        .containsEntry("units", "K")
        .containsEntry("_FillValue", "1.0E20")
        .containsEntry("long_name", "Near-Surface Air Temperature");
    boolean four = stem.endsWith("four");
    assertThat(tas.encoding()).isEqualTo(four ? "shuffle, deflate" : "");
    assertThat(tas.chunks().isPresent()).isEqualTo(four);
    // The axis of bounds has no variable, and is none.
    assertThat(
            entries.stream()
                .filter(e -> e.name().equals("time_bnds"))
                .findFirst()
                .orElseThrow()
                .dimensions())
        .containsExactly("time", "bnds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"climate-classic", "climate-four"})
  void whatIsNoCoordinateIsMeantWithoutAName(String stem) {
    try (ArraySource source = ArrayFiles.source(fixture(stem + ".nc"))) {
      assertThat(source.description()).endsWith(stem + ".nc#tas");
    }
  }

  @Test
  void withSeveralVariablesTheirNamesAreTold() {
    assertThatThrownBy(() -> ArrayFiles.source(fixture("classic.nc")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it holds fixed_i1 int8 (3, 5), record_i1 int8 (4, 3), ")
        .hasMessageContaining("classic.nc#fixed_i1");
    assertThatThrownBy(() -> ArrayFiles.source(fixture("classic.nc#nothing")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("nothing that is called 'nothing', but [fixed_i1, ");
    assertThatThrownBy(() -> ArrayFiles.source(fixture("classic.nc#letters")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("variable letters holds characters");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(fixture("single-f8.nc"));
    Path file = directory.resolve("x.nc");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> ArrayFiles.source(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("data of variable v ends after 119 of 120 bytes");
    Files.write(file, Arrays.copyOf(bytes, 30));
    assertThatThrownBy(() -> ArrayFiles.source(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(": offset ");
  }

  @Test
  void recordsOfAFileThatDoesNotCountThemFollowFromItsSize() throws IOException {
    byte[] bytes = Files.readAllBytes(fixture("single-f8.nc"));
    Arrays.fill(bytes, 4, 8, (byte) 0xFF);
    Path file = Files.write(directory.resolve("x.nc"), bytes);
    try (ArraySource source = ArrayFiles.source(file)) {
      Fixtures.check(source, fixture("expected/single-f8__v.npy"));
    }
  }

  @Test
  void aFileThatShrinksIsNoticed() throws IOException {
    Path file = Files.copy(fixture("single-f8.nc"), directory.resolve("x.nc"));
    try (ArraySource source = ArrayFiles.source(file);
        Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(100);
      assertThatThrownBy(() -> source.read(Region.all(source.shape()), arena.allocate(120)))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("the file was shortened while it was in use");
    }
  }

  @Test
  void aClosedSourceIsRefused() {
    ArraySource source = ArrayFiles.source(fixture("single-f8.nc"));
    Runnable lease = source.lease();
    source.close();
    assertThat(source.shape()).isEqualTo(Shape.of(5, 3));
    assertThatThrownBy(source::lease).hasMessageContaining("the source is closed");
    lease.run();
    assertThatThrownBy(source::memory).hasMessageContaining("the source is closed");
  }
}
