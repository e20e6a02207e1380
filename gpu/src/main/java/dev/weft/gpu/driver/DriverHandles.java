package dev.weft.gpu.driver;

import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;

/** JCuda's handles as those of {@link CudaDriver}. The driver fills them in. */
final class DriverHandles {
  private DriverHandles() {}

  static final class DriverEvent extends CUevent implements CudaDriver.Event {
    private static final long serialVersionUID = 1L;
  }

  static final class DriverModule extends CUmodule implements CudaDriver.Module {
    private static final long serialVersionUID = 1L;
  }

  static final class DriverFunction extends CUfunction implements CudaDriver.Function {
    private static final long serialVersionUID = 1L;
  }

  /** Memory of the GPU. JCuda adds the offset to the pointer, so an address can be either. */
  static final class DriverMemory extends CUdeviceptr {
    private static final long serialVersionUID = 1L;

    /** To be filled in. */
    DriverMemory() {}

    DriverMemory(long address) {
      super(new CUdeviceptr(), address);
    }

    long address() {
      return getNativePointer() + getByteOffset();
    }
  }

  /** Memory of the host outside the heap. */
  static final class HostMemory extends Pointer {
    private static final long serialVersionUID = 1L;

    /** To be filled in. */
    HostMemory() {}

    private HostMemory(long address) {
      super(address);
    }

    static HostMemory of(MemorySegment memory) {
      return new HostMemory(memory.address());
    }

    MemorySegment segment(long bytes) {
      return MemorySegment.ofAddress(getNativePointer()).reinterpret(bytes);
    }
  }
}
