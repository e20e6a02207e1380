package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.List;

/**
 * The positions (int64, along the axis of the array) that put the lines along an axis in order;
 * equal elements stay in the order of their positions, also where the order is descending.
 */
public record ArgsortLines(int axis, boolean descending) implements HostRoutine {
  @Override
  public String name() {
    return "argsort";
  }

  @Override
  public double cost() {
    return 40;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block input = inputs.getFirst();
    DType dtype = input.dtype();
    int n = Math.toIntExact(output.extent(axis));
    long start = output.region().start()[axis];
    KeyOrder order = new KeyOrder(n);
    LineWork.each(
        input,
        output,
        axis,
        (in, from, fromStep, out, to, toStep) -> {
          long[] keys = order.keys();
          Keys.load(dtype, in, from, fromStep, keys, 0, n);
          SortedRuns.comparable(dtype, descending, keys);
          order.sort(Keys.isNarrow(dtype));
          for (int i = 0; i < n; i++) {
            out.set(JAVA_LONG_UNALIGNED, to + i * toStep, start + order.position(i));
          }
        });
  }
}
