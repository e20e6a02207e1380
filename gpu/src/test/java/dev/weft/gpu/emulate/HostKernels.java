package dev.weft.gpu.emulate;

import dev.weft.core.kernel.Kernel;
import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaRenderer;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Compiled kernels. Starting the compiler costs more than a kernel does, so they go in batches. */
final class HostKernels {
  private static final int BATCH = 40;
  private static final int COMPILERS = 2;

  private final HostCompiler compiler;
  private final Optional<CoalescingMeter> meter;
  private final Map<String, HostKernel> kernels = new ConcurrentHashMap<>();
  private final AtomicInteger entryPoints = new AtomicInteger();

  HostKernels(HostCompiler compiler) {
    this(compiler, Optional.empty());
  }

  /** Kernels that tell {@code meter}, if there is one, what they read and write. */
  HostKernels(HostCompiler compiler, Optional<CoalescingMeter> meter) {
    this.compiler = compiler;
    this.meter = meter;
  }

  HostKernel get(CudaKernel kernel) {
    return get(HostSource.of(kernel));
  }

  /** The kernel of a text, compiled now unless it was before. */
  HostKernel get(String text) {
    HostKernel known = kernels.get(text);
    return known == null ? get(HostSource.parse(text)) : known;
  }

  private HostKernel get(HostSource source) {
    HostKernel known = kernels.get(source.text());
    if (known != null) {
      return known;
    }
    compileSources(List.of(source));
    return Objects.requireNonNull(kernels.get(source.text()));
  }

  /** Kernels compiled so far, and their entry points. */
  int count() {
    return kernels.size();
  }

  int entryPoints() {
    return entryPoints.get();
  }

  /** Compiles what is not there yet. */
  void compileAll(Collection<? extends Kernel> wanted) {
    compileSources(
        wanted.stream().distinct().map(CudaRenderer::render).map(HostSource::of).toList());
  }

  private void compileSources(List<HostSource> wanted) {
    List<HostSource> missing =
        wanted.stream().filter(source -> !kernels.containsKey(source.text())).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(COMPILERS)) {
      List<Future<?>> batches = new ArrayList<>();
      for (int from = 0; from < missing.size(); from += BATCH) {
        List<HostSource> batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
        batches.add(
            threads.submit(
                () -> {
                  compile(batch);
                  return null;
                }));
      }
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (Exception e) {
      throw new AssertionError("a batch of kernels was not compiled: " + e.getCause(), e);
    }
  }

  private void compile(List<HostSource> batch) throws Exception {
    String text = meter.isPresent() ? MeteredText.of(batch) : HostText.of(batch);
    // Many together are those of the conformance suites, each of which has little to do.
    Path library = compiler.compile(text, batch.size() > 1).toAbsolutePath();
    // Never unloaded: fibers of the library may be kept.
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    for (int i = 0; i < batch.size(); i++) {
      kernels.put(batch.get(i).text(), new HostKernel(batch.get(i), symbols, i, meter));
      entryPoints.addAndGet(batch.get(i).entryPoints().size());
    }
  }
}
