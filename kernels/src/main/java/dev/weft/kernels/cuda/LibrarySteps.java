package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.kernel.LibraryKernel;
import java.util.Arrays;
import java.util.List;

/** The call of a library routine's entry point that a chunk needs. */
final class LibrarySteps {
  private static final int TILE = 64;
  private static final int LINE_THREADS = 128;
  private static final int THREADS = 256;
  private static final int OPERANDS = 3;
  private static final int AXES = 3;
  private static final long[] NONE = new long[0];

  private LibrarySteps() {}

  /** The call; none when there is nothing to compute. */
  static List<ChunkCall> calls(
      LibraryKernel kernel, String name, Arguments arguments, CudaLaunch.Addresses addresses) {
    long[] extents = arguments.extents();
    String entryPoint = name + "_" + LibraryText.suffix(kernel.routine());
    return switch (kernel.routine()) {
      case MATMUL -> {
        long tiles = tiles(extents[0]) * tiles(extents[1]);
        long[] words = words(arguments, addresses, true);
        yield calls(new ChunkCall(entryPoint, THREADS, tiles, NONE, words));
      }
      case GATHER -> {
        long blocks = (arguments.size() + THREADS - 1) / THREADS;
        long[] words = words(arguments, addresses, false);
        yield calls(new ChunkCall(entryPoint, THREADS, blocks, NONE, words));
      }
      case CUMSUM, CUMPROD -> {
        long lines = arguments.size() == 0 ? 0 : extents[0] * extents[2];
        long blocks = (lines + LINE_THREADS - 1) / LINE_THREADS;
        long[] words = words(arguments, addresses, true);
        yield calls(new ChunkCall(entryPoint, LINE_THREADS, blocks, NONE, words));
      }
    };
  }

  private static List<ChunkCall> calls(ChunkCall call) {
    return call.blocks() == 0 ? List.of() : List.of(call);
  }

  private static long tiles(long extent) {
    return (extent + TILE - 1) / TILE;
  }

  /** The flag if there is one, two inputs (the second may be missing), the output. */
  private static long[] words(Arguments arguments, CudaLaunch.Addresses addresses, boolean flag) {
    long[] bases = new long[OPERANDS];
    long[][] strides = new long[OPERANDS][AXES];
    for (int i = 0; i < arguments.inputs().size(); i++) {
      Operand input = arguments.inputs().get(i);
      bases[i] = addresses.inputs()[i] + input.base();
      strides[i] = Arrays.copyOf(input.strides(), AXES);
    }
    Operand output = arguments.outputs().getFirst();
    bases[OPERANDS - 1] = addresses.outputs()[0] + output.base();
    strides[OPERANDS - 1] = Arrays.copyOf(output.strides(), AXES);
    WordList words = new WordList((flag ? 1 : 0) + OPERANDS + AXES * (1 + OPERANDS));
    if (flag) {
      words.add(arguments.scalars()[0]);
    }
    return words.add(bases).axes(new IterationAxes(arguments.extents(), strides)).finished();
  }
}
