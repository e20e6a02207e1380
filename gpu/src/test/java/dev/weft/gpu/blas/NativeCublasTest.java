package dev.weft.gpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.Located;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The direct binding, called on a library with cuBLAS's functions that computes on the host. That
 * cuBLAS itself gives the same is not shown here: it needs a GPU.
 */
class NativeCublasTest {
  private static final Path SOURCE = Path.of("src/test/c/host_cublas.c");

  @TempDir private static Path folder;

  private static Cublas cublas;

  @BeforeAll
  static void compile() throws Exception {
    Path compiler = compiler();
    assumeTrue(compiler != null, "not run: no C compiler (cc) on the path");
    Path library = folder.resolve("libcublas.so.13");
    Process process =
        new ProcessBuilder(
                compiler.toString(),
                "-shared",
                "-fPIC",
                "-O1",
                "-o",
                library.toString(),
                SOURCE.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
    cublas =
        NativeCublas.load(
            new Located.Found(
                CudaLibrary.CUBLAS, 13, library.toString(), List.of(), "the test's folder"));
  }

  private static Path compiler() throws IOException {
    for (String entry : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(entry, "cc");
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static double[] random(int length, Random random) {
    // Small whole numbers, so that sums are exact in any order, in float32 as well.
    return random.ints(length, -8, 9).asDoubleStream().toArray();
  }

  /** Row-major products by plain loops. */
  private static double[] expected(Case shape, double[] a, double[] b, double[] c) {
    double[] result = c.clone();
    for (int p = 0; p < shape.count; p++) {
      for (int i = 0; i < shape.m; i++) {
        for (int j = 0; j < shape.n; j++) {
          double sum = 0;
          for (int l = 0; l < shape.k; l++) {
            double x = a[p * shape.sa() + (shape.ta ? l * shape.lda() + i : i * shape.lda() + l)];
            double y = b[p * shape.sb() + (shape.tb ? j * shape.ldb() + l : l * shape.ldb() + j)];
            sum += x * y;
          }
          int at = p * shape.sc() + i * shape.ldc() + j;
          result[at] = 2 * sum - 3 * c[at];
        }
      }
    }
    return result;
  }

  private record Case(boolean ta, boolean tb, int m, int n, int k, int gap, int count) {
    private int lda() {
      return (ta ? m : k) + gap;
    }

    private int ldb() {
      return (tb ? k : n) + gap;
    }

    private int ldc() {
      return n + gap;
    }

    private int sa() {
      return (ta ? k : m) * lda() + gap;
    }

    private int sb() {
      return (tb ? n : k) * ldb() + gap;
    }

    private int sc() {
      return m * ldc() + gap;
    }
  }

  private static Stream<Case> cases() {
    return Stream.of(false, true)
        .flatMap(
            ta ->
                Stream.of(false, true)
                    .flatMap(
                        tb ->
                            Stream.of(
                                new Case(ta, tb, 3, 5, 7, 0, 1),
                                new Case(ta, tb, 4, 2, 3, 2, 3),
                                new Case(ta, tb, 1, 6, 1, 1, 2),
                                new Case(ta, tb, 2, 3, 0, 1, 1))));
  }

  @Test
  void productsAreThoseOfPlainLoops() {
    cases().forEach(NativeCublasTest::check);
  }

  private static void check(Case shape) {
    Random random = new Random(5);
    double[] a = random(shape.sa() * shape.count + 1, random);
    double[] b = random(shape.sb() * shape.count + 1, random);
    double[] c = random(shape.sc() * shape.count, random);
    try (Arena arena = Arena.ofConfined();
        Cublas.Handle handle = cublas.open()) {
      MemorySegment doubles = arena.allocateFrom(JAVA_DOUBLE, c);
      handle.float64(
          products(
              shape,
              arena.allocateFrom(JAVA_DOUBLE, a),
              arena.allocateFrom(JAVA_DOUBLE, b),
              doubles),
          2,
          -3);
      assertThat(doubles.toArray(JAVA_DOUBLE))
          .describedAs("%s", shape)
          .isEqualTo(expected(shape, a, b, c));
      MemorySegment floats = arena.allocateFrom(JAVA_FLOAT, floats(c));
      handle.float32(
          products(
              shape,
              arena.allocateFrom(JAVA_FLOAT, floats(a)),
              arena.allocateFrom(JAVA_FLOAT, floats(b)),
              floats),
          2,
          -3);
      assertThat(floats.toArray(JAVA_FLOAT))
          .describedAs("%s", shape)
          .isEqualTo(floats(expected(shape, a, b, c)));
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static Products products(Case s, MemorySegment a, MemorySegment b, MemorySegment c) {
    return Products.rowMajor(
        s.ta,
        s.tb,
        s.m,
        s.n,
        s.k,
        a.address(),
        s.lda(),
        s.sa(),
        b.address(),
        s.ldb(),
        s.sb(),
        c.address(),
        s.ldc(),
        s.sc(),
        s.count);
  }

  @Test
  void streamsAndVersionsArrive() {
    try (Cublas.Handle handle = cublas.open()) {
      assertThat(handle.version()).isEqualTo(130000);
      handle.stream(() -> 42);
      assertThat(handle.version()).isEqualTo(130042);
    }
    assertThat(cublas.describe()).contains("libcublas.so.13", "the test's folder");
  }

  @Test
  void errorsHaveTheirNames() {
    Products nowhere = new Products(false, false, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1);
    try (Cublas.Handle handle = cublas.open()) {
      assertThatThrownBy(() -> handle.float64(nowhere, 1, 0))
          .isInstanceOf(DeviceException.class)
          .hasMessage("cuBLAS: cublasDgemmStridedBatched failed: CUBLAS_STATUS_INVALID_VALUE");
    }
  }

  @Test
  void extentsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Products(false, false, 4, 1, 1, 0, 3, 0, 0, 1, 0, 0, 4, 0, 1))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("lda is 3; it must be at least 4");
    assertThatThrownBy(() -> new Products(false, false, 4, 2, 1, 0, 4, 0, 0, 1, 0, 0, 4, 7, 2))
        .hasMessageContaining("stride of C is 7");
    assertThatThrownBy(() -> new Products(true, false, 4, -1, 1, 0, 4, 0, 0, 1, 0, 0, 4, 7, 2))
        .hasMessageContaining("n is -1");
  }
}
