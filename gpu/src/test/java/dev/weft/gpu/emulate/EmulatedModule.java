package dev.weft.gpu.emulate;

import dev.weft.gpu.driver.CudaDriver;
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
  record Entry(EmulatedModule module, String name) implements CudaDriver.Function {}
}
