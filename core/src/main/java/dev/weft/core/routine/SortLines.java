package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.Arrays;
import java.util.List;

/** Puts the lines along an axis in order, each by itself; NaN comes after all numbers. */
public record SortLines(int axis, boolean descending) implements HostRoutine {
  @Override
  public String name() {
    return "sort";
  }

  @Override
  public double cost() {
    return 20;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block input = inputs.getFirst();
    DType dtype = input.dtype();
    int n = Math.toIntExact(output.extent(axis));
    int[] narrow = new int[Keys.isNarrow(dtype) ? n : 0];
    long[] wide = new long[Keys.isNarrow(dtype) ? 0 : n];
    RadixSort radix = new RadixSort(n);
    LineWork.each(
        input,
        output,
        axis,
        (in, from, fromStep, out, to, toStep) -> {
          // Descending lines are written from their end.
          long first = descending ? to + (n - 1) * toStep : to;
          long step = descending ? -toStep : toStep;
          if (Keys.isNarrow(dtype)) {
            Keys.load(dtype, in, from, fromStep, n, narrow);
            Arrays.sort(narrow);
            Keys.store(narrow, n, dtype, out, first, step);
          } else {
            Keys.load(dtype, in, from, fromStep, n, wide);
            radix.sort(wide, n);
            Keys.store(wide, n, dtype, out, first, step);
          }
        });
  }
}
