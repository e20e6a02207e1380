package dev.weft.gpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.gpu.compile.NativeNvrtc;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.driver.JCudaNvrtc;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** NVRTC of CUDA 12 and 13 as the Maven profile {@code nvrtc} unpacks them, in every binding. */
final class Compilers {
  private static final String FOLDER = System.getProperty("weft.test.nvrtc", "");
  private static final String LAYOUT = "org/bytedeco/cuda/linux-x86_64";

  private Compilers() {}

  /** Skips the test where the profile is off. */
  static void assumeUnpacked() {
    assumeTrue(!FOLDER.isEmpty(), "not run: there is no NVRTC here; turn on -Pnvrtc");
  }

  /** The folder that looks like the contents of the jar for one major version. */
  private static Path jar(int major) {
    return Path.of(FOLDER, Integer.toString(major));
  }

  static CudaSettings settings(int major, Path cache) {
    return new CudaSettings(List.of(jar(major).resolve(LAYOUT)), Map.of(), cache, cache);
  }

  /** JCuda's binding of 12, the direct binding of 12, and that of 13. */
  static List<Nvrtc> all(Path cache) throws LibraryException {
    return List.of(
        JCudaNvrtc.load(found(12, cache), settings(12, cache)),
        NativeNvrtc.load(found(12, cache)),
        NativeNvrtc.load(found(13, cache)));
  }

  static Located.Found found(int major, Path cache) {
    Located located =
        LibrarySearch.of(settings(major, cache)).find(CudaLibrary.NVRTC, List.of(major));
    if (located instanceof Located.Missing missing) {
      throw new AssertionError(missing.describe());
    }
    return (Located.Found) located;
  }
}
