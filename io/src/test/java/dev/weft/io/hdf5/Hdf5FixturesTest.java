package dev.weft.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.AttributeValue;
import dev.weft.io.AttributedSource;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that h5py wrote, against what it reads. */
class Hdf5FixturesTest {
  @TempDir Path directory;

  static List<Path> expected() {
    return Fixtures.files("hdf5/expected", ".npy");
  }

  private static Path fixture(String name) {
    return Fixtures.folder("hdf5").resolve(name);
  }

  @Test
  void thereAreManyFixtures() {
    assertThat(expected()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("expected")
  void elementsAreThoseThatH5pyReads(Path expected) throws IOException {
    String[] parts = expected.getFileName().toString().replace(".npy", "").split("__", 2);
    Path named = fixture(parts[0] + ".h5#" + parts[1].replace("__", "/"));
    try (ArraySource source = ArrayFiles.source(named)) {
      Fixtures.check(source, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/near", "/a/near", "far", "same/c", "a/b/up/b/c", "./a/b/c"})
  void linksWithinTheFileAreFollowed(String name) throws IOException {
    for (String file : List.of("groups", "groups-latest")) {
      try (ArraySource source = ArrayFiles.source(fixture(file + ".h5#" + name))) {
        Fixtures.check(source, fixture("expected/" + file + "__a__b__c.npy"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          groups.h5#round       | its links lead back to themselves
          groups.h5#nowhere     | it holds nothing that is called 'nowhere': where 'not' should be there is [
          groups.h5#a/x         | it holds nothing that is called 'a/x': where 'x' should be there is [b, near]
          groups.h5#a           | a is no dataset but a group. Name a dataset in it
          groups.h5#elsewhere   | elsewhere is a link to the file other.h5; links to other files are not followed
          groups.h5#text        | text: its elements are string, for which Weft has no type
          groups.h5#texts       | texts: its elements are variable length, for which
          groups.h5#record      | record: its elements are compound of [x, y], for which
          groups.h5#reference   | reference: its elements are reference, for which
          groups.h5#null        | null: its elements are nothing, for which
          unfollowed.h5#virtual | virtual is a virtual dataset, whose elements lie elsewhere; those are not followed
          unfollowed.h5#outside | outside keeps its elements in other files; those are not followed
          gap.h5#x              | lists with gaps are not supported
          types.h5              | types.h5#
          """)
  void whatIsNotReadIsSaidToBeSo(String name, String message) {
    assertThatThrownBy(() -> ArrayFiles.source(fixture(name)).close())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(fixture(name.replaceAll("#.*", "")).toString())
        .hasMessageContaining(message);
  }

  @Test
  void float16IsRead() throws IOException {
    try (ArraySource source = ArrayFiles.source(fixture("groups.h5#half"));
        HostArray read = HostArray.allocate(source.dtype(), source.shape())) {
      source.read(Region.all(source.shape()), read.segment());
      assertThat(read.dtype()).isEqualTo(DType.FLOAT16);
      assertThat(read.toDoubleArray()).containsExactly(1, 1, 1);
    }
  }

  @Test
  void theOnlyDatasetNeedsNoName() throws IOException {
    try (ArraySource source = ArrayFiles.source(fixture("one.h5"))) {
      Fixtures.check(source, fixture("expected/one__group__only.npy"));
      assertThat(((AttributedSource) source).attributes())
          .containsEntry("units", new AttributeValue.Text("m s-1"))
          .containsEntry("fixed", new AttributeValue.Text("text"))
          .containsEntry(
              "numbers", new AttributeValue.Numbers(DType.FLOAT32, List.<Number>of(1.5, 2.5)))
          .containsEntry("more11", new AttributeValue.Numbers(DType.INT64, List.<Number>of(11L)))
          .hasSize(15);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups.h5", "groups-latest.h5"})
  void everythingIsListedOnce(String file) {
    List<ArrayEntry> entries = ArrayFiles.list(fixture(file));
    assertThat(entries.stream().map(ArrayEntry::name))
        .doesNotHaveDuplicates()
        .hasSize(28)
        .contains("a/b/c", "many/array00", "many/array19", "half", "elsewhere");
    assertThat(entries.stream().filter(ArrayEntry::isReadable)).hasSize(22);
    assertThat(ArrayFiles.list(fixture(file + "#many"))).hasSize(20);
  }

  @Test
  void chunksAndFiltersAreListed() {
    var entries =
        ArrayFiles.list(fixture("layouts.h5")).stream()
            .collect(Collectors.toMap(ArrayEntry::name, Function.identity()));
    assertThat(entries.get("checksum").encoding()).isEqualTo("shuffle, deflate, fletcher32");
    assertThat(entries.get("checksum").chunks().orElseThrow().count()).isEqualTo(18);
    assertThat(entries.get("compact").chunks()).isEmpty();
    assertThat(entries.get("big-endian").type()).isEqualTo("float64");
    assertThat(entries.get("bool").shape()).isEqualTo(Shape.of(7, 5, 3));
  }

  @Test
  void whatCannotBeReadIsListedWithItsReason() {
    List<ArrayEntry> entries = ArrayFiles.list(fixture("unfollowed.h5"));
    assertThat(entries.stream().map(ArrayEntry::name))
        .containsExactlyInAnyOrder("here", "virtual", "outside");
    assertThat(entries.stream().filter(entry -> !entry.isReadable()).map(ArrayEntry::type))
        .anyMatch(type -> type.contains("virtual dataset"))
        .anyMatch(type -> type.contains("in other files"));
  }

  @Test
  void aWrongChecksumIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(fixture("layouts.h5"));
    byte[] data = Files.readAllBytes(fixture("expected/layouts__odd-checksum.npy"));
    // The first row of the first chunk.
    int at = indexOf(bytes, new byte[] {data[128], data[129], data[131], data[132]});
    bytes[at] ^= 1;
    Path file = Files.write(directory.resolve("x.h5"), bytes);
    assertThatThrownBy(
            () -> {
              try (ArraySource source = ArrayFiles.source(Path.of(file + "#odd-checksum"))) {
                Fixtures.check(source, fixture("expected/layouts__odd-checksum.npy"));
              }
            })
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("odd-checksum: the checksum of a chunk is wrong");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; ; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
  }
}
