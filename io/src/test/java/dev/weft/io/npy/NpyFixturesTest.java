package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.expr.ArraySource.Layout;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that NumPy wrote: {@code dtype-byteorder-axisorder-rank.npy}. */
class NpyFixturesTest {
  private static final Map<String, Shape> SHAPES =
      Map.of(
          "0d", Shape.SCALAR,
          "1d", Shape.of(7),
          "2d", Shape.of(2, 3),
          "4d", Shape.of(2, 1, 3, 2),
          "empty", Shape.of(3, 0, 2),
          "version2", Shape.of(2, 3),
          "version3", Shape.of(2, 3));

  @TempDir Path directory;

  static List<Path> fixtures() throws IOException, URISyntaxException {
    Path folder = Path.of(NpyFixturesTest.class.getResource("int8-le-c-2d.npy").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      return files.filter(file -> file.toString().endsWith(".npy")).sorted().toList();
    }
  }

  private static String[] parts(Path file) {
    return file.getFileName().toString().replace(".npy", "").split("-");
  }

  @Test
  void thereAreFixturesOfAllTypes() throws Exception {
    assertThat(fixtures().stream().map(file -> DType.of(parts(file)[0])).distinct())
        .containsExactlyInAnyOrder(DType.values());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void readsWhatNumpyWrote(Path file) {
    String[] parts = parts(file);
    try (HostArray array = Npy.load(file);
        HostArray expected = pattern(DType.of(parts[0]), SHAPES.get(parts[3]))) {
      assertThat(array.dtype()).isEqualTo(expected.dtype());
      assertThat(array.shape()).isEqualTo(expected.shape());
      assertThat(array.segment().mismatch(expected.segment())).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void partsReadAsInTheWhole(Path file) throws IOException {
    try (NpySource source = Npy.read(file)) {
      Shape shape = source.shape();
      if (shape.rank() < 2 || shape.size() == 0) {
        return;
      }
      long[] start = new long[shape.rank()];
      start[shape.rank() - 1] = 1;
      Shape part = shape.with(shape.rank() - 1, shape.extent(shape.rank() - 1) - 1);
      try (HostArray whole = Npy.load(file);
          HostArray read = HostArray.allocate(source.dtype(), part)) {
        source.read(new Region(start, part.extents()), read.segment());
        long size = source.dtype().itemSize();
        long last = shape.extent(shape.rank() - 1);
        for (long i = 0; i < part.size(); i++) {
          long at = i / (last - 1) * last + i % (last - 1) + 1;
          assertThat(read.segment().asSlice(i * size, size))
              .satisfies(
                  element ->
                      assertThat(element.mismatch(whole.segment().asSlice(at * size, size)))
                          .isEqualTo(-1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void nativeElementsAreReadInPlace(Path file) throws IOException {
    String[] parts = parts(file);
    try (NpySource source = Npy.read(file)) {
      Layout layout = source.memory();
      if (parts[1].equals("be") || parts[0].equals("bool")) {
        assertThat(layout).isNull();
        return;
      }
      if (source.shape().size() > 0) {
        assertThat(layout.memory().address() % 64).isZero();
      }
      if (parts[3].equals("2d")) {
        long size = source.dtype().itemSize();
        long[] strides = parts[2].equals("f") ? new long[] {1, 2} : new long[] {3, 1};
        assertThat(layout.strides()).containsExactly(strides[0] * size, strides[1] * size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void writesTheSameBytesAsNumpy(Path file) throws IOException {
    String[] parts = parts(file);
    Path written = directory.resolve("x.npy");
    try (HostArray array = Npy.load(file)) {
      Npy.write(written, array);
      try (HostArray again = Npy.load(written)) {
        assertThat(again.shape()).isEqualTo(array.shape());
        assertThat(again.segment().mismatch(array.segment())).isEqualTo(-1);
      }
    }
    if (parts[1].equals("le") && parts[2].equals("c") && !parts[3].startsWith("version")) {
      assertThat(Files.readAllBytes(written)).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void describesAFile() throws Exception {
    Path folder = fixtures().getFirst().getParent();
    Path file = folder.resolve("int16-be-f-4d.npy");
    assertThat(Npy.describe(file))
        .isEqualTo(
            file
                + ": int16 (2, 1, 3, 2), Fortran order, big-endian, 24 bytes of data at offset 128,"
                + " npy version 1.0");
    assertThat(Npy.describe(folder.resolve("bool-le-c-2d.npy")))
        .endsWith("bool (2, 3), C order, 6 bytes of data at offset 128, npy version 1.0");
  }

  private static HostArray pattern(DType dtype, Shape shape) {
    HostArray array = HostArray.allocate(dtype, shape);
    MemorySegment memory = array.segment();
    for (int k = 0; k < shape.size(); k++) {
      switch (dtype) {
        case BOOL -> memory.set(ValueLayout.JAVA_BYTE, k, (byte) (k % 2 == 0 ? 1 : 0));
        case INT8, UINT8 -> memory.set(ValueLayout.JAVA_BYTE, k, (byte) (k + 1));
        case INT16, UINT16 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, k, (short) (k + 1));
        case INT32, UINT32 -> memory.setAtIndex(ValueLayout.JAVA_INT, k, k + 1);
        case INT64, UINT64 -> memory.setAtIndex(ValueLayout.JAVA_LONG, k, k + 1);
        case FLOAT16 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, k, HalfFloats.bits(k + 1));
        case FLOAT32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, k, k + 1);
        case FLOAT64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, k, k + 1);
        case COMPLEX64 -> {
          memory.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * k, k + 1);
          memory.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * k + 1, -0.5f * (k + 1));
        }
        case COMPLEX128 -> {
          memory.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * k, k + 1);
          memory.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * k + 1, -0.5 * (k + 1));
        }
      }
    }
    return array;
  }
}
