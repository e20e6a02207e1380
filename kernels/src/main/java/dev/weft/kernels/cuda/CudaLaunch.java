package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.Sink;
import java.util.ArrayList;
import java.util.List;

/**
 * What launches of a kernel are on a CUDA device: calls of entry points, one after the other on one
 * stream, each for as many chunks as its words hold. What a chunk becomes does not depend on the
 * others.
 */
public final class CudaLaunch {
  private final CudaKernel kernel;
  private final int chunks;
  private final int blocks;

  /** Calls by their place among those of a chunk. */
  private final List<List<ChunkCall>> calls = new ArrayList<>();

  /**
   * Launches of a kernel; {@link #add} says which.
   *
   * @param chunks about how many
   * @param blocks how many blocks of 256 threads fill the device: about 8 for each multiprocessor
   */
  public CudaLaunch(CudaKernel kernel, int chunks, int blocks) {
    this.kernel = kernel;
    this.chunks = chunks;
    this.blocks = blocks;
  }

  /**
   * One call of an entry point.
   *
   * @param entryPoint its name
   * @param grid number of blocks of each chunk, along x
   * @param chunks number of chunks, along y
   * @param block threads of a block, along x
   * @param sharedBytes dynamic shared memory of a block
   * @param words the argument: a struct of 512 words of 64 bits, passed by value
   */
  public record Step(
      String entryPoint, int grid, int chunks, int block, int sharedBytes, long[] words) {}

  /**
   * Device addresses of a launch.
   *
   * @param inputs where the memory of each input operand begins; anything for index and random
   *     parameters. The operand's base is added to it.
   * @param outputs the same for outputs
   * @param scratch memory of {@link #scratchBytes}, or anything if that is 0
   */
  public record Addresses(long[] inputs, long[] outputs, long scratch) {}

  /** Bytes of scratch memory, aligned to 8, that a launch needs on the device. */
  public static long scratchBytes(Kernel kernel, Arguments arguments) {
    return kernel instanceof FusedKernel fused && reduces(fused)
        ? ReduceSteps.scratchBytes(fused, arguments)
        : 0;
  }

  /** The calls of one launch alone. */
  public static List<Step> steps(
      CudaKernel kernel, Arguments arguments, Addresses addresses, int blocks) {
    CudaLaunch launch = new CudaLaunch(kernel, 1, blocks);
    launch.add(arguments, addresses);
    return launch.steps();
  }

  /** Adds a launch. */
  public void add(Arguments arguments, Addresses addresses) {
    List<ChunkCall> added =
        switch (kernel.kernel()) {
          case FusedKernel fused ->
              reduces(fused)
                  ? new ReduceSteps(fused, kernel.name(), arguments, addresses)
                      .calls(chunks, blocks)
                  : new MapSteps(fused, kernel.name(), arguments, addresses).calls();
          case LibraryKernel library ->
              LibrarySteps.calls(library, kernel.name(), arguments, addresses);
          case RowProgram rows ->
              throw new InternalException(
                  "a row program is launched kernel by kernel: " + rows.name());
        };
    for (int i = 0; i < added.size(); i++) {
      if (i == calls.size()) {
        calls.add(new ArrayList<>());
      }
      calls.get(i).add(added.get(i));
    }
  }

  /** The calls of all that was added; empty when there is nothing to compute. */
  public List<Step> steps() {
    boolean reduces = kernel.kernel() instanceof FusedKernel fused && reduces(fused);
    List<Step> steps = new ArrayList<>();
    for (List<ChunkCall> alike : calls) {
      steps.addAll(CallPacking.steps(alike, reduces ? ReduceSteps.manyMore(blocks) : blocks));
    }
    return steps;
  }

  private static boolean reduces(FusedKernel kernel) {
    return kernel.sinks().stream().anyMatch(Sink.Reduce.class::isInstance);
  }

  /** The words of a chunk fit a launch. */
  static void requireWords(Kernel kernel, int axes, int shared, int words) {
    if (1 + shared + words > LaunchStruct.WORDS) {
      throw new InternalException(
          "kernel %s was launched over %d axes that cannot be merged; they take %d words, and a launch holds %d. Copy the operands to C order"
              .formatted(kernel.name(), axes, 1 + shared + words, LaunchStruct.WORDS));
    }
  }
}
