package dev.weft.cpu.tile;

/** Finds operands whose neighbours in memory are not neighbours on the innermost axis. */
public final class Transposition {
  /** Rows that make a block worth while: below, most of a cache line is read in vain anyway. */
  private static final long FEWEST_ROWS = 4;

  private Transposition() {}

  /** The axis on which the first transposed operand has its neighbours, or -1 if there is none. */
  public static int rowAxis(Frame frame) {
    LoopNest nest = frame.nest();
    for (int q = 0; q < nest.bases().length; q++) {
      int axis = frame.isGenerated(q) ? -1 : closerAxis(nest, q);
      if (axis >= 0) {
        return axis;
      }
    }
    return -1;
  }

  private static int closerAxis(LoopNest nest, int operand) {
    long[] strides = nest.strides()[operand];
    int closest = -1;
    long least = Math.abs(nest.rank() == 0 ? 0 : strides[nest.rank() - 1]);
    for (int axis = 0; axis < nest.rank() - 1; axis++) {
      long step = Math.abs(strides[axis]);
      if (step != 0 && step < least && nest.extents()[axis] >= FEWEST_ROWS) {
        closest = axis;
        least = step;
      }
    }
    return closest;
  }
}
