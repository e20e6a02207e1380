package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.CubinCache;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.kernels.cuda.CudaKernel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both bindings of the real NVRTC, which needs no GPU. */
class NvrtcTest {
  private static final Architecture HOPPER = new Architecture(9, 0);
  private static final String ADD =
      """
      extern "C" __global__ void add(const double* a, const double* b, double* r, long n) {
        long i = blockIdx.x * (long) blockDim.x + threadIdx.x;
        if (i < n) r[i] = a[i] + b[i];
      }
      """;

  @TempDir private Path cache;

  @BeforeEach
  void needsNvrtc() {
    Compilers.assumeUnpacked();
  }

  private static CompileRequest request(String source) {
    return new CompileRequest("add.cu", source, CudaKernel.OPTIONS, HOPPER);
  }

  private static byte[] code(Compilation compilation) {
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compilation).cubin();
  }

  @Test
  void everyBindingMakesCubins() throws Exception {
    List<Nvrtc> compilers = Compilers.all(cache);
    assertThat(compilers).extracting(nvrtc -> nvrtc.version().major()).containsExactly(12, 12, 13);
    for (Nvrtc nvrtc : compilers) {
      System.out.println("NVRTC: " + nvrtc.describe());
      byte[] cubin = code(nvrtc.compile(request(ADD)));
      assertThat(cubin).startsWith(0x7f, 'E', 'L', 'F');
      assertThat(new String(cubin, StandardCharsets.ISO_8859_1)).contains(".text.add");
    }
  }

  @Test
  void theBindingsOfOneLibraryGiveTheSameCode() throws Exception {
    List<Nvrtc> compilers = Compilers.all(cache);
    assertThat(code(compilers.get(0).compile(request(ADD))))
        .isEqualTo(code(compilers.get(1).compile(request(ADD))));
    assertThat(compilers.get(0).version()).isEqualTo(compilers.get(1).version());
  }

  @Test
  void refusalsCarryTheCompilersWords() throws Exception {
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      Compilation answer = nvrtc.compile(request(ADD.replace("a[i] +", "c[i] +")));
      assertThat(answer).isInstanceOf(Compilation.Failed.class);
      Compilation.Failed failed = (Compilation.Failed) answer;
      assertThat(failed.error()).isEqualTo("NVRTC_ERROR_COMPILATION");
      assertThat(failed.log()).contains("add.cu(3): error", "\"c\" is undefined");
      CompileRequest badOption =
          new CompileRequest("add.cu", ADD, List.of("--no-such-option"), HOPPER);
      assertThat(((Compilation.Failed) nvrtc.compile(badOption)).error())
          .isEqualTo("NVRTC_ERROR_INVALID_OPTION");
    }
  }

  @Test
  void severalThreadsCompileAtOnce() throws Exception {
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      List<Callable<byte[]>> jobs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String source = ADD.replace("add(", "add" + i % 4 + "(");
        jobs.add(() -> code(nvrtc.compile(request(source))));
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<byte[]> cubins = new ArrayList<>();
        for (Future<byte[]> job : threads.invokeAll(jobs)) {
          cubins.add(job.get());
        }
        for (int i = 0; i < 4; i++) {
          assertThat(cubins.get(i)).isEqualTo(cubins.get(i + 4));
        }
      }
    }
  }

  @Test
  void theCacheGivesBackWhatWasCompiled() throws Exception {
    Nvrtc nvrtc = Compilers.all(cache).getLast();
    CubinCache first = new CubinCache(nvrtc, cache.resolve("cubins"));
    byte[] cubin = code(first.get(request(ADD)));
    CubinCache second = new CubinCache(nvrtc, cache.resolve("cubins"));
    assertThat(code(second.get(request(ADD)))).isEqualTo(cubin);
    assertThat(second.statistics()).isEqualTo(new CubinCache.Statistics(0, 1, 0, 0, ""));
  }

  /** What {@link CudaTextsTest} reads in the log is there when it should be. */
  @Test
  void theLogTellsLocalMemoryAndSpills() throws Exception {
    String indexed =
        """
        extern "C" __global__ void indexed(double* r, int at) {
          double t[64];
          for (int i = 0; i < 64; i++) t[i] = r[i] * i;
          r[0] = t[at];
        }
        """;
    StringBuilder crowded =
        new StringBuilder("extern \"C\" __global__ void crowded(double* r) {\n");
    for (int i = 0; i < 60; i++) {
      crowded.append("  double v%d = r[%d];\n".formatted(i, i));
    }
    crowded.append("  __syncthreads();\n");
    for (int i = 0; i < 60; i++) {
      crowded.append("  r[%d] = v%d * v%d;\n".formatted(i, i, 59 - i));
    }
    crowded.append("}\n");
    for (Nvrtc nvrtc : Compilers.all(cache)) {
      assertThat(usage(nvrtc, ADD)).isEqualTo(new KernelUsage("add", 0, 0));
      assertThat(usage(nvrtc, indexed).stackBytes()).isEqualTo(512);
      assertThat(usage(nvrtc, crowded.toString(), "--maxrregcount=32").spillBytes())
          .isGreaterThan(0);
    }
  }

  private static KernelUsage usage(Nvrtc nvrtc, String source, String... more) {
    List<String> options = new ArrayList<>(CudaKernel.OPTIONS);
    options.add("--ptxas-options=-v");
    options.addAll(List.of(more));
    Compilation compilation = nvrtc.compile(new CompileRequest("a.cu", source, options, HOPPER));
    List<KernelUsage> usage = KernelUsage.of(((Compilation.Compiled) compilation).log());
    assertThat(usage).describedAs("%s", compilation).hasSize(1);
    return usage.getFirst();
  }

  @Test
  void theChoiceTakesJCudaForTwelveAndTheDirectBindingForThirteen() {
    assertThat(chosen(12)).contains("by JCuda");
    assertThat(chosen(13)).contains("called directly");
  }

  private String chosen(int major) {
    CudaSettings settings = Compilers.settings(major, cache);
    LibraryChoice<Nvrtc> choice =
        LibraryChoice.nvrtc(LibrarySearch.of(settings), settings, List.of(major));
    assertThat(choice).isInstanceOf(LibraryChoice.Chosen.class);
    return ((LibraryChoice.Chosen<Nvrtc>) choice).binding().describe();
  }
}
