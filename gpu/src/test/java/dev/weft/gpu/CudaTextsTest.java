package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.Nvrtc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every CUDA text in the tree compiles, for every architecture, with every binding of NVRTC. */
class CudaTextsTest {
  private static final Path GOLDEN = Path.of("../kernels/src/test/resources/golden/cuda");

  /** Golden texts leave out what is the same for all; library routines are among them. */
  private static final Path SHARED = Path.of("../kernels/src/main/resources/dev/weft/kernels/cuda");

  private static final List<String> ARCHITECTURES = List.of("sm_75", "sm_80", "sm_90");

  @TempDir private Path cache;

  private static List<Path> texts() throws IOException {
    if (!Files.isDirectory(GOLDEN)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(GOLDEN)) {
      return tree.filter(file -> file.toString().endsWith(".cu")).sorted().toList();
    }
  }

  private static CompileRequest request(Path text, String architecture) throws IOException {
    List<String> options = new ArrayList<>(CompileRequest.EXACT);
    options.add("--ptxas-options=-v");
    StringBuilder whole = new StringBuilder();
    for (String part : List.of("values.cuh", "random.cuh", "reduce.cuh")) {
      whole.append(Files.readString(SHARED.resolve(part)));
    }
    whole.append(Files.readString(text));
    return new CompileRequest(
        text.getFileName().toString(), whole.toString(), options, Architecture.parse(architecture));
  }

  /** What is wrong with one text; empty when nothing is. */
  private record Outcome(int kernels, String finding) {}

  private static Outcome compile(Nvrtc nvrtc, CompileRequest request) {
    return switch (nvrtc.compile(request)) {
      case Compilation.Failed(String error, String log) -> new Outcome(0, error + "\n" + log);
      case Compilation.Compiled(byte[] _, String log) -> {
        List<KernelUsage> kernels = KernelUsage.of(log);
        StringBuilder finding = new StringBuilder();
        if (kernels.isEmpty()) {
          finding.append("no kernel in it, or no usage in the log: ").append(log);
        }
        for (KernelUsage kernel : kernels) {
          if (kernel.spillBytes() > 0) {
            finding.append(kernel).append(" spills registers to local memory\n");
          }
        }
        yield new Outcome(kernels.size(), finding.toString());
      }
    };
  }

  @Test
  void everyTextCompilesWithoutSpills() throws Exception {
    Compilers.assumeUnpacked();
    List<Path> texts = texts();
    assumeTrue(!texts.isEmpty(), "not run: there is no CUDA text in the tree");
    List<String> findings = new ArrayList<>();
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      int kernels = 0;
      long begun = System.nanoTime();
      List<Callable<Outcome>> jobs = new ArrayList<>();
      for (Path text : texts) {
        for (String architecture : ARCHITECTURES) {
          CompileRequest request = request(text, architecture);
          jobs.add(
              () -> {
                Outcome outcome = compile(nvrtc, request);
                return outcome.finding().isEmpty()
                    ? outcome
                    : new Outcome(
                        outcome.kernels(),
                        "%s for %s by %s: %s"
                            .formatted(
                                request.name(), architecture, nvrtc.describe(), outcome.finding()));
              });
        }
      }
      try (ExecutorService threads =
          Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
        for (Future<Outcome> job : threads.invokeAll(jobs)) {
          kernels += job.get().kernels();
          if (!job.get().finding().isEmpty()) {
            findings.add(job.get().finding());
          }
        }
      }
      System.out.printf(
          "NVRTC: %d kernels of %d CUDA texts compiled for %s in %.1f s by %s%n",
          kernels,
          texts.size(),
          String.join(", ", ARCHITECTURES),
          (System.nanoTime() - begun) * 1e-9,
          nvrtc.describe());
    }
    assertThat(findings).isEmpty();
  }
}
