package dev.weft.gpu.driver;

import dev.weft.gpu.blas.Cublas;
import java.lang.foreign.MemorySegment;

/**
 * The functions of NVIDIA's driver that a device needs, for one GPU: the place for an emulation and
 * for faults in tests. Every function but {@link #open} and {@link #makeCurrent} needs the GPU's
 * context to be current on the calling thread.
 *
 * <p>Errors that concern earlier, asynchronous work may come from any function.
 */
public interface CudaDriver {
  /** What the GPU is. */
  DriverDevice device();

  /** Retains the GPU's primary context, and makes it current on the calling thread. */
  void open() throws CudaError;

  /** Makes the context current on the calling thread; cheap where it is already. */
  void makeCurrent() throws CudaError;

  /** Gives the context back. What was not destroyed may live as long as the process. */
  void close() throws CudaError;

  /** An attribute of the GPU, by the driver's number, such as {@link #L2_CACHE_BYTES}. */
  int attribute(int attribute) throws CudaError;

  /** Size of the cache that all cores share. */
  int L2_CACHE_BYTES = 38;

  /** Memory of the GPU, by this and all other processes. */
  Memory memory() throws CudaError;

  /** Bytes of the GPU that nobody uses, and all that it has. */
  record Memory(long free, long total) {}

  /**
   * Whether memory is allocated in the order of a stream; else {@link #free} waits for all work.
   */
  boolean streamOrdered();

  /** Memory that work on {@code stream} may use at once, and other work after that stream. */
  long allocate(long bytes, Stream stream) throws CudaError;

  /** Gives memory back after the work that is on {@code stream} now. */
  void free(long address, Stream stream) throws CudaError;

  /** Gives memory that was freed back to the GPU, for other uses and other processes. */
  void trim() throws CudaError;

  /** Memory of the host that copies reach without the driver's help. */
  MemorySegment allocateHost(long bytes) throws CudaError;

  /** Gives back what {@link #allocateHost} made. */
  void freeHost(MemorySegment memory) throws CudaError;

  /** A stream that waits for no other. */
  Stream stream() throws CudaError;

  /** Waits for all work on a stream. */
  void synchronize(Stream stream) throws CudaError;

  /** Gives a stream back. */
  void destroy(Stream stream) throws CudaError;

  /**
   * An event.
   *
   * @param timed whether {@link #milliseconds} can be asked of it, which makes it slower
   */
  Event event(boolean timed) throws CudaError;

  /** Lets the event happen after the work that is on {@code stream} now. */
  void record(Event event, Stream stream) throws CudaError;

  /** Whether the event happened since it was recorded. */
  boolean happened(Event event) throws CudaError;

  /** Time between two timed events that happened. */
  float milliseconds(Event from, Event to) throws CudaError;

  /** Gives an event back. */
  void destroy(Event event) throws CudaError;

  /** Copies to the GPU; with memory of {@link #allocateHost} the call does not wait for it. */
  void copyIn(MemorySegment from, long to, long bytes, Stream stream) throws CudaError;

  /** Copies from the GPU; with memory of {@link #allocateHost} the call does not wait for it. */
  void copyOut(long from, MemorySegment to, long bytes, Stream stream) throws CudaError;

  /** Loads machine code. */
  Module load(byte[] cubin) throws CudaError;

  /** An entry point of a module. */
  Function function(Module module, String name) throws CudaError;

  /** Gives a module back; none of its functions is running. */
  void unload(Module module) throws CudaError;

  /**
   * Starts a function of one argument.
   *
   * @param grid blocks of each chunk, along x
   * @param chunks chunks, along y
   * @param words the argument: a struct, passed by value
   */
  void launch(
      Function function,
      int grid,
      int chunks,
      int block,
      int sharedBytes,
      long[] words,
      Stream stream)
      throws CudaError;

  /** A queue of work that is done in order. */
  interface Stream extends Cublas.Stream {}

  /** A point in the work of a stream. */
  interface Event {}

  /** Machine code on the GPU. */
  interface Module {}

  /** An entry point. */
  interface Function {}
}
