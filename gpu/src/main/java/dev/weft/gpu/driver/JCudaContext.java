package dev.weft.gpu.driver;

import dev.weft.gpu.driver.DriverHandles.DriverEvent;
import dev.weft.gpu.driver.DriverHandles.DriverFunction;
import dev.weft.gpu.driver.DriverHandles.DriverMemory;
import dev.weft.gpu.driver.DriverHandles.DriverModule;
import dev.weft.gpu.driver.DriverHandles.HostMemory;
import java.lang.foreign.MemorySegment;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmemAllocationType;
import jcuda.driver.CUmemLocation;
import jcuda.driver.CUmemLocationType;
import jcuda.driver.CUmemPoolProps;
import jcuda.driver.CUmemoryPool;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/** The driver by way of JCuda, which is loaded already. Has not run on a GPU yet. */
final class JCudaContext implements CudaDriver {
  private static final int MEMORY_POOLS_SUPPORTED = 115;

  private final DriverDevice description;
  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();

  /** A pool of our own, so that giving memory back does not depend on others of this process. */
  private @Nullable CUmemoryPool pool;

  JCudaContext(DriverDevice description) {
    this.description = description;
  }

  @Override
  public DriverDevice device() {
    return description;
  }

  @Override
  public void open() throws CudaError {
    check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, description.ordinal()));
    check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    makeCurrent();
    if (attribute(MEMORY_POOLS_SUPPORTED) != 0) {
      CUmemoryPool made = new CUmemoryPool();
      CUmemLocation here =
          new CUmemLocation(CUmemLocationType.CU_MEM_LOCATION_TYPE_DEVICE, description.ordinal());
      CUmemPoolProps properties =
          new CUmemPoolProps(
              CUmemAllocationType.CU_MEM_ALLOCATION_TYPE_PINNED, 0, here, new Pointer());
      // Without one, memory is allocated as before CUDA 11.2.
      pool = JCudaDriver.cuMemPoolCreate(made, properties) == CUresult.CUDA_SUCCESS ? made : null;
    }
  }

  @Override
  public void makeCurrent() throws CudaError {
    check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
  }

  @Override
  public void close() throws CudaError {
    if (pool != null) {
      JCudaDriver.cuMemPoolDestroy(pool);
      pool = null;
    }
    check("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
  }

  @Override
  public int attribute(int attribute) throws CudaError {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  @Override
  public Memory memory() throws CudaError {
    long[] free = new long[1];
    long[] total = new long[1];
    check("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, total));
    return new Memory(free[0], total[0]);
  }

  @Override
  public boolean streamOrdered() {
    return pool != null;
  }

  @Override
  public long allocate(long bytes, Stream stream) throws CudaError {
    DriverMemory memory = new DriverMemory();
    if (pool == null) {
      check("cuMemAlloc", JCudaDriver.cuMemAlloc(memory, bytes));
    } else {
      check(
          "cuMemAllocFromPoolAsync",
          JCudaDriver.cuMemAllocFromPoolAsync(memory, bytes, pool, (CUstream) stream));
    }
    return memory.address();
  }

  @Override
  public void free(long address, Stream stream) throws CudaError {
    DriverMemory memory = new DriverMemory(address);
    if (pool == null) {
      check("cuMemFree", JCudaDriver.cuMemFree(memory));
    } else {
      check("cuMemFreeAsync", JCudaDriver.cuMemFreeAsync(memory, (CUstream) stream));
    }
  }

  @Override
  public void trim() throws CudaError {
    if (pool != null) {
      check("cuMemPoolTrimTo", JCudaDriver.cuMemPoolTrimTo(pool, 0));
    }
  }

  @Override
  public MemorySegment allocateHost(long bytes) throws CudaError {
    HostMemory memory = new HostMemory();
    check("cuMemHostAlloc", JCudaDriver.cuMemHostAlloc(memory, bytes, 0));
    return memory.segment(bytes);
  }

  @Override
  public void freeHost(MemorySegment memory) throws CudaError {
    check("cuMemFreeHost", JCudaDriver.cuMemFreeHost(HostMemory.of(memory)));
  }

  @Override
  public Stream stream() throws CudaError {
    DriverStream stream = new DriverStream();
    check(
        "cuStreamCreate",
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    return stream;
  }

  @Override
  public void synchronize(Stream stream) throws CudaError {
    check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize((CUstream) stream));
  }

  @Override
  public void destroy(Stream stream) throws CudaError {
    check("cuStreamDestroy", JCudaDriver.cuStreamDestroy((CUstream) stream));
  }

  @Override
  public Event event(boolean timed) throws CudaError {
    DriverEvent event = new DriverEvent();
    int flags = timed ? CUevent_flags.CU_EVENT_DEFAULT : CUevent_flags.CU_EVENT_DISABLE_TIMING;
    check("cuEventCreate", JCudaDriver.cuEventCreate(event, flags));
    return event;
  }

  @Override
  public void record(Event event, Stream stream) throws CudaError {
    check("cuEventRecord", JCudaDriver.cuEventRecord((DriverEvent) event, (CUstream) stream));
  }

  @Override
  public boolean happened(Event event) throws CudaError {
    int answer = JCudaDriver.cuEventQuery((DriverEvent) event);
    if (answer == CUresult.CUDA_ERROR_NOT_READY) {
      return false;
    }
    check("cuEventQuery", answer);
    return true;
  }

  @Override
  public float milliseconds(Event from, Event to) throws CudaError {
    float[] milliseconds = new float[1];
    check(
        "cuEventElapsedTime",
        JCudaDriver.cuEventElapsedTime(milliseconds, (DriverEvent) from, (DriverEvent) to));
    return milliseconds[0];
  }

  @Override
  public void destroy(Event event) throws CudaError {
    check("cuEventDestroy", JCudaDriver.cuEventDestroy((DriverEvent) event));
  }

  @Override
  public void copyIn(MemorySegment from, long to, long bytes, Stream stream) throws CudaError {
    check(
        "cuMemcpyHtoDAsync",
        JCudaDriver.cuMemcpyHtoDAsync(
            new DriverMemory(to), HostMemory.of(from), bytes, (CUstream) stream));
  }

  @Override
  public void copyOut(long from, MemorySegment to, long bytes, Stream stream) throws CudaError {
    check(
        "cuMemcpyDtoHAsync",
        JCudaDriver.cuMemcpyDtoHAsync(
            HostMemory.of(to), new DriverMemory(from), bytes, (CUstream) stream));
  }

  @Override
  public Module load(byte[] cubin) throws CudaError {
    DriverModule module = new DriverModule();
    check("cuModuleLoadData", JCudaDriver.cuModuleLoadData(module, cubin));
    return module;
  }

  @Override
  public Function function(Module module, String name) throws CudaError {
    DriverFunction function = new DriverFunction();
    check(
        "cuModuleGetFunction", JCudaDriver.cuModuleGetFunction(function, (CUmodule) module, name));
    return function;
  }

  @Override
  public void unload(Module module) throws CudaError {
    check("cuModuleUnload", JCudaDriver.cuModuleUnload((CUmodule) module));
  }

  @Override
  public void launch(
      Function function,
      int grid,
      int chunks,
      int block,
      int sharedBytes,
      long[] words,
      Stream stream)
      throws CudaError {
    Pointer arguments = Pointer.to(Pointer.to(words));
    check(
        "cuLaunchKernel",
        JCudaDriver.cuLaunchKernel(
            (CUfunction) function,
            grid,
            chunks,
            1,
            block,
            1,
            1,
            sharedBytes,
            (CUstream) stream,
            arguments,
            null));
  }

  private static void check(String function, int code) throws CudaError {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new CudaError(function, code, CUresult.stringFor(code));
    }
  }
}
