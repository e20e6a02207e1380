package dev.weft.io.netcdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Fixtures;
import dev.weft.io.NewArray;
import dev.weft.io.WriteOptions;
import dev.weft.io.file.FileOperations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of the classic formats as they are written: byte for byte those of netCDF4 for Python, and
 * read again by Weft's own reader whatever the order in which parts are brought.
 */
class NetcdfWritingTest {
  @TempDir Path directory;

  /** A variable of the fixtures, of numbers 7i - 3. */
  private record Given(String name, DType dtype, Shape shape, WriteOptions options) {
    static Given plain(DType dtype, long... extents) {
      return new Given("data", dtype, Shape.of(extents), WriteOptions.PLAIN);
    }
  }

  private static MemorySegment numbered(DType dtype, Shape shape, Arena arena) {
    int size = dtype.itemSize();
    MemorySegment memory = arena.allocate(Math.max(1, shape.size() * size));
    for (long i = 0; i < shape.size(); i++) {
      long value = 7 * i - 3;
      switch (dtype) {
        case FLOAT32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        case FLOAT64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        default -> {
          for (int at = 0; at < size; at++) {
            memory.set(ValueLayout.JAVA_BYTE, i * size + at, (byte) (value >> Byte.SIZE * at));
          }
        }
      }
    }
    return memory.asSlice(0, shape.size() * size);
  }

  /** Writes in chunks of 2, in an order of chance. */
  private void write(Path file, List<Given> given) throws IOException {
    List<NewArray> arrays =
        given.stream()
            .map(each -> new NewArray(new ArrayName(file, each.name()), each.options()))
            .toList();
    List<ArrayTarget> targets = NetcdfFormat.create(arrays, FileOperations.SYSTEM);
    for (int i = 0; i < given.size(); i++) {
      assertThat(targets.get(i).open(given.get(i).dtype(), given.get(i).shape())).isNull();
    }
    Random random = new Random(5);
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < given.size(); i++) {
        DType dtype = given.get(i).dtype();
        Shape shape = given.get(i).shape();
        long[] chunk = LongStream.of(shape.extents()).map(each -> 2).toArray();
        MemorySegment elements = numbered(dtype, shape, arena);
        write(targets.get(i), dtype, Chunks.regular(shape, chunk), elements, random);
      }
    }
    for (ArrayTarget target : targets) {
      target.commit();
    }
  }

  private static void write(
      ArrayTarget target, DType dtype, Chunks chunks, MemorySegment elements, Random random)
      throws IOException {
    List<Region> regions = new ArrayList<>();
    for (long chunk = 0; chunk < chunks.count(); chunk++) {
      regions.add(chunks.region(chunk));
    }
    Collections.shuffle(regions, random);
    int size = dtype.itemSize();
    long[] strides = LongStream.of(chunks.shape().strides()).map(each -> each * size).toArray();
    for (Region region : regions) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment part = arena.allocate(Math.max(1, region.size() * size));
        RegionCopy.gather(new ArraySource.Layout(elements, 0, strides), size, region, part);
        target.write(region, part.asSlice(0, region.size() * size));
      }
    }
  }

  private void check(String fixture, Given... given) throws IOException {
    Path file = directory.resolve("x.nc");
    write(file, List.of(given));
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Files.readAllBytes(Fixtures.folder("netcdf/written").resolve(fixture + ".nc")));
  }

  @ParameterizedTest
  @CsvSource({
    "i1, INT8",
    "i2, INT16",
    "i4, INT32",
    "i8, INT64",
    "u1, UINT8",
    "u2, UINT16",
    "u4, UINT32",
    "u8, UINT64",
    "f4, FLOAT32",
    "f8, FLOAT64"
  })
  void everyTypeIsWrittenAsNetcdf4Does(String kind, DType dtype) throws IOException {
    check("kind-" + kind, Given.plain(dtype, 3, 4, 5));
  }

  @Test
  void shapesOfAllKindsAreWrittenAsNetcdf4Does() throws IOException {
    check("scalar", Given.plain(DType.FLOAT64));
    check("padded", Given.plain(DType.INT16, 3));
    check("records", Given.plain(DType.FLOAT32, 0, 3));
  }

  private static List<Given> named() {
    Map<String, Object> attributes =
        Map.of(
            "_FillValue", -999, "count", 3, "factors", List.of(0.5, 2), "flag", true, "units", "K");
    WriteOptions axes = WriteOptions.PLAIN.withDimensions("time", "lat", "lon");
    return List.of(
        new Given("tas", DType.FLOAT32, Shape.of(2, 3, 4), axes.withAttributes(attributes)),
        new Given(
            "steps",
            DType.INT16,
            Shape.of(2),
            axes.withDimensions("time").withAttributes(Map.of("long_name", "Schritte, gezählt"))),
        new Given("mean", DType.FLOAT64, Shape.of(3, 4), axes.withDimensions("lat", "lon")));
  }

  @Test
  void severalVariablesShareTheirAxes() throws IOException {
    check("named", named().toArray(Given[]::new));
    List<Given> more = new ArrayList<>(named());
    WriteOptions options =
        WriteOptions.PLAIN.withDimensions("lon").withAttributes(Map.of("large", 1L << 40));
    more.add(new Given("number", DType.INT64, Shape.of(4), options));
    check("wide", more.toArray(Given[]::new));
  }

  @Test
  void randomArraysInRandomChunksAreReadToTheBit() throws IOException {
    Random random = new Random(3);
    DType[] types = {DType.INT8, DType.INT16, DType.INT32, DType.UINT64, DType.FLOAT64};
    Path file = directory.resolve("x.nc");
    for (int i = 0; i < 300; i++) {
      int rank = random.nextInt(5);
      long[] extents = random.longs(rank, 1, 9).toArray();
      Shape shape = Shape.of(extents);
      long[] chunk = LongStream.of(extents).map(each -> 1 + random.nextLong(each)).toArray();
      DType dtype = types[random.nextInt(types.length)];
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment elements = numbered(dtype, shape, arena);
        ArrayTarget target = ArrayFiles.target(Path.of(file + "#v"));
        target.open(dtype, shape);
        write(target, dtype, Chunks.regular(shape, chunk), elements, random);
        target.commit();
        MemorySegment read = arena.allocate(elements.byteSize());
        try (ArraySource source = ArrayFiles.source(file)) {
          assertThat(source.dtype()).isEqualTo(dtype);
          assertThat(source.shape()).isEqualTo(shape);
          source.read(Region.all(shape), read);
        }
        assertThat(read.mismatch(elements)).as("%s %s", dtype, shape).isEqualTo(-1);
      }
    }
  }

  @Test
  void resultsOfOneJobGoToOneFile() throws IOException {
    Path file = directory.resolve("x.nc");
    try (Session session = Session.open()) {
      var x = session.arange(0.0, 24.0, 1.0).reshape(4, 6).rechunk(3, 4);
      session.computeTo(
          List.of(x.mean(0), x.sum(1)),
          ArrayFiles.targets(List.of(Path.of(file + "#mean"), Path.of(file + "#sum"))));
      assertThat(ArrayFiles.list(file).stream().map(each -> each.name() + each.dimensions()))
          .containsExactly("mean[dim_0]", "sum[sum_dim_0]");
      try (HostArray mean = session.load(Path.of(file + "#mean")).compute();
          HostArray sum = session.load(Path.of(file + "#sum")).compute()) {
        assertThat(mean.toDoubleArray()).containsExactly(9, 10, 11, 12, 13, 14);
        assertThat(sum.toDoubleArray()).containsExactly(15, 51, 87, 123);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 65536;65535, 2",
    "INT8, 65536;65536, 5",
    "FLOAT64, 536870911, 2",
    "FLOAT64, 536870912, 5",
    "INT8, 2147483644, 2",
    "INT8, 2147483645, 5",
    "FLOAT32, 0;1073741824, 5",
    "INT64, 1, 5"
  })
  void largeVariablesAreOfTheNewestVersion(DType dtype, String extents, int version) {
    long[] shape = Stream.of(extents.split(";")).mapToLong(Long::parseLong).toArray();
    ArrayName name = ArrayName.of(directory.resolve("x.nc"));
    NewVariable large = NewVariable.of(name, dtype, Shape.of(shape), WriteOptions.PLAIN);
    ArrayName other = new ArrayName(name.file(), "small");
    NewVariable small =
        NewVariable.of(other, DType.INT8, Shape.of(3), WriteOptions.PLAIN.withDimensions("other"));
    ClassicLayout layout = ClassicLayout.of(List.of(large, small));
    assertThat(layout.header()[3]).isEqualTo((byte) version);
    long bytes = shape[0] == 0 ? 0 : large.bytes();
    assertThat(layout.begins()).containsExactly(0, Math.ceilDiv(bytes, 4) * 4);
    assertThat(layout.bytes()).isEqualTo(Math.ceilDiv(bytes, 4) * 4 + 4);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void aFileOfWhichOneVariableIsAbortedIsAsItWas() throws IOException {
    Path file = directory.resolve("x.nc");
    write(file, List.of(Given.plain(DType.INT8, 3)));
    byte[] before = Files.readAllBytes(file);
    List<ArrayTarget> targets =
        ArrayFiles.targets(List.of(Path.of(file + "#a"), Path.of(file + "#b")));
    for (ArrayTarget target : targets) {
      target.open(DType.INT8, Shape.of(1000));
    }
    assertThat(names()).hasSize(2);
    targets.getFirst().commit();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    targets.getLast().abort();
    assertThat(names()).containsExactly("x.nc");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void variablesOfOneFileAreWrittenTogether() throws IOException {
    Path file = directory.resolve("x.nc");
    ArrayTarget first =
        ArrayFiles.targets(List.of(Path.of(file + "#a"), Path.of(file + "#b"))).getFirst();
    first.open(DType.INT8, Shape.of(1));
    assertThatThrownBy(
            () -> first.write(Region.all(Shape.of(1)), MemorySegment.ofArray(new byte[1])))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 variables of the file are to be written together");
    first.abort();
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL|3|netCDF's classic formats have no bool. Convert it, as in astype(x, int8)",
        "COMPLEX128|3|netCDF's classic formats have no complex128. Write .h5, .npy or .zarr",
        "INT8|3,0|has an axis of length 0 that is not the first",
      })
  void whatTheFormatsDoNotHaveIsRefused(DType dtype, String extents, String message)
      throws IOException {
    long[] shape = Stream.of(extents.split(",")).mapToLong(Long::parseLong).toArray();
    ArrayTarget target = ArrayFiles.target(directory.resolve("x.nc"));
    assertThatThrownBy(() -> target.open(dtype, Shape.of(shape)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.nc4|netCDF files are written in the classic formats, not as netCDF-4. Name it .nc",
        "x.nc#a/b|is in a group, and netCDF's classic formats have none",
        "x.nc#-a|is no name of netCDF for a variable",
      })
  void namesThatTheFormatsDoNotHaveAreRefused(String name, String message) {
    assertThatThrownBy(() -> ArrayFiles.target(directory.resolve(name)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void twoResultsOfOneNameAreRefused() {
    Path file = directory.resolve("x.nc");
    assertThatThrownBy(() -> ArrayFiles.targets(List.of(file, Path.of(file + "#data"))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("two results are called 'data'");
  }

  private void refused(WriteOptions options, Shape shape, String message) {
    assertThatThrownBy(
            () -> ArrayFiles.target(directory.resolve("x.nc"), options).open(DType.INT16, shape))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAndAttributesThatDoNotFitAreRefused() {
    Shape shape = Shape.of(2, 3);
    WriteOptions plain = WriteOptions.PLAIN;
    refused(
        plain.withDimensions("x"), shape, "there are 1 names of axes, [x], but the array has 2");
    refused(plain.withDimensions("x", "x"), shape, "the axis x has the length 3 here and 2 before");
    refused(plain.withDimensions("x", "/"), shape, "'/' is no name of netCDF for an axis");
    refused(plain.withAttributes(Map.of("_FillValue", 40_000)), shape, "is no int16");
    refused(
        plain.withAttributes(Map.of("_FillValue", 0.5)), shape, "is 0.5, of which 0.5 is no int16");
    refused(
        plain.withAttributes(new TreeMap<>(Map.of("flags", List.of("a", "b")))),
        shape,
        "attribute flags is [a, b], of which a is no int64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.npy", "x.npz#a", "x.h5", "x.csv"})
  void formatsWithoutNamesOfAxesRefuseThem(String name) {
    assertThatThrownBy(
            () ->
                ArrayFiles.target(directory.resolve(name), WriteOptions.PLAIN.withDimensions("x")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("files are written without names of axes (--dims)");
    assertThatThrownBy(
            () -> ArrayFiles.targets(List.of(directory.resolve(name), directory.resolve(name))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 results go to it");
  }
}
