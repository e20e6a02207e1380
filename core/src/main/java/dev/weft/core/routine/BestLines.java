package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.Arrays;
import java.util.List;

/**
 * The first so many elements of lines in order, best first. What is no better than the worst of
 * those kept so far is passed over.
 */
public record BestLines(int axis, int count, boolean descending) implements HostRoutine {
  @Override
  public String name() {
    return "topk";
  }

  @Override
  public double cost() {
    return 1000;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block input = inputs.getFirst();
    DType dtype = input.dtype();
    int n = Math.toIntExact(input.extent(axis));
    long[] keys = new long[n];
    long[] best = new long[Math.min(n, 2 * count + 64)];
    LineWork.each(
        input,
        output,
        axis,
        (in, from, fromStep, out, to, toStep) -> {
          Keys.load(dtype, in, from, fromStep, keys, 0, n);
          select(keys, best);
          if (Keys.isNarrow(dtype)) {
            int[] narrow = new int[count];
            for (int i = 0; i < count; i++) {
              narrow[i] = (int) turned(best[i]);
            }
            Keys.store(narrow, count, dtype, out, to, toStep);
          } else {
            for (int i = 0; i < count; i++) {
              best[i] = turned(best[i]);
            }
            Keys.store(best, count, dtype, out, to, toStep);
          }
        });
  }

  private long turned(long key) {
    return descending ? ~key : key;
  }

  /** The smallest keys, in order at the start of {@code best}. */
  private void select(long[] keys, long[] best) {
    int filled = 0;
    long worst = Long.MAX_VALUE;
    for (long given : keys) {
      long key = turned(given);
      if (key < worst || filled < count) {
        best[filled++] = key;
        if (filled == best.length) {
          Arrays.sort(best, 0, filled);
          filled = Math.min(filled, count);
          worst = best[filled - 1];
        }
      }
    }
    Arrays.sort(best, 0, filled);
  }
}
