package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.shape.AxisChunks;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * A part of the positions that put the lines along an axis in order, from those that put pieces in
 * order. Reads the elements, and the positions of {@link ArgsortLines} in each piece.
 *
 * @param runs the pieces
 */
public record MergeArgsorted(int axis, AxisChunks runs, boolean descending) implements HostRoutine {
  @Override
  public String name() {
    return "merge argsorted chunks";
  }

  @Override
  public double cost() {
    return 60;
  }

  @Override
  public boolean readsAll(int input) {
    return true;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block elements = inputs.get(0);
    Block positions = inputs.get(1);
    DType dtype = elements.dtype();
    Lines in = Lines.of(elements, axis);
    Lines placed = Lines.of(positions, axis);
    Lines out = Lines.of(output, axis);
    long start = output.region().start()[axis];
    int n = Math.toIntExact(out.length());
    KeyOrder order = new KeyOrder(n);
    long[] from = new long[n];
    for (long line = 0; line < out.count(); line++) {
      long values = in.offset(line);
      long places = placed.offset(line);
      LongUnaryOperator placeAt =
          i -> positions.memory().get(JAVA_LONG_UNALIGNED, places + i * placed.step());
      LongUnaryOperator keyOf =
          position -> {
            long key = Keys.at(dtype, elements.memory(), values + position * in.step());
            return SortedRuns.comparable(dtype, descending, key);
          };
      SortedRuns pieces = new SortedRuns(runs, keyOf.compose(placeAt));
      long[] begin = pieces.cuts(start);
      long[] end = pieces.cuts(start + n);
      long[] keys = order.keys();
      int filled = 0;
      for (int run = 0; run < begin.length; run++) {
        for (long i = begin[run]; i < end[run]; i++) {
          from[filled] = placeAt.applyAsLong(i);
          keys[filled] = keyOf.applyAsLong(from[filled]);
          filled++;
        }
      }
      order.sort(Keys.isNarrow(dtype));
      for (int i = 0; i < n; i++) {
        output
            .memory()
            .set(JAVA_LONG_UNALIGNED, out.offset(line) + i * out.step(), from[order.position(i)]);
      }
    }
  }
}
