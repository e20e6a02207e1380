package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of OpenBLAS, from the library in the artifact {@code org.bytedeco:openblas}.
 *
 * <p>The library stays loaded until the process ends. It is told to use the calling thread only,
 * which is a setting of the whole process: an own copy is loaded, so no other user of an OpenBLAS
 * is affected.
 */
public final class OpenBlasGemm implements Gemm {
  private static final int ROW_MAJOR = 101;
  private static final int PLAIN = 111;
  private static final int TRANSPOSED = 112;
  private static final String ARTIFACT = "org.bytedeco:openblas";
  private static final ExitGate GATE = ExitGate.ofProcess();

  private final MethodHandle dgemm;
  private final MethodHandle sgemm;
  private final String description;

  /** The outcome of looking for the library: products, or the reason why there are none. */
  public sealed interface Lookup {
    /** OpenBLAS is loaded. */
    record Found(OpenBlasGemm gemm) implements Lookup {}

    /** OpenBLAS cannot be used. */
    record Missing(String reason, String remedy) implements Lookup {}
  }

  private OpenBlasGemm(SymbolLookup library) throws Throwable {
    dgemm = product(library, "cblas_dgemm", JAVA_DOUBLE);
    sgemm = product(library, "cblas_sgemm", JAVA_FLOAT);
    function(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT)).invoke(1);
    description =
        text(library, "openblas_get_config") + " (" + text(library, "openblas_get_corename") + ")";
  }

  /**
   * Loads the library found by a class loader. Call it once: every call loads what is not loaded
   * yet and binds it anew.
   *
   * @param cache a folder of the user's into which the library may be unpacked; null when there is
   *     none. Where it cannot be used, a temporary folder takes its place
   */
  public static Lookup load(ClassLoader loader, @Nullable Path cache) {
    List<String> platforms = NativeLibrary.platforms();
    String library = library();
    Lookup outcome =
        new Lookup.Missing(
            "org/bytedeco/openblas/%s/%s is not on the class path"
                .formatted(String.join("|", platforms), library),
            "Add %s with classifier %s to use OpenBLAS."
                .formatted(ARTIFACT, String.join(" or ", platforms)));
    for (String platform : platforms) {
      String folder = "org/bytedeco/openblas/" + platform;
      if (loader.getResource(folder + "/" + library) != null) {
        outcome = loadSomewhere(loader, folder, library, cache);
        if (outcome instanceof Lookup.Found) {
          return outcome;
        }
      }
    }
    return outcome;
  }

  private static Lookup loadSomewhere(
      ClassLoader loader, String folder, String library, @Nullable Path cache) {
    Lookup cached = cache == null ? null : load(loader, folder, library, cache);
    if (cached instanceof Lookup.Found) {
      return cached;
    }
    try (TemporaryFolder temporary = TemporaryFolder.make()) {
      Lookup second = load(loader, folder, library, temporary.path());
      return second instanceof Lookup.Missing && cached != null ? cached : second;
    } catch (IOException e) {
      return cached != null
          ? cached
          : new Lookup.Missing(
              "OpenBLAS did not load: " + e, "Set XDG_CACHE_HOME to a folder that can be written.");
    }
  }

  private static String library() {
    String name = System.mapLibraryName("openblas");
    return name.endsWith(".so") ? name + ".0" : name.replace(".dylib", ".0.dylib");
  }

  private static Lookup load(ClassLoader loader, String folder, String library, Path cache) {
    // Libraries that OpenBLAS needs come first; the loader then finds them by name.
    List<String> names =
        List.of(
            "libgcc_s.so.1",
            "libquadmath.so.0",
            "libgfortran.so.5",
            "libgcc_s.1.1.dylib",
            "libquadmath.0.dylib",
            "libgfortran.5.dylib",
            library);
    try {
      SymbolLookup symbols = SymbolLookup.loaderLookup();
      for (Path file : NativeLibrary.unpack(loader, folder, names, cache)) {
        symbols = SymbolLookup.libraryLookup(file, Arena.global());
      }
      return new Lookup.Found(new OpenBlasGemm(symbols));
    } catch (IOException | IllegalArgumentException | LinkageError e) {
      return new Lookup.Missing(
          "OpenBLAS did not load: " + (e instanceof IOException ? e : e.getMessage()),
          "Check that %s can be written and is not mounted noexec, or set XDG_CACHE_HOME to a folder of which that is true."
              .formatted(cache));
    } catch (Throwable e) {
      throw new IllegalStateException("binding OpenBLAS failed", e);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        library
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("it has no function " + name));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  private static MethodHandle product(SymbolLookup library, String name, ValueLayout scalar) {
    MemoryLayout i = JAVA_INT;
    // Addresses are passed as integers of the same width, which saves making segments of them.
    return function(
        library,
        name,
        FunctionDescriptor.ofVoid(
            i, i, i, i, i, i, scalar, JAVA_LONG, i, JAVA_LONG, i, scalar, JAVA_LONG, i));
  }

  private static String text(SymbolLookup library, String name) throws Throwable {
    MethodHandle handle = function(library, name, FunctionDescriptor.of(ValueLayout.ADDRESS));
    MemorySegment chars = (MemorySegment) handle.invoke();
    return chars.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static int flag(boolean transpose) {
    return transpose ? TRANSPOSED : PLAIN;
  }

  @Override
  public void float64(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double alpha,
      long a,
      int lda,
      long b,
      int ldb,
      double beta,
      long c,
      int ldc) {
    int ta = flag(transposeA);
    int tb = flag(transposeB);
    GATE.enter();
    try {
      dgemm.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } catch (Throwable e) {
      throw new IllegalStateException("calling cblas_dgemm failed", e);
    } finally {
      GATE.leave();
    }
  }

  @Override
  public void float32(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    int ta = flag(transposeA);
    int tb = flag(transposeB);
    GATE.enter();
    try {
      sgemm.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } catch (Throwable e) {
      throw new IllegalStateException("calling cblas_sgemm failed", e);
    } finally {
      GATE.leave();
    }
  }

  @Override
  public String describe() {
    return description;
  }
}
