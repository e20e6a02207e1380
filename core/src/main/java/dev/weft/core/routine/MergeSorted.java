package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.shape.AxisChunks;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the lines along an axis in order, from lines whose pieces are in order. A task takes
 * from each piece what belongs to its part; all tasks together take every element once.
 *
 * @param runs the pieces
 */
public record MergeSorted(int axis, AxisChunks runs, boolean descending) implements HostRoutine {
  @Override
  public String name() {
    return "merge sorted chunks";
  }

  @Override
  public double cost() {
    return 20;
  }

  @Override
  public boolean readsAll(int input) {
    return true;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block input = inputs.getFirst();
    DType dtype = input.dtype();
    Lines in = Lines.of(input, axis);
    Lines out = Lines.of(output, axis);
    long start = output.region().start()[axis];
    int n = Math.toIntExact(out.length());
    int[] narrow = new int[Keys.isNarrow(dtype) ? n : 0];
    long[] wide = new long[Keys.isNarrow(dtype) ? 0 : n];
    RadixSort radix = new RadixSort(n);
    for (long line = 0; line < out.count(); line++) {
      long from = in.offset(line);
      SortedRuns pieces = pieces(input, from, in.step());
      long[] begin = pieces.cuts(start);
      long[] end = pieces.cuts(start + n);
      long to = descending ? out.offset(line) + (n - 1) * out.step() : out.offset(line);
      long step = descending ? -out.step() : out.step();
      if (Keys.isNarrow(dtype)) {
        int[] part = new int[n];
        int filled = 0;
        for (int run = 0; run < begin.length; run++) {
          int count = (int) (end[run] - begin[run]);
          Keys.load(dtype, input.memory(), from + begin[run] * in.step(), in.step(), count, part);
          System.arraycopy(part, 0, narrow, filled, count);
          filled += count;
        }
        Arrays.sort(narrow);
        Keys.store(narrow, n, dtype, output.memory(), to, step);
      } else {
        long[] part = new long[n];
        int filled = 0;
        for (int run = 0; run < begin.length; run++) {
          int count = (int) (end[run] - begin[run]);
          Keys.load(dtype, input.memory(), from + begin[run] * in.step(), in.step(), count, part);
          System.arraycopy(part, 0, wide, filled, count);
          filled += count;
        }
        radix.sort(wide, n);
        Keys.store(wide, n, dtype, output.memory(), to, step);
      }
    }
  }

  private SortedRuns pieces(Block input, long from, long step) {
    DType dtype = input.dtype();
    MemorySegment memory = input.memory();
    return new SortedRuns(
        runs,
        position -> {
          long key = Keys.at(dtype, memory, from + position * step);
          return descending ? ~key : key;
        });
  }
}
