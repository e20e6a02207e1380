package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.shape.AxisChunks;
import java.lang.foreign.MemorySegment;
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
    Lines in = Lines.of(input, axis);
    Lines out = Lines.of(output, axis);
    long start = output.region().start()[axis];
    int n = Math.toIntExact(out.length());
    LineSorter sorter = new LineSorter(input.dtype(), n);
    for (long line = 0; line < out.count(); line++) {
      long from = in.offset(line);
      SortedRuns pieces = pieces(input, from, in.step());
      long[] begin = pieces.cuts(start);
      long[] end = pieces.cuts(start + n);
      int filled = 0;
      for (int run = 0; run < begin.length; run++) {
        int count = (int) (end[run] - begin[run]);
        sorter.load(input.memory(), from + begin[run] * in.step(), in.step(), filled, count);
        filled += count;
      }
      sorter.sort();
      sorter.store(output.memory(), out.offset(line), out.step(), descending);
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
