package dev.weft.gpu;

import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The golden CUDA texts, and what a real NVRTC makes of such texts. */
final class CudaTexts {
  static final List<String> ARCHITECTURES = List.of("sm_75", "sm_80", "sm_90");

  /** The same place in a checkout and in a bundle with tests. */
  private static final Path GOLDEN = Path.of("../kernels/src/test/resources/golden/cuda");

  private static final String COMMON = "/dev/weft/kernels/cuda/";

  private CudaTexts() {}

  /** Golden files hold a text's own part; what all texts begin with stands in front of it. */
  static Map<String, String> golden() throws IOException {
    StringBuilder common = new StringBuilder();
    for (String name : List.of("values.cuh", "random.cuh", "reduce.cuh")) {
      try (InputStream in = CudaRenderer.class.getResourceAsStream(COMMON + name)) {
        byte[] text = Objects.requireNonNull(in, name).readAllBytes();
        common.append(new String(text, StandardCharsets.UTF_8)).append('\n');
      }
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
  static List<String> compile(
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
}
