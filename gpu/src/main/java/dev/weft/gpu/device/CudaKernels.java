package dev.weft.gpu.device;

import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.CubinCache;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
import dev.weft.gpu.queue.DeviceHealth;
import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import dev.weft.kernels.cuda.CudaRenderer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernels that are loaded on a GPU: each is rendered, compiled and loaded once, by the thread
 * that asks first; others wait for it. A failure is told to all who wait, and not kept.
 */
final class CudaKernels {
  private final CudaDriver driver;
  private final DeviceHealth health;
  private final CubinCache cubins;
  private final Map<Kernel, CompletableFuture<CudaCode>> loaded = new ConcurrentHashMap<>();

  CudaKernels(CudaDriver driver, DeviceHealth health, CubinCache cubins) {
    this.driver = driver;
    this.health = health;
    this.cubins = cubins;
  }

  CudaCode get(Kernel kernel) {
    CompletableFuture<CudaCode> known = loaded.get(kernel);
    if (known != null) {
      return await(known);
    }
    CompletableFuture<CudaCode> own = new CompletableFuture<>();
    CompletableFuture<CudaCode> first = loaded.putIfAbsent(kernel, own);
    if (first != null) {
      return await(first);
    }
    try {
      CudaCode code = load(kernel);
      own.complete(code);
      return code;
    } catch (RuntimeException | Error failure) {
      loaded.remove(kernel, own);
      own.completeExceptionally(failure);
      throw failure;
    }
  }

  private static CudaCode await(CompletableFuture<CudaCode> code) {
    try {
      return code.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private CudaCode load(Kernel kernel) {
    health.check();
    CudaKernel cuda = CudaRenderer.render(kernel);
    CompileRequest request =
        new CompileRequest(
            cuda.name() + ".cu", cuda.source(), CudaKernel.OPTIONS, driver.device().architecture());
    return switch (cubins.get(request)) {
      case Compilation.Compiled(byte[] cubin, String _) -> load(cuda, cubin);
      case Compilation.Failed(String error, String log) ->
          throw new DeviceException(
              "%s: NVRTC refused kernel %s for %s: %s: %s. Report this with the kernel's text, which 'weft explain' prints."
                  .formatted(
                      health.device(),
                      cuda.name(),
                      driver.device().architecture().flag(),
                      error,
                      log.strip()));
    };
  }

  private CudaCode load(CudaKernel cuda, byte[] cubin) {
    CudaDriver.Module module = null;
    try {
      DriverThread.use(driver);
      module = driver.load(cubin);
      Map<String, CudaDriver.Function> functions = new HashMap<>();
      for (EntryPoint entry : cuda.entryPoints()) {
        functions.put(entry.name(), driver.function(module, entry.name()));
      }
      return new CudaCode(this, cuda, module, functions);
    } catch (CudaError error) {
      if (module != null) {
        unload(module);
      }
      throw health.failure("loading kernel %s".formatted(cuda.name()), error);
    }
  }

  private void unload(CudaDriver.Module module) {
    try {
      driver.unload(module);
    } catch (CudaError error) {
      health.failure("unloading a kernel", error);
    }
  }

  /** Unloads everything; nothing runs any more and the context is current. */
  void close() {
    for (CompletableFuture<CudaCode> code : loaded.values()) {
      if (code.isDone() && !code.isCompletedExceptionally()) {
        unload(code.join().module());
      }
    }
    loaded.clear();
  }
}
