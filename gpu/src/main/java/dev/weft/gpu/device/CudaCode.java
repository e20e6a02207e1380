package dev.weft.gpu.device;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.Kernel;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.kernels.cuda.CudaKernel;
import java.util.Map;

/**
 * A kernel that is loaded on a GPU.
 *
 * @param owner the device that it was made for
 * @param functions entry points by name
 */
record CudaCode(
    CudaKernels owner,
    CudaKernel cuda,
    CudaDriver.Module module,
    Map<String, CudaDriver.Function> functions)
    implements CompiledKernel {

  @Override
  public Kernel kernel() {
    return cuda.kernel();
  }

  @Override
  public String source() {
    return cuda.source();
  }

  CudaDriver.Function function(String name) {
    CudaDriver.Function function = functions.get(name);
    if (function == null) {
      throw new InternalException(
          "kernel %s has no entry point %s, but %s"
              .formatted(cuda.name(), name, functions.keySet()));
    }
    return function;
  }
}
