package dev.weft.gpu.emulate;

import dev.weft.kernels.cuda.CudaLaunch;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A kernel's entry points as functions of the host. */
final class HostKernel {
  private static final FunctionDescriptor SIGNATURE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS);

  /** A library's threads and shared memory exist once, and so one grid runs at a time. */
  private static final Object GRID = new Object();

  private final Map<String, MethodHandle> entryPoints = new HashMap<>();
  private final Optional<CoalescingMeter> meter;
  private final Optional<MethodHandle> traffic;

  HostKernel(HostSource source, SymbolLookup library, int number, Optional<CoalescingMeter> meter) {
    this.meter = meter;
    this.traffic = meter.map(m -> m.reader(library));
    for (int i = 0; i < source.entryPoints().size(); i++) {
      MemorySegment symbol = library.findOrThrow(HostText.symbol(number, i));
      entryPoints.put(
          source.entryPoints().get(i).name(),
          Linker.nativeLinker().downcallHandle(symbol, SIGNATURE));
    }
  }

  boolean has(String entryPoint) {
    return entryPoints.containsKey(entryPoint);
  }

  void run(CudaLaunch.Step step) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocateFrom(ValueLayout.JAVA_LONG, step.words());
      MethodHandle function = entryPoints.get(step.entryPoint());
      if (function == null) {
        throw new AssertionError(
            "%s is no entry point of %s".formatted(step.entryPoint(), entryPoints.keySet()));
      }
      int failure;
      synchronized (GRID) {
        failure = (int) function.invokeExact(step.grid(), step.chunks(), step.block(), words);
        if (meter.isPresent()) {
          meter.get().add(step.entryPoint(), traffic.orElseThrow());
        }
      }
      if (failure != 0) {
        throw new AssertionError(
            "%s: threads of a block meet at different barriers".formatted(step.entryPoint()));
      }
    }
  }
}
