package dev.weft.kernels.cuda;

import dev.weft.core.kernel.FusedKernel;
import org.jspecify.annotations.Nullable;

/** Finds the copies that are better made by way of tiles in shared memory. */
final class TileAxes {
  /** Width and height of a tile. */
  static final int TILE = 32;

  private TileAxes() {}

  /**
   * The axes (other, run of the input, run of the output) of a copy that transposes; -1 stands for
   * no other axis. Null for a kernel or a layout that gains nothing by tiles.
   */
  static int @Nullable [] of(FusedKernel kernel, IterationAxes axes) {
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
        return new int[] {rank == 2 ? -1 : 1 - axis, axis, rank - 1};
      }
    }
    return null;
  }
}
