package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.memory.GpuBuffer;
import dev.weft.gpu.queue.DeviceStream;
import dev.weft.kernels.cuda.CudaLaunch;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Times work on a stream of its own by the GPU's events: the median of several runs after one. */
final class KernelTimer implements AutoCloseable {
  private static final int BLOCKS_OF_MULTIPROCESSOR = 8;

  private final CudaDevice device;
  private final CudaDriver driver;
  private final CublasProducts products;
  private final DeviceStream stream;
  private final CudaDriver.Event from;
  private final CudaDriver.Event to;
  private final int repeat;

  KernelTimer(CudaParts parts, CudaDevice device, int repeat) throws CudaError {
    this.device = device;
    this.driver = parts.driver();
    this.repeat = repeat;
    driver.makeCurrent();
    products = new CublasProducts(parts.cublas());
    stream = new DeviceStream(driver.stream());
    from = driver.event(true);
    to = driver.event(true);
  }

  /** Work on a stream. */
  @FunctionalInterface
  interface Work {
    void put(CudaDriver.Stream stream) throws CudaError;
  }

  /** Milliseconds of a piece of work. */
  double milliseconds(Work work) throws CudaError {
    double[] times = new double[repeat];
    for (int i = -1; i < repeat; i++) {
      driver.record(from, stream.handle());
      work.put(stream.handle());
      driver.record(to, stream.handle());
      driver.synchronize(stream.handle());
      if (i >= 0) {
        times[i] = driver.milliseconds(from, to);
      }
    }
    Arrays.sort(times);
    return times[repeat / 2];
  }

  /** Milliseconds of a launch, by cuBLAS where it takes it. */
  double milliseconds(Kernel kernel, Arguments arguments) throws CudaError {
    CudaCode code = (CudaCode) device.compile(kernel);
    long bytes = CudaLaunch.scratchBytes(kernel, arguments);
    GpuBuffer scratch = bytes == 0 ? null : (GpuBuffer) device.allocate(bytes);
    try {
      driver.makeCurrent();
      return milliseconds(on -> put(code, arguments, scratch, on));
    } finally {
      if (scratch != null) {
        scratch.close();
      }
    }
  }

  private void put(
      CudaCode code, Arguments arguments, @Nullable GpuBuffer scratch, CudaDriver.Stream on)
      throws CudaError {
    if (products.start(code.kernel(), arguments, stream)) {
      return;
    }
    CudaLaunch.Addresses addresses =
        new CudaLaunch.Addresses(
            arguments.inputs().stream().mapToLong(KernelLauncher::address).toArray(),
            arguments.outputs().stream().mapToLong(KernelLauncher::address).toArray(),
            scratch == null ? 0 : scratch.address());
    int blocks = driver.device().multiprocessors() * BLOCKS_OF_MULTIPROCESSOR;
    for (Step step : CudaLaunch.steps(code.cuda(), arguments, addresses, blocks)) {
      driver.launch(
          code.function(step.entryPoint()),
          step.grid(),
          step.chunks(),
          step.block(),
          step.sharedBytes(),
          step.words(),
          on);
    }
  }

  @Override
  public void close() throws CudaError {
    driver.makeCurrent();
    products.close();
    driver.destroy(from);
    driver.destroy(to);
    driver.destroy(stream.handle());
  }
}
