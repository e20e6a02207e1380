package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.order.RowOrder;
import java.util.Arrays;

/** The smallest or largest value; NaN where there is one. */
final class SlidingExtreme implements Sliding {
  private final ColumnData operand;

  /** Without a sign, the least is the value that is looked for. */
  private final long[] keys;

  /** Rows of which each has a smaller value than those behind it, and came before them. */
  private final int[] queue;

  private int head;
  private int end;

  private final boolean[] nan;
  private int nans;
  private int lastNan = -1;
  private final int[] chosen;

  SlidingExtreme(ColumnData operand, boolean largest, int results) {
    this.operand = operand;
    this.keys = RowOrder.keys(operand, largest);
    this.queue = new int[operand.length()];
    this.nan = new boolean[operand.type().stored().isFloating() ? operand.length() : 0];
    for (int row = 0; row < nan.length; row++) {
      nan[row] = Double.isNaN(operand.doubleAt(row));
    }
    this.chosen = new int[results];
    Arrays.fill(chosen, -1);
  }

  private boolean isNan(int row) {
    return nan.length > 0 && nan[row];
  }

  @Override
  public void enter(int row) {
    if (isNan(row)) {
      nans++;
      lastNan = row;
      return;
    }
    while (end > head && Long.compareUnsigned(keys[queue[end - 1]], keys[row]) > 0) {
      end--;
    }
    queue[end++] = row;
  }

  @Override
  public void leave(int row) {
    if (isNan(row)) {
      nans--;
    } else if (end > head && queue[head] == row) {
      head++;
    }
  }

  @Override
  public void put(int result, int values) {
    if (values > 0) {
      chosen[result] = nans > 0 ? lastNan : queue[head];
    }
  }

  @Override
  public ColumnData finish() {
    return operand.gatherOrNull(chosen, chosen.length);
  }
}
