package dev.weft.cpu.run;

/** Finds operands whose neighbours in memory are not neighbours on the innermost axis. */
final class Transposition {
  /** Rows that make a block worth while: below, most of a cache line is read in vain anyway. */
  private static final long FEWEST_ROWS = 4;

  private Transposition() {}

  /** The axis on which the first transposed operand has its neighbours, or -1 if there is none. */
  static int rowAxis(Frame frame) {
    Layout layout = frame.layout();
    for (int q = 0; q < layout.bases().length; q++) {
      int axis = frame.isGenerated(q) ? -1 : closerAxis(layout, q);
      if (axis >= 0) {
        return axis;
      }
    }
    return -1;
  }

  private static int closerAxis(Layout layout, int operand) {
    long[] strides = layout.strides()[operand];
    int closest = -1;
    long least = Math.abs(layout.rank() == 0 ? 0 : strides[layout.rank() - 1]);
    for (int axis = 0; axis < layout.rank() - 1; axis++) {
      long step = Math.abs(strides[axis]);
      if (step != 0 && step < least && layout.extents()[axis] >= FEWEST_ROWS) {
        closest = axis;
        least = step;
      }
    }
    return closest;
  }
}
