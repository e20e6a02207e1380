package dev.weft.gpu.emulate;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.kernels.cuda.CudaKernel;
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

/** A kernel's entry points as functions of the host. */
final class HostKernel implements CompiledKernel {
  private static final FunctionDescriptor SIGNATURE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

  private final CudaKernel cuda;
  private final Map<String, MethodHandle> entryPoints = new HashMap<>();

  HostKernel(CudaKernel cuda, SymbolLookup library, int number) {
    this.cuda = cuda;
    for (int i = 0; i < cuda.entryPoints().size(); i++) {
      MemorySegment symbol = library.findOrThrow(HostText.symbol(number, i));
      entryPoints.put(
          cuda.entryPoints().get(i).name(),
          Linker.nativeLinker().downcallHandle(symbol, SIGNATURE));
    }
  }

  CudaKernel cuda() {
    return cuda;
  }

  @Override
  public Kernel kernel() {
    return cuda.kernel();
  }

  @Override
  public String source() {
    return cuda.source();
  }

  void run(CudaLaunch.Step step) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocateFrom(ValueLayout.JAVA_LONG, step.words());
      MethodHandle function = entryPoints.get(step.entryPoint());
      if (function == null) {
        throw new AssertionError(
            "%s is no entry point of %s".formatted(step.entryPoint(), entryPoints.keySet()));
      }
      int failure = (int) function.invokeExact(step.grid(), step.block(), words);
      if (failure != 0) {
        throw new AssertionError(
            "%s: threads of a block meet at different barriers".formatted(step.entryPoint()));
      }
    }
  }
}
