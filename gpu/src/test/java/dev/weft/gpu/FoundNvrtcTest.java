package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import dev.weft.testkit.LongSuites;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The NVRTC that a device would find here compiles what it would get; no GPU is needed. In a bundle
 * made with NVRTC it is the bundle's own.
 */
class FoundNvrtcTest {
  private static final List<Integer> MAJORS = List.of(12, 13);

  @Test
  void compilesTheGoldenTexts() throws Exception {
    CudaSettings settings = CudaSettings.ofProcess();
    LibrarySearch search = LibrarySearch.of(settings);
    if (search.find(CudaLibrary.NVRTC, MAJORS) instanceof Located.Missing missing) {
      String reason = "not run: compiling with this machine's NVRTC: " + missing.reason();
      System.out.println(reason);
      abort(reason);
    }
    switch (LibraryChoice.nvrtc(search, settings, MAJORS)) {
      case LibraryChoice.None<Nvrtc>(String reason, String remedy) -> fail(reason + ". " + remedy);
      case LibraryChoice.Chosen<Nvrtc>(Nvrtc nvrtc) -> {
        List<String> all = CudaTexts.ARCHITECTURES;
        List<String> architectures = LongSuites.EVERY == 1 ? all : all.subList(0, 1);
        assertThat(CudaTexts.compile(nvrtc, "golden", CudaTexts.golden(), architectures)).isEmpty();
      }
    }
  }
}
