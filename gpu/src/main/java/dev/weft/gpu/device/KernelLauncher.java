package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Operand;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.memory.DevicePool;
import dev.weft.gpu.memory.GpuBuffer;
import dev.weft.gpu.queue.CompletionQueue;
import dev.weft.gpu.queue.DeviceHealth;
import dev.weft.gpu.queue.DeviceStream;
import dev.weft.kernels.cuda.CudaLaunch;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts kernels: all steps of a launch on one stream, without waiting for any. Scratch memory goes
 * back to the pool when the launch has been heard of.
 */
final class KernelLauncher {
  /** Blocks of 256 threads that a multiprocessor runs at the same time. */
  private static final int BLOCKS_OF_MULTIPROCESSOR = 8;

  private final CudaDriver driver;
  private final DeviceHealth health;
  private final DevicePool memory;
  private final Streams streams;
  private final CompletionQueue completions;
  private final CublasProducts products;
  private final int blocks;

  KernelLauncher(
      CudaDriver driver,
      DeviceHealth health,
      DevicePool memory,
      Streams streams,
      CompletionQueue completions,
      CublasProducts products) {
    this.driver = driver;
    this.health = health;
    this.memory = memory;
    this.streams = streams;
    this.completions = completions;
    this.products = products;
    this.blocks = Math.max(1, driver.device().multiprocessors()) * BLOCKS_OF_MULTIPROCESSOR;
  }

  /** Starts a launch. Nothing is thrown: failures go to the completion, when nothing runs. */
  void launch(CudaCode code, Arguments arguments, Completion completion) {
    GpuBuffer scratch = null;
    DeviceStream stream = null;
    RuntimeException failure = null;
    try {
      health.check();
      long bytes = CudaLaunch.scratchBytes(code.kernel(), arguments);
      scratch = bytes == 0 ? null : memory.allocate(bytes);
      driver.makeCurrent();
      stream = streams.next();
      start(code, arguments, scratch, stream);
    } catch (CudaError error) {
      failure = health.failure("launching %s".formatted(code.cuda().name()), error);
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    CompletionQueue.Ended ended = ended(scratch, completion);
    if (stream == null) {
      completions.now(failure, ended);
    } else {
      // After a failure too: earlier steps may be running.
      completions.after(stream, failure, ended);
    }
  }

  private static CompletionQueue.Ended ended(@Nullable GpuBuffer scratch, Completion completion) {
    return scratch == null
        ? completion::done
        : failure -> {
          scratch.close();
          completion.done(failure);
        };
  }

  private void start(
      CudaCode code, Arguments arguments, @Nullable GpuBuffer scratch, DeviceStream stream)
      throws CudaError {
    if (products.start(code.kernel(), arguments, stream)) {
      return;
    }
    CudaLaunch.Addresses addresses =
        new CudaLaunch.Addresses(
            addresses(arguments.inputs()),
            addresses(arguments.outputs()),
            scratch == null ? 0 : scratch.address());
    List<Step> steps = CudaLaunch.of(code.cuda(), arguments, addresses, blocks).steps();
    for (Step step : steps) {
      driver.launch(
          code.function(step.entryPoint()),
          step.grid(),
          step.block(),
          step.sharedBytes(),
          step.words(),
          stream.handle());
    }
  }

  private static long[] addresses(List<Operand> operands) {
    long[] addresses = new long[operands.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = address(operands.get(i));
    }
    return addresses;
  }

  /** Where an operand's memory begins; 0 for computed parameters. */
  static long address(Operand operand) {
    return operand.memory() == null ? 0 : operand.memory().address();
  }
}
