package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.emulate.Emulation;
import dev.weft.kernels.cuda.CudaRenderer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The CUDA texts compile with NVRTC, without a GPU: the golden ones for every architecture with
 * every binding, those of all conformance kernels (every operation, reduction, library routine and
 * generator in every type, and with them every hand-written {@code .cu}) for the oldest.
 *
 * <p>No kernel may spill registers to local memory. A stack of its own is what CUDA's sine and
 * cosine take for large arguments.
 */
class CudaTextsTest {
  @TempDir private Path cache;

  @BeforeEach
  void needsNvrtc() {
    Compilers.assumeUnpacked();
  }

  @Test
  void goldenTextsCompileForEveryArchitectureWithEveryBinding() throws Exception {
    Map<String, String> texts = CudaTexts.golden();
    assertThat(texts).hasSizeGreaterThan(10);
    List<String> findings = new ArrayList<>();
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      findings.addAll(CudaTexts.compile(nvrtc, "golden", texts, CudaTexts.ARCHITECTURES));
    }
    assertThat(findings).isEmpty();
  }

  /** Each takes 0.2 s; {@code -Dweft.nvrtc.every=1} compiles all of them. */
  @Test
  void theTextsOfConformanceKernelsCompile() throws Exception {
    int every = Integer.getInteger("weft.nvrtc.every", 5);
    Map<String, String> texts = new LinkedHashMap<>();
    int number = 0;
    for (Kernel kernel : Emulation.conformance()) {
      if (number++ % every == 0) {
        texts.put(number + ".cu", CudaRenderer.render(kernel).source());
      }
    }
    Nvrtc newest = Compilers.all(cache).getLast();
    List<String> oldest = CudaTexts.ARCHITECTURES.subList(0, 1);
    assertThat(CudaTexts.compile(newest, "conformance", texts, oldest)).isEmpty();
  }
}
