package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.List;

/**
 * Where elements would be put into a sorted vector (the first operand) so that it stays sorted:
 * positions, int64. Both operands have the same type.
 *
 * @param right whether behind equal elements rather than before them
 */
public record SearchSorted(boolean right) implements HostRoutine {
  @Override
  public String name() {
    return "searchsorted";
  }

  @Override
  public double cost() {
    return 30;
  }

  @Override
  public boolean readsAll(int input) {
    return input == 0;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block sorted = inputs.get(0);
    Block values = inputs.get(1);
    DType dtype = values.dtype();
    long n = sorted.region().size();
    int itemSize = dtype.itemSize();
    for (long i = 0; i < output.region().size(); i++) {
      long key = key(values, i * itemSize);
      long from = 0;
      long to = n;
      while (from < to) {
        long middle = from + to >>> 1;
        long there = key(sorted, middle * itemSize);
        if (there < key || right && there == key) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      output.memory().set(JAVA_LONG_UNALIGNED, i * Long.BYTES, from);
    }
  }

  private static long key(Block block, long offset) {
    return SortedRuns.comparable(
        block.dtype(), false, Keys.at(block.dtype(), block.memory(), offset));
  }
}
