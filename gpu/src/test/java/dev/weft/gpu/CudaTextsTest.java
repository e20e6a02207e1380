package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.emulate.Emulation;
import dev.weft.kernels.cuda.CudaRenderer;
import dev.weft.testkit.LongSuites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The CUDA texts compile with NVRTC, without a GPU: the golden ones for every architecture with
 * every binding, those of conformance kernels (every operation, reduction, library routine and
 * generator in every type, and with them every hand-written {@code .cu}) for the oldest. Without
 * the profile {@code whole} the oldest compiler is asked for the oldest architecture and the newest
 * for the newest, and of the conformance kernels every twenty-eighth is compiled.
 *
 * <p>No kernel may spill registers to local memory. A stack of its own is what CUDA's sine and
 * cosine take for large arguments.
 */
@Tag("long")
class CudaTextsTest {
  /** How much rarer than others of the long suites a kernel is compiled, which takes 0.2 s. */
  private static final int RARELY = 3;

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
    List<Nvrtc> compilers = Compilers.all(cache);
    List<String> all = CudaTexts.ARCHITECTURES;
    for (int i = 0; i < compilers.size(); i++) {
      String one = i == 0 ? all.getFirst() : all.getLast();
      List<String> architectures = LongSuites.EVERY == 1 ? all : List.of(one);
      findings.addAll(CudaTexts.compile(compilers.get(i), "golden", texts, architectures));
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void theTextsOfConformanceKernelsCompile() throws Exception {
    Map<String, String> texts = new LinkedHashMap<>();
    int number = 0;
    for (Kernel kernel : Emulation.conformance()) {
      if (number++ % (RARELY * (LongSuites.EVERY - 1) + 1) == 0) {
        texts.put(number + ".cu", CudaRenderer.render(kernel).source());
      }
    }
    Nvrtc newest = Compilers.all(cache).getLast();
    List<String> oldest = CudaTexts.ARCHITECTURES.subList(0, 1);
    assertThat(CudaTexts.compile(newest, "conformance", texts, oldest)).isEmpty();
  }
}
