package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaDriver;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Machine code that is loaded: the same as itself only. */
record EmulatedModule(HostKernel code, AtomicInteger pending) implements CudaDriver.Module {
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** An entry point of a module. */
  record Entry(EmulatedModule module, String name) implements CudaDriver.Function {
    /** Runs it, when its turn on a stream has come. */
    void run(EmulatedLaunch launch, int grid, int chunks, int block, int sharedBytes)
        throws Throwable {
      if (!launch.wrong().isEmpty()) {
        throw new IllegalStateException(name + ": " + launch.wrong());
      }
      module.code().run(new Step(name, grid, chunks, block, sharedBytes, launch.words()));
      module.pending().decrementAndGet();
      launch.blocks().forEach(used -> used.pending.decrementAndGet());
    }
  }
}
