package dev.weft.core.routine;

import dev.weft.core.expr.Block;
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
    int n = Math.toIntExact(output.extent(axis));
    LineSorter sorter = new LineSorter(input.dtype(), n);
    LineWork.each(
        input,
        output,
        axis,
        (in, from, fromStep, out, to, toStep) -> {
          sorter.load(in, from, fromStep, 0, n);
          sorter.sort();
          sorter.store(out, to, toStep, descending);
        });
  }
}
