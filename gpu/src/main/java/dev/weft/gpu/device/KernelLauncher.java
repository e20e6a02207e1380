package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.Device.LaunchesCompletion;
import dev.weft.core.device.Operand;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverThread;
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
 * Starts kernels: all steps of launches that are started together on one stream, without waiting
 * for any. They have one piece of scratch memory, which goes back to the pool when they have been
 * heard of.
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

  /**
   * Launches of one kernel.
   *
   * @param launches may run in any order and at the same time
   */
  record Part(CudaCode code, List<Arguments> launches) {
    long scratchBytes() {
      long bytes = 0;
      for (Arguments arguments : launches) {
        bytes += CudaLaunch.scratchBytes(code.kernel(), arguments);
      }
      return bytes;
    }
  }

  /**
   * Starts kernels that follow each other, each of which may read what those before it have
   * written. Nothing is thrown: failures go to the completion, when nothing runs.
   */
  void launch(List<Part> parts, LaunchesCompletion completion) {
    GpuBuffer scratch = null;
    DeviceStream stream = null;
    RuntimeException failure = null;
    int[] at = new int[1];
    try {
      health.check();
      // A kernel begins when the one before has ended: they may use the same.
      long bytes = parts.stream().mapToLong(Part::scratchBytes).max().orElse(0);
      scratch = bytes == 0 ? null : memory.allocate(bytes);
      DriverThread.use(driver);
      stream = streams.next();
      for (Part part : parts) {
        start(part, scratch, stream, at);
      }
    } catch (CudaError error) {
      failure =
          health.failure("launching %s".formatted(parts.getFirst().code().cuda().name()), error);
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    CompletionQueue.Ended ended = ended(scratch, problem -> completion.done(at[0], problem));
    if (stream == null) {
      completions.now(failure, ended);
    } else {
      // After a failure too: earlier steps may be running.
      completions.after(stream, failure, ended);
    }
  }

  /** Tells of work that cannot begin. */
  void refuse(RuntimeException failure, Completion completion) {
    completions.now(failure, completion::done);
  }

  private static CompletionQueue.Ended ended(@Nullable GpuBuffer scratch, Completion completion) {
    return scratch == null
        ? completion::done
        : failure -> {
          scratch.close();
          completion.done(failure);
        };
  }

  /**
   * Puts the work of all launches of a kernel on a stream.
   *
   * @param at says which launch is looked at, for the case that it cannot be started
   */
  private void start(Part part, @Nullable GpuBuffer scratch, DeviceStream stream, int[] at)
      throws CudaError {
    CudaCode code = part.code();
    List<Arguments> launches = part.launches();
    CudaLaunch launch = new CudaLaunch(code.cuda(), launches.size(), blocks);
    long free = scratch == null ? 0 : scratch.address();
    for (at[0] = 0; at[0] < launches.size(); at[0]++) {
      Arguments arguments = launches.get(at[0]);
      if (!products.start(code.kernel(), arguments, stream)) {
        launch.add(
            arguments,
            new CudaLaunch.Addresses(
                addresses(arguments.inputs()), addresses(arguments.outputs()), free));
      }
      free += CudaLaunch.scratchBytes(code.kernel(), arguments);
    }
    // Of what fails from here on nobody knows which launch it was.
    at[0] = 0;
    for (Step step : launch.steps()) {
      driver.launch(
          code.function(step.entryPoint()),
          step.grid(),
          step.chunks(),
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
