package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.group.LinearQuantile;
import java.util.Arrays;

/**
 * A quantile; NaN where there is one. The window's values are counted in a Fenwick tree over the
 * ranks of all values, which finds the k-th of them in as many steps as their number has bits.
 */
final class SlidingQuantile implements Sliding {
  private final double q;

  /** The different values in order. */
  private final double[] sorted;

  /** The place of each row's value among them, from 1; 0 for NaN. */
  private final int[] ranks;

  private final int[] tree;
  private final int top;
  private int nans;
  private final Results results;

  SlidingQuantile(ColumnData operand, double q, int results) {
    this.q = q;
    this.results = new Results(results);
    double[] values = operand.doubles();
    double[] all = values.clone();
    // NaN comes last.
    Arrays.sort(all);
    int count = 0;
    for (double value : all) {
      if (!Double.isNaN(value) && (count == 0 || Double.compare(all[count - 1], value) != 0)) {
        all[count++] = value;
      }
    }
    sorted = Arrays.copyOf(all, count);
    ranks = new int[values.length];
    for (int row = 0; row < ranks.length; row++) {
      ranks[row] = Double.isNaN(values[row]) ? 0 : Arrays.binarySearch(sorted, values[row]) + 1;
    }
    tree = new int[count + 1];
    top = Integer.highestOneBit(count);
  }

  private void count(int row, int by) {
    if (ranks[row] == 0) {
      nans += by;
    }
    for (int at = ranks[row]; at > 0 && at < tree.length; at += at & -at) {
      tree[at] += by;
    }
  }

  /** The value before which there are so many in the window. */
  private double value(int before) {
    int at = 0;
    int left = before;
    for (int step = top; step > 0; step >>= 1) {
      if (at + step < tree.length && tree[at + step] <= left) {
        at += step;
        left -= tree[at];
      }
    }
    return sorted[at];
  }

  @Override
  public void enter(int row) {
    count(row, 1);
  }

  @Override
  public void leave(int row) {
    count(row, -1);
  }

  @Override
  public void put(int result, int values) {
    if (values > 0) {
      results.put(result, nans > 0 ? Double.NaN : LinearQuantile.of(values, q, this::value));
    }
  }

  @Override
  public ColumnData finish() {
    return results.column();
  }
}
