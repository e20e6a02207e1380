package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.emulate.Emulation;
import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
  private static final Path KERNELS = Path.of("../kernels/src");
  private static final Path GOLDEN = KERNELS.resolve("test/resources/golden/cuda");
  private static final Path COMMON = KERNELS.resolve("main/resources/dev/weft/kernels/cuda");
  private static final List<String> ARCHITECTURES = List.of("sm_75", "sm_80", "sm_90");

  @TempDir private Path cache;

  @BeforeEach
  void needsNvrtc() {
    Compilers.assumeUnpacked();
  }

  /** Golden files hold a text's own part; what all texts begin with stands in front of it. */
  private static Map<String, String> golden() throws IOException {
    StringBuilder common = new StringBuilder();
    for (String name : List.of("values.cuh", "random.cuh", "reduce.cuh")) {
      common.append(Files.readString(COMMON.resolve(name))).append('\n');
    }
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.sorted().toList()) {
        texts.put(file.getFileName().toString(), common + Files.readString(file));
      }
    }
    return texts;
  }

  /** What came of one text: the kernels in it, and what is wrong with them. */
  private record Outcome(int kernels, int withStack, String finding) {}

  private static Outcome compile(Nvrtc nvrtc, CompileRequest request) {
    return switch (nvrtc.compile(request)) {
      case Compilation.Failed(String error, String log) -> new Outcome(0, 0, error + "\n" + log);
      case Compilation.Compiled(byte[] _, String log) -> {
        List<KernelUsage> kernels = KernelUsage.of(log);
        StringBuilder finding = new StringBuilder();
        if (kernels.isEmpty()) {
          finding.append("no kernel in it, or no usage in the log: ").append(log);
        }
        kernels.stream()
            .filter(kernel -> kernel.spillBytes() > 0)
            .forEach(kernel -> finding.append(kernel).append(" spills registers\n"));
        long stacks = kernels.stream().filter(kernel -> kernel.stackBytes() > 0).count();
        yield new Outcome(kernels.size(), (int) stacks, finding.toString());
      }
    };
  }

  /** Compiles all, prints how many, and returns what is wrong. */
  private static List<String> compile(
      Nvrtc nvrtc, String what, Map<String, String> texts, List<String> architectures)
      throws Exception {
    List<String> options = new ArrayList<>(CudaKernel.OPTIONS);
    options.add("--ptxas-options=-v");
    List<CompileRequest> requests = new ArrayList<>();
    for (String architecture : architectures) {
      texts.forEach(
          (name, source) ->
              requests.add(
                  new CompileRequest(name, source, options, Architecture.parse(architecture))));
    }
    long begun = System.nanoTime();
    List<String> findings = new ArrayList<>();
    int kernels = 0;
    int stacks = 0;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Callable<Outcome>> jobs = new ArrayList<>();
      requests.forEach(request -> jobs.add(() -> compile(nvrtc, request)));
      List<Future<Outcome>> outcomes = threads.invokeAll(jobs);
      for (int i = 0; i < requests.size(); i++) {
        Outcome outcome = outcomes.get(i).get();
        kernels += outcome.kernels();
        stacks += outcome.withStack();
        if (!outcome.finding().isEmpty()) {
          findings.add(
              "%s for %s by %s: %s"
                  .formatted(
                      requests.get(i).name(),
                      requests.get(i).architecture(),
                      nvrtc.describe(),
                      outcome.finding()));
        }
      }
    }
    System.out.printf(
        "NVRTC: %d kernels of %d %s texts compiled for %s in %.1f s, %d use a stack,"
            + " %d findings, by %s%n",
        kernels,
        texts.size(),
        what,
        String.join(", ", architectures),
        (System.nanoTime() - begun) * 1e-9,
        stacks,
        findings.size(),
        nvrtc.describe());
    return findings;
  }

  @Test
  void goldenTextsCompileForEveryArchitectureWithEveryBinding() throws Exception {
    Map<String, String> texts = golden();
    assertThat(texts).hasSizeGreaterThan(10);
    List<String> findings = new ArrayList<>();
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      findings.addAll(compile(nvrtc, "golden", texts, ARCHITECTURES));
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
    assertThat(compile(newest, "conformance", texts, ARCHITECTURES.subList(0, 1))).isEmpty();
  }
}
