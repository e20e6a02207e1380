package dev.weft.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Compression;
import dev.weft.io.Fixtures;
import dev.weft.io.WriteOptions;
import dev.weft.io.chunk.ChunkExtents;
import dev.weft.io.npy.Npy;
import dev.weft.testkit.Golden;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Datasets that are written in chunks. The golden files in {@code hdf5/written} hold the bytes of
 * such files; {@code check_written.py} beside them has h5py and netCDF4 read them.
 */
class ChunkedWritingTest {
  private static final WriteOptions GZIP =
      WriteOptions.PLAIN.withCompression(Compression.parse("gzip:6"));

  @TempDir Path directory;

  /** Brings the chunks of a target, in their order or in one of chance. */
  private static void write(Path file, WriteOptions options, HostArray array, boolean inOrder)
      throws IOException {
    ArrayTarget target = ArrayFiles.target(file, options);
    Chunks chunks = target.chunks(array.dtype(), array.shape()).orElseThrow();
    assertThat(target.open(array.dtype(), array.shape())).isNull();
    List<Region> regions = new ArrayList<>();
    for (long chunk = 0; chunk < chunks.count(); chunk++) {
      regions.add(chunks.region(chunk));
    }
    if (!inOrder) {
      Collections.shuffle(regions, new Random(2));
    }
    int size = array.dtype().itemSize();
    long[] strides = LongStream.of(array.shape().strides()).map(each -> each * size).toArray();
    for (Region region : regions) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment part = arena.allocate(region.size() * size);
        RegionCopy.gather(new ArraySource.Layout(array.segment(), 0, strides), size, region, part);
        target.write(region, part);
      }
    }
    target.commit();
  }

  private static HostArray pattern(DType dtype, Shape shape) {
    HostArray array = HostArray.allocate(dtype, shape);
    for (long i = 0; i < array.segment().byteSize(); i++) {
      byte value = (byte) (dtype == DType.BOOL ? i & 1 : 37 * i);
      array.segment().set(ValueLayout.JAVA_BYTE, i, value);
    }
    return array;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeIsReadAgain(DType dtype) throws IOException {
    Path file = directory.resolve("x.h5");
    Path expected = directory.resolve("x.npy");
    try (HostArray array = pattern(dtype, Shape.of(7, 3, 10))) {
      Npy.write(expected, array);
      for (WriteOptions options : List.of(GZIP, WriteOptions.PLAIN)) {
        write(file, options.withChunk(2, 3, 4), array, false);
        try (ArraySource source = ArrayFiles.source(file)) {
          Fixtures.check(source, expected);
        }
      }
    }
  }

  /** What {@code check_written.py} expects too. */
  private static Map<String, Object> attributes() {
    return Map.of(
        "_FillValue",
        -999,
        "count",
        3,
        "factors",
        List.of(0.5, 2),
        "flag",
        true,
        "long_name",
        "Schritte, gezählt",
        "nothing",
        "",
        "words",
        List.of("one", "another"));
  }

  private static Map<String, Object> unsigned() {
    Map<String, Object> attributes = new TreeMap<>(attributes());
    attributes.put("_FillValue", 65535);
    return attributes;
  }

  @Test
  void attributesAreReadAgain() throws IOException {
    Path file = directory.resolve("x.h5");
    for (WriteOptions options : List.of(GZIP, WriteOptions.PLAIN)) {
      ArrayTarget target = ArrayFiles.target(file, options.withAttributes(unsigned()));
      MemorySegment memory = target.open(DType.UINT16, Shape.of(2));
      if (memory == null) {
        target.write(Region.all(Shape.of(2)), MemorySegment.ofArray(new short[2]));
      }
      target.commit();
      assertThat(ArrayFiles.list(file).getFirst().attributes())
          .containsEntry("_FillValue", "65535")
          .containsEntry("count", "3")
          .containsEntry("factors", "0.5, 2.0")
          .containsEntry("flag", "1")
          .containsEntry("long_name", "Schritte, gezählt");
    }
  }

  /** Numbers 7i - 3, as {@code check_written.py} expects them. */
  private static HostArray numbered(Shape shape) {
    HostArray array = HostArray.allocate(DType.FLOAT32, shape);
    for (int i = 0; i < shape.size(); i++) {
      array.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, 7 * i - 3);
    }
    return array;
  }

  @ParameterizedTest
  @CsvSource({
    "plain, none, 5;7, 2;3",
    "packed, gzip:0, 5;7, 2;3",
    "many, gzip:0, 1100, 1",
    "scalar, gzip:0, '', ''",
    "empty, gzip:0, 3;0, 2;1"
  })
  void filesAreThoseThatOthersHaveRead(String name, String how, String shape, String chunk)
      throws IOException {
    Path file = directory.resolve(name + ".h5");
    WriteOptions options =
        WriteOptions.PLAIN
            .withCompression(Compression.parse(how))
            .withChunk(numbers(chunk))
            .withAttributes(attributes());
    try (HostArray array = numbered(Shape.of(numbers(shape)))) {
      write(Path.of(file + "#group/" + name), options, array, true);
    }
    String hex = HexFormat.of().formatHex(Files.readAllBytes(file));
    Golden.check(
        "src/test/resources/hdf5/written/" + name + ".hex", hex.replaceAll(".{1,64}", "$0\n"));
  }

  private static long[] numbers(String text) {
    return Stream.of(text.split(";"))
        .filter(each -> !each.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  @Test
  void chunksAreThoseOfTheArray() {
    try (Session session = Session.open()) {
      Path file = directory.resolve("x.h5");
      NDArray array = session.arange(0.0, 120.0, 1.0).reshape(10, 12).rechunk(3, 5).sqrt();
      array.computeTo(ArrayFiles.target(file, GZIP));
      ArrayEntry entry = ArrayFiles.list(file).getFirst();
      assertThat(entry.chunks()).contains(Chunks.regular(Shape.of(10, 12), 3, 5));
      assertThat(entry.encoding()).isEqualTo("shuffle, deflate");
      try (HostArray found = session.load(file).compute()) {
        assertThat(found.toDoubleArray()).startsWith(0, 1, Math.sqrt(2)).hasSize(120);
      }
    }
  }

  @Test
  void largeChunksAreCutIntoEqualParts() {
    Chunks large = Chunks.regular(Shape.of(6000, 5000), 1500, 2500);
    // 4 MiB of float64 are 209 rows of 2500; 187 does not divide 1500, 150 does.
    assertThat(ChunkExtents.following(DType.FLOAT64, large)).containsExactly(150, 2500);
    // Nothing but 1 divides 1009: 104 rows of 5000 would be wanted.
    Chunks prime = Chunks.regular(Shape.of(5045, 5000), 1009, 5000);
    assertThat(ChunkExtents.following(DType.FLOAT64, prime))
        .isEqualTo(ChunkExtents.chosen(DType.FLOAT64, prime.shape()));
    Chunks irregular = new Chunks(List.of(AxisChunks.at(new long[] {0, 60, 100, 160})));
    assertThat(ChunkExtents.following(DType.INT8, irregular)).containsExactly(160);
  }

  @Test
  void anArrayThatDoesNotFitInMemoryIsWritten() {
    long limit = 8 << 20;
    try (Session session =
        Session.open(SessionConfig.defaults().withMemoryLimit(limit).withChunkBytes(1 << 18))) {
      Path file = directory.resolve("x.h5");
      session.arange(0.0, 4 << 20, 1.0).add(1.0).computeTo(ArrayFiles.target(file, GZIP));
      assertThat(session.memory().peak()).isLessThanOrEqualTo(limit);
      try (HostArray sum = session.load(file).sum().compute()) {
        assertThat(sum.toDoubleArray()).containsExactly((4 << 20) * ((4 << 20) + 1.0) / 2);
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void whatIsNotCompleteIsNotWritten() throws IOException {
    ArrayTarget target = ArrayFiles.target(directory.resolve("x.h5"), GZIP.withChunk(2));
    target.open(DType.INT8, Shape.of(5));
    target.write(new Region(new long[] {2}, new long[] {2}), MemorySegment.ofArray(new byte[2]));
    assertThatThrownBy(
            () ->
                target.write(
                    new Region(new long[] {0}, new long[] {1}), MemorySegment.ofArray(new byte[1])))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not all that a chunk holds; bring whole chunks (2,)");
    assertThatThrownBy(target::commit)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("not all chunks were brought");
    assertThat(names()).isEmpty();
  }

  @Test
  void anAbortedJobLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(directory.resolve("x.h5"), "old");
    ArrayTarget target = ArrayFiles.target(file, GZIP);
    target.open(DType.INT8, Shape.of(5));
    assertThat(names()).hasSize(2);
    target.abort();
    assertThat(names()).containsExactly("x.h5");
    assertThat(file).hasContent("old");
  }

  private void refused(WriteOptions options, Shape shape, String message) {
    assertThatThrownBy(
            () -> ArrayFiles.target(directory.resolve("x.h5"), options).open(DType.INT16, shape))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  private static WriteOptions said(String name, Object value) {
    return WriteOptions.PLAIN.withAttributes(Map.of(name, value));
  }

  @Test
  void whatHdf5DoesNotHaveIsRefused() throws IOException {
    Shape shape = Shape.of(1L << 40);
    refused(WriteOptions.PLAIN.withChunk(1), shape, "are more than 67,108,864. Write larger ones");
    refused(WriteOptions.PLAIN.withChunk(1L << 31), shape, "less than 2^31 bytes in all");
    refused(WriteOptions.PLAIN.withChunk(1, 1), shape, "give one extent for each axis");
    Compression zstd = Compression.parse("zstd");
    refused(WriteOptions.PLAIN.withCompression(zstd), shape, "use one of gzip, none");
    Compression level = Compression.parse("gzip:12");
    refused(WriteOptions.PLAIN.withCompression(level), shape, "give one from 0 to 9");
    refused(said("_FillValue", 40_000), shape, "'_FillValue' is 40000, of which 40000 is no int16");
    refused(said("x", List.of(1, "a")), shape, "'x' is [1, a], of which a is no int64");
    refused(said("x", List.of()), shape, "'x' is an empty list, which HDF5 does not have");
    refused(said("x", "x".repeat(1 << 16)), shape, "'x' is longer than the 65,024 bytes of HDF5");
    refused(said("x".repeat(256), 1), shape, "has a name of 256 bytes; give 1 to 255");
    assertThat(names()).isEmpty();
  }
}
