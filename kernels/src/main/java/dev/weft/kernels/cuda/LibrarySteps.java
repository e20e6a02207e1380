package dev.weft.kernels.cuda;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.util.List;

/** The call of a library routine's entry point that a launch is. */
final class LibrarySteps {
  private static final int TILE = 64;
  private static final int LINE_THREADS = 128;
  private static final int THREADS = 256;

  private LibrarySteps() {}

  static List<Step> steps(
      LibraryKernel kernel,
      String name,
      Arguments arguments,
      CudaLaunch.Addresses addresses,
      int blocks) {
    long[] extents = arguments.extents();
    String entryPoint = name + "_" + LibraryText.suffix(kernel.routine());
    return switch (kernel.routine()) {
      case MATMUL -> {
        long tiles = tiles(extents[0]) * tiles(extents[1]);
        long[] words = words(arguments, addresses, 2, true);
        yield tiles == 0
            ? List.of()
            : List.of(new Step(entryPoint, CudaLaunch.grid(tiles, 1, blocks), THREADS, 0, words));
      }
      case GATHER -> {
        int grid = CudaLaunch.grid(arguments.size(), THREADS, blocks);
        yield arguments.size() == 0
            ? List.of()
            : List.of(
                new Step(entryPoint, grid, THREADS, 0, words(arguments, addresses, 3, false)));
      }
      case CUMSUM, CUMPROD -> {
        int grid = CudaLaunch.grid(extents[0] * extents[2], LINE_THREADS, blocks);
        yield arguments.size() == 0
            ? List.of()
            : List.of(
                new Step(entryPoint, grid, LINE_THREADS, 0, words(arguments, addresses, 3, true)));
      }
    };
  }

  private static long tiles(long extent) {
    return (extent + TILE - 1) / TILE;
  }

  /** Extents, two inputs (the second may be missing), the output, and the flag if there is one. */
  private static long[] words(
      Arguments arguments, CudaLaunch.Addresses addresses, int axes, boolean flag) {
    WordList words = new WordList(3 + 3 * (1 + axes) + (flag ? 1 : 0));
    words.add(arguments.extents());
    for (int i = 0; i < 2; i++) {
      if (i < arguments.inputs().size()) {
        add(words, arguments.inputs().get(i), addresses.inputs()[i], axes);
      } else {
        words.axes(new long[0], 1 + axes);
      }
    }
    add(words, arguments.outputs().getFirst(), addresses.outputs()[0], axes);
    if (flag) {
      words.add(arguments.scalars()[0]);
    }
    return words.finished();
  }

  private static void add(WordList words, Operand operand, long address, int axes) {
    words.add(address + operand.base()).axes(operand.strides(), axes);
  }
}
