package dev.weft.kernels.cuda;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import org.jspecify.annotations.Nullable;

/** Finds the launches that are better made by way of tiles in shared memory. */
final class TileAxes {
  /** Along an axis shorter than this a tile would be empty for the most part. */
  private static final int LEAST_EXTENT = 8;

  private TileAxes() {}

  /**
   * The axes in the order that {@code NAME_tiled} takes: last the one along which outputs lie in
   * runs, before it the one of the first operand that lies in runs along another. Null for a kernel
   * or a layout that gains nothing by tiles.
   */
  static @Nullable IterationAxes of(FusedKernel kernel, IterationAxes axes) {
    int last = axes.rank() - 1;
    if (last < 1 || axes.extents()[last] < LEAST_EXTENT || !TileText.fits(kernel)) {
      return null;
    }
    for (int i = 0; i < kernel.params().size(); i++) {
      if (!(kernel.params().get(i) instanceof Param.Buffer buffer)) {
        continue;
      }
      int item = buffer.dtype().itemSize();
      long[] strides = axes.strides()[i];
      for (int axis = 0; axis < last && Math.abs(strides[last]) > item; axis++) {
        if (Math.abs(strides[axis]) == item && axes.extents()[axis] >= LEAST_EXTENT) {
          return secondToLast(axes, axis);
        }
      }
    }
    return null;
  }

  private static IterationAxes secondToLast(IterationAxes axes, int moved) {
    int rank = axes.rank();
    long[] extents = new long[rank];
    long[][] strides = new long[axes.strides().length][rank];
    for (int to = 0; to < rank; to++) {
      int from = to == rank - 1 ? to : to == rank - 2 ? moved : to < moved ? to : to + 1;
      extents[to] = axes.extents()[from];
      for (int operand = 0; operand < strides.length; operand++) {
        strides[operand][to] = axes.strides()[operand][from];
      }
    }
    return new IterationAxes(extents, strides);
  }

  /** Number of tiles. */
  static long tiles(IterationAxes tiled) {
    long tiles = 1;
    for (int axis = 0; axis < tiled.rank(); axis++) {
      long extent = tiled.extents()[axis];
      int side = axis < tiled.rank() - 2 ? 1 : TileText.TILE;
      tiles *= (extent + side - 1) / side;
    }
    return tiles;
  }
}
