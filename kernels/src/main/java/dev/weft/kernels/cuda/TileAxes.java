package dev.weft.kernels.cuda;

import dev.weft.core.kernel.FusedKernel;
import org.jspecify.annotations.Nullable;

/** Finds the copies that are better made by way of tiles in shared memory. */
final class TileAxes {
  /** Width and height of a tile. */
  static final int TILE = 32;

  private TileAxes() {}

  /**
   * The axes (other, run of the input, run of the output) of a copy that transposes; where there is
   * no other axis it has one element. Null for a kernel or a layout that gains nothing by tiles.
   */
  static @Nullable IterationAxes of(FusedKernel kernel, IterationAxes axes) {
    int rank = axes.rank();
    if (!MapText.copies(kernel) || rank < 2 || rank > 3) {
      return null;
    }
    int item = kernel.params().getFirst().dtype().itemSize();
    if (axes.innermost(1) != item) {
      return null;
    }
    for (int axis = 0; axis < rank - 1; axis++) {
      if (axes.strides()[0][axis] == item && axes.extents()[axis] > 1) {
        return chosen(axes, rank == 2 ? -1 : 1 - axis, axis, rank - 1);
      }
    }
    return null;
  }

  private static IterationAxes chosen(IterationAxes axes, int... numbers) {
    long[] extents = new long[numbers.length];
    long[][] strides = new long[axes.strides().length][numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      extents[i] = numbers[i] < 0 ? 1 : axes.extents()[numbers[i]];
      for (int operand = 0; operand < strides.length; operand++) {
        strides[operand][i] = numbers[i] < 0 ? 0 : axes.strides()[operand][numbers[i]];
      }
    }
    return new IterationAxes(extents, strides);
  }

  /** Number of tiles. */
  static long tiles(IterationAxes tiled) {
    long[] extents = tiled.extents();
    return extents[0] * ((extents[1] + TILE - 1) / TILE) * ((extents[2] + TILE - 1) / TILE);
  }
}
