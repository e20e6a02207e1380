package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.Sink;
import java.util.List;

/**
 * What a launch of a kernel is on a CUDA device: calls of entry points, one after the other on one
 * stream. Empty when there is nothing to compute.
 */
public record CudaLaunch(List<Step> steps) {
  /** Copies the list. */
  public CudaLaunch {
    steps = List.copyOf(steps);
  }

  /**
   * One call of an entry point.
   *
   * @param entryPoint its name
   * @param grid number of blocks, along x
   * @param block threads of a block, along x
   * @param sharedBytes dynamic shared memory of a block
   * @param words the argument: a struct of as many 64-bit words, passed by value
   */
  public record Step(String entryPoint, int grid, int block, int sharedBytes, long[] words) {}

  /**
   * Device addresses of a launch.
   *
   * @param inputs where the memory of each input operand begins; anything for index and random
   *     parameters. The operand's base is added to it.
   * @param outputs the same for outputs
   * @param scratch memory of {@link #scratchBytes}, or anything if that is 0
   */
  public record Addresses(long[] inputs, long[] outputs, long scratch) {}

  /** Bytes of scratch memory, aligned to 8, that the launch needs on the device. */
  public static long scratchBytes(Kernel kernel, Arguments arguments) {
    return kernel instanceof FusedKernel fused && reduces(fused)
        ? ReduceSteps.scratchBytes(fused, arguments)
        : 0;
  }

  /**
   * The calls of a launch.
   *
   * @param blocks how many blocks of 256 threads fill the device: about 8 for each multiprocessor
   */
  public static CudaLaunch of(
      CudaKernel kernel, Arguments arguments, Addresses addresses, int blocks) {
    return new CudaLaunch(
        switch (kernel.kernel()) {
          case FusedKernel fused ->
              reduces(fused)
                  ? new ReduceSteps(fused, kernel.name(), arguments, addresses).steps(blocks)
                  : new MapSteps(fused, kernel.name(), arguments, addresses).steps(blocks);
          case LibraryKernel library ->
              LibrarySteps.steps(library, kernel.name(), arguments, addresses, blocks);
          case RowProgram rows ->
              throw new InternalException(
                  "a row program is launched kernel by kernel: " + rows.name());
        });
  }

  private static boolean reduces(FusedKernel kernel) {
    return kernel.sinks().stream().anyMatch(Sink.Reduce.class::isInstance);
  }

  /** The grid of a grid-stride loop over so many items. */
  static int grid(long items, int itemsOfBlock, int blocks) {
    return (int) Math.max(1, Math.min((items + itemsOfBlock - 1) / itemsOfBlock, blocks));
  }
}
