package dev.weft.gpu;

import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.blas.NativeCublas;
import dev.weft.gpu.compile.NativeNvrtc;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.driver.DriverVersion;
import dev.weft.gpu.driver.JCudaCublas;
import dev.weft.gpu.driver.JCudaNvrtc;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import java.util.ArrayList;
import java.util.List;

/**
 * Which file of a library is used, by which binding; or why there is none.
 *
 * @param <T> the library's interface
 */
public sealed interface LibraryChoice<T> {

  /** A binding, ready for use. */
  record Chosen<T>(T binding) implements LibraryChoice<T> {}

  /** Nothing works: why, and what to do about it. */
  record None<T>(String reason, String remedy) implements LibraryChoice<T> {}

  /**
   * Versions of CUDA's libraries that go with a driver, the preferred one first. A driver loads
   * code of its own major version and older.
   */
  static List<Integer> majors(DriverVersion driver) {
    return driver.major() >= 13 ? List.of(12, 13) : List.of(12);
  }

  /** NVRTC in the first of the major versions that works: by JCuda if possible, else directly. */
  static LibraryChoice<Nvrtc> nvrtc(
      LibrarySearch search, CudaSettings settings, List<Integer> majors) {
    Loader<Nvrtc> byJCuda = found -> JCudaNvrtc.load(found, settings);
    return choose(
        search,
        CudaLibrary.NVRTC,
        majors,
        major ->
            major == JCudaNvrtc.MAJOR
                ? List.of(byJCuda, NativeNvrtc::load)
                : List.of(NativeNvrtc::load));
  }

  /** cuBLAS in the first of the major versions that works: by JCuda if possible, else directly. */
  static LibraryChoice<Cublas> cublas(
      LibrarySearch search, CudaSettings settings, List<Integer> majors) {
    Loader<Cublas> byJCuda = found -> JCudaCublas.load(found, settings);
    return choose(
        search,
        CudaLibrary.CUBLAS,
        majors,
        major ->
            major == JCudaCublas.MAJOR
                ? List.of(byJCuda, NativeCublas::load)
                : List.of(NativeCublas::load));
  }

  /** Makes a binding of a file. */
  @FunctionalInterface
  interface Loader<T> {
    /**
     * Loads and binds.
     *
     * @throws LibraryException when the file cannot be used
     */
    T load(Located.Found found) throws LibraryException;
  }

  /** The bindings that can load a major version, the preferred one first. */
  @FunctionalInterface
  interface Loaders<T> {
    /** In the order of preference. */
    List<Loader<T>> of(int major);
  }

  /** Tries every binding of every version that is found, until one works. */
  static <T> LibraryChoice<T> choose(
      LibrarySearch search, CudaLibrary library, List<Integer> majors, Loaders<T> loaders) {
    List<String> failures = new ArrayList<>();
    for (int major : majors) {
      switch (search.find(library, List.of(major))) {
        case Located.Missing missing -> failures.add(missing.reason());
        case Located.Found found -> {
          for (Loader<T> loader : loaders.of(major)) {
            try {
              return new Chosen<>(loader.load(found));
            } catch (LibraryException | LinkageError failure) {
              failures.add(String.valueOf(failure.getMessage()));
            }
          }
        }
      }
    }
    return new None<>(
        "no %s: %s".formatted(library.title(), String.join("; ", failures)),
        search.remedy(library, majors));
  }
}
