package dev.weft.cpu.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GemmTest {
  private static final int[][] SHAPES = {
    {1, 1, 1}, {4, 24, 8}, {3, 5, 7}, {65, 49, 33}, {5, 100, 200}, {200, 7, 400}, {4, 4, 0}
  };

  private final Arena arena = Arena.ofConfined();
  private final BufferPool pool = new BufferPool(1 << 28);

  @AfterEach
  void close() {
    pool.close();
    arena.close();
  }

  @Test
  void vectorLoopsMultiplyAtEveryWidth() {
    for (Lanes lanes : Lanes.all()) {
      check(new VectorGemm(lanes, pool));
    }
  }

  @Test
  void openBlasMultiplies(@TempDir Path cache) {
    OpenBlas.Lookup lookup =
        OpenBlas.load(GemmTest.class.getClassLoader(), cache.resolve("native"));
    assumeTrue(lookup instanceof OpenBlas.Lookup.Found, lookup::toString);
    Gemm gemm = new OpenBlasGemm(((OpenBlas.Lookup.Found) lookup).library());
    assertThat(gemm.describe()).startsWith("OpenBLAS 0.3.").endsWith(")");
    check(gemm);
  }

  @Test
  void withoutACacheOpenBlasIsLoadedFromATemporaryFolder(@TempDir Path folder) throws Exception {
    // Not even the super-user can make a folder below a file.
    Path file = Files.createFile(folder.resolve("file"));
    for (Path cache : Arrays.asList(file.resolve("cache"), null)) {
      OpenBlas.Lookup lookup = OpenBlas.load(GemmTest.class.getClassLoader(), cache);
      assumeFalse(lookup.toString().contains("is not on the class path"), lookup::toString);
      assertThat(lookup).isInstanceOf(OpenBlas.Lookup.Found.class);
    }
  }

  @Test
  void aTemporaryFolderIsRemovedWithItsFiles() throws IOException {
    TemporaryFolder folder = TemporaryFolder.make();
    try (folder) {
      Files.createFile(Files.createDirectory(folder.path().resolve("version")).resolve("file"));
    }
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void anAbsentOpenBlasIsExplained(@TempDir Path cache) {
    ClassLoader empty = new URLClassLoader(new URL[0], null);
    assertThat(OpenBlas.load(empty, cache))
        .isInstanceOfSatisfying(
            OpenBlas.Lookup.Missing.class,
            missing -> {
              assertThat(missing.reason())
                  .matches("org/bytedeco/openblas/\\S+ is not on the class path");
              assertThat(missing.remedy()).startsWith("Add org.bytedeco:openblas with classifier ");
            });
  }

  @Test
  void aBrokenLibraryIsExplained(@TempDir Path folder) throws Exception {
    String platform = "org/bytedeco/openblas/" + NativeLibrary.platforms().getFirst();
    Path at = Files.createDirectories(folder.resolve(platform));
    Files.writeString(at.resolve("libopenblas.so.0"), "no library");
    Files.writeString(at.resolve("libopenblas.0.dylib"), "no library");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      assertThat(OpenBlas.load(loader, folder.resolve("cache")))
          .isInstanceOfSatisfying(
              OpenBlas.Lookup.Missing.class,
              missing -> assertThat(missing.reason()).startsWith("OpenBLAS did not load: "));
    }
  }

  private void check(Gemm gemm) {
    for (int[] shape : SHAPES) {
      for (int flags = 0; flags < 8; flags++) {
        boolean ta = (flags & 1) != 0;
        boolean tb = (flags & 2) != 0;
        check64(gemm, ta, tb, shape[0], shape[1], shape[2], (flags & 4) != 0 ? 0.5 : 0);
        check32(gemm, ta, tb, shape[0], shape[1], shape[2], (flags & 4) != 0 ? 0.5f : 0);
      }
    }
  }

  /** Small integers, so that every order of additions gives the same sum. */
  private long matrix(int rows, int columns, int bytes, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long address = arena.allocate((long) rows * columns * bytes + 64, 64).address();
    for (int i = 0; i < rows * columns; i++) {
      int value = random.nextInt(-9, 10);
      if (bytes == 8) {
        Memory.putDouble(address + 8L * i, value);
      } else {
        Memory.putFloat(address + 4L * i, value);
      }
    }
    return address;
  }

  private void check64(Gemm gemm, boolean ta, boolean tb, int m, int n, int k, double beta) {
    int lda = (ta ? m : k) + 3;
    int ldb = (tb ? k : n) + 1;
    int ldc = n + 2;
    long a = matrix(ta ? k : m, lda, 8, 1);
    long b = matrix(tb ? n : k, ldb, 8, 2);
    long c = matrix(m, ldc, 8, 3);
    long old = matrix(m, ldc, 8, 3);
    if (beta == 0) {
      Memory.putDouble(c, Double.NaN);
    }
    gemm.float64(ta, tb, m, n, k, 2, a, lda, b, ldb, beta, c, ldc);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < ldc; j++) {
        double before = Memory.getDouble(old + 8L * (i * ldc + j));
        double sum = 0;
        for (int l = 0; l < k && j < n; l++) {
          sum +=
              Memory.getDouble(a + 8L * (ta ? l * lda + i : i * lda + l))
                  * Memory.getDouble(b + 8L * (tb ? j * ldb + l : l * ldb + j));
        }
        double expected = j < n ? 2 * sum + (beta == 0 ? 0 : beta * before) : before;
        if (Memory.getDouble(c + 8L * (i * ldc + j)) != expected) {
          fail("(%d, %d) of %d x %d x %d, transposed %s %s", i, j, m, n, k, ta, tb);
        }
      }
    }
  }

  private void check32(Gemm gemm, boolean ta, boolean tb, int m, int n, int k, float beta) {
    int lda = (ta ? m : k) + 3;
    int ldb = (tb ? k : n) + 1;
    int ldc = n + 2;
    long a = matrix(ta ? k : m, lda, 4, 1);
    long b = matrix(tb ? n : k, ldb, 4, 2);
    long c = matrix(m, ldc, 4, 3);
    long old = matrix(m, ldc, 4, 3);
    gemm.float32(ta, tb, m, n, k, 2, a, lda, b, ldb, beta, c, ldc);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < ldc; j++) {
        float before = Memory.getFloat(old + 4L * (i * ldc + j));
        float sum = 0;
        for (int l = 0; l < k && j < n; l++) {
          sum +=
              Memory.getFloat(a + 4L * (ta ? l * lda + i : i * lda + l))
                  * Memory.getFloat(b + 4L * (tb ? j * ldb + l : l * ldb + j));
        }
        float expected = j < n ? 2 * sum + (beta == 0 ? 0 : beta * before) : before;
        if (Memory.getFloat(c + 4L * (i * ldc + j)) != expected) {
          fail("(%d, %d) of %d x %d x %d, transposed %s %s", i, j, m, n, k, ta, tb);
        }
      }
    }
  }
}
