package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArraySource.Layout;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.FormatException;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that zarr-python and tensorstore wrote. */
class ZarrFixturesTest {
  @TempDir static Path folder;

  @BeforeAll
  static void unpack() {
    ZarrStores.unpack(folder);
  }

  static List<String> names() {
    return ZarrStores.names(folder);
  }

  private static Path store(String name) {
    return folder.resolve(name + ".zarr");
  }

  @Test
  void thereAreStoresOfAllTypes() {
    for (DType dtype : DType.values()) {
      assertThat(names()).contains("v3-" + dtype);
      assertThat(dtype == DType.FLOAT16 || names().contains("v2-" + dtype)).isTrue();
    }
    assertThat(names()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsWhatOthersWrote(String name) {
    try (HostArray array = Zarr.load(ArrayName.of(store(name)));
        HostArray expected = Npy.load(folder.resolve(name + ".npy"))) {
      assertThat(array.dtype()).isEqualTo(expected.dtype());
      assertThat(array.shape()).isEqualTo(expected.shape());
      assertThat(array.segment().mismatch(expected.segment())).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void partsReadAsInTheWhole(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    try (ZarrSource source = Zarr.read(store(name));
        HostArray whole = Npy.load(folder.resolve(name + ".npy"));
        Arena arena = Arena.ofConfined()) {
      Shape shape = source.shape();
      int itemSize = source.dtype().itemSize();
      long[] strides = shape.strides();
      for (int axis = 0; axis < strides.length; axis++) {
        strides[axis] *= itemSize;
      }
      for (int i = 0; i < 20 && shape.size() > 0; i++) {
        Region region = part(shape, random);
        long bytes = region.size() * itemSize;
        MemorySegment expected = arena.allocate(bytes);
        RegionCopy.gather(new Layout(whole.segment(), 0, strides), itemSize, region, expected);
        boolean heap = random.nextBoolean();
        MemorySegment found =
            heap ? MemorySegment.ofArray(new byte[(int) bytes]) : arena.allocate(bytes);
        source.read(region, found);
        assertThat(found.mismatch(expected)).as("%s", region).isEqualTo(-1);
      }
    }
  }

  private static Region part(Shape shape, SplittableRandom random) {
    long[] start = new long[shape.rank()];
    long[] extents = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.extent(axis));
      extents[axis] = 1 + random.nextLong(shape.extent(axis) - start[axis]);
    }
    return new Region(start, extents);
  }

  @Test
  void automaticChunksConsistOfTheChunksInShards() {
    try (ZarrSource source = Zarr.read(store("v3-shard-end"))) {
      assertThat(source.chunks().orElseThrow()).hasToString("[5*3 x 5*5]");
    }
    try (ZarrSource source = Zarr.read(store("v3-shard-nested"))) {
      assertThat(source.chunks().orElseThrow()).hasToString("[3*6 x 5*5]");
    }
    try (ZarrSource source = Zarr.read(store("v3-shard-gzip"))) {
      assertThat(source.chunks().orElseThrow()).hasToString("[3*6 x 3*10]");
    }
  }

  @Test
  void aSessionComputesWithThem() {
    try (Session session = Session.open();
        HostArray expected = Npy.load(folder.resolve("v2-codec-zstd.npy"))) {
      NDArray x = session.load(store("v2-codec-zstd"));
      double sum = 0;
      for (double value : expected.toDoubleArray()) {
        sum += value;
      }
      assertThat(x.sum().toDouble()).isEqualTo(sum);
    }
  }

  @Test
  void listsArraysInGroups() {
    List<ArrayEntry> entries = ArrayFiles.list(store("v2-group"));
    assertThat(entries)
        .extracting(ArrayEntry::name)
        .containsExactly("half", "packed", "surface/tas", "time");
    ArrayEntry tas = entries.get(2);
    assertThat(tas.type()).isEqualTo("float32");
    assertThat(tas.isReadable()).isTrue();
    assertThat(tas.shape()).isEqualTo(Shape.of(4, 6));
    assertThat(tas.chunks().orElseThrow()).hasToString("[2*2 x 6]");
    assertThat(tas.encoding()).isEqualTo("blosc lz4, shuffle");
    assertThat(tas.dimensions()).containsExactly("time", "cell");
    assertThat(tas.attributes()).containsEntry("units", "K").containsKey("valid_range").hasSize(2);
    assertThat(entries.get(0).isReadable()).isTrue();
    assertThat(entries.get(0).type()).isEqualTo("float16");
    assertThat(entries.get(1).isReadable()).isFalse();
    assertThat(entries.get(3).type()).isEqualTo("<M8[s]");
    assertThat(ArrayFiles.list(store("v3-group")))
        .extracting(ArrayEntry::name)
        .containsExactly("surface/tas", "time");
  }

  @Test
  void tellsNamesOfAxesAndAttributes() {
    ArrayEntry entry = ArrayFiles.list(store("v3-named")).getFirst();
    assertThat(entry.name()).isEmpty();
    assertThat(entry.dimensions()).containsExactly("time", "");
    assertThat(entry.attributes()).containsExactly(java.util.Map.entry("units", "K"));
    assertThat(entry.encoding()).isEqualTo("zstd");
  }

  @Test
  void arraysInGroupsHaveNames() {
    for (String path : List.of("v3-group.zarr/surface/tas", "v3-group.zarr#surface/tas")) {
      try (var source = ArrayFiles.source(folder.resolve(path))) {
        assertThat(source.shape()).isEqualTo(Shape.of(4, 6));
        assertThat(source.description()).endsWith("v3-group.zarr#surface/tas");
      }
    }
    // The only array of a group needs no name.
    try (var source = ArrayFiles.source(folder.resolve("v3-group.zarr/surface"))) {
      assertThat(source.shape()).isEqualTo(Shape.of(4, 6));
    }
    assertThatThrownBy(() -> ArrayFiles.source(store("v3-group")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s: this is a group of several arrays. Name one of them: [surface/tas, time]"
                .formatted(store("v3-group")));
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("v3-group.zarr/surface/pr")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s#surface/pr: the store has no such array. Name one of them: [surface/tas, time]"
                .formatted(store("v3-group")));
  }

  @Test
  void float16OfVersion2IsRead() throws IOException {
    try (ArraySource half = ArrayFiles.source(folder.resolve("v2-group.zarr#half"));
        HostArray expected = Npy.load(folder.resolve("v3-float16.npy"));
        HostArray read = HostArray.allocate(half.dtype(), half.shape())) {
      half.read(Region.all(half.shape()), read.segment());
      assertThat(read.dtype()).isEqualTo(DType.FLOAT16);
      assertThat(read.segment().mismatch(expected.segment())).isEqualTo(-1);
    }
  }

  @Test
  void refusesWhatItDoesNotRead() {
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("v2-group.zarr/time")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("elements of type <M8[s] are not read");
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("v2-group.zarr#packed")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("codec 'bz2' is not read; zstd, gzip, zlib, blosc");
  }

  @Test
  void consolidatedMetadataIsEnough(@TempDir Path other) throws IOException {
    Path store = ZarrStores.unpack(other).resolve("v2-group.zarr");
    Files.delete(store.resolve("surface/tas/.zarray"));
    Files.delete(store.resolve("surface/tas/.zattrs"));
    Files.delete(store.resolve("surface/.zgroup"));
    try (HostArray array = Zarr.load(new ArrayName(store, "surface/tas"));
        HostArray expected = Zarr.load(new ArrayName(store("v2-group"), "surface/tas"))) {
      assertThat(array.segment().mismatch(expected.segment())).isEqualTo(-1);
    }
    assertThat(Zarr.list(store)).extracting(ArrayEntry::name).contains("surface/tas");
  }
}
