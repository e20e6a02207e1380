package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.expr.Block;
import java.util.List;

/**
 * How often each of 0, 1, 2 … is among the elements (int64): int64, or the sums of their weights
 * (float64, the second operand).
 */
public record CountValues() implements HostRoutine {
  @Override
  public String name() {
    return "bincount";
  }

  @Override
  public double cost() {
    return 10_000;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block values = inputs.getFirst();
    boolean weighted = inputs.size() > 1;
    output.memory().fill((byte) 0);
    for (long i = 0; i < values.region().size(); i++) {
      long value = values.memory().getAtIndex(JAVA_LONG_UNALIGNED, i);
      if (weighted) {
        double weight = inputs.get(1).memory().getAtIndex(JAVA_DOUBLE_UNALIGNED, i);
        double before = output.memory().getAtIndex(JAVA_DOUBLE_UNALIGNED, value);
        output.memory().setAtIndex(JAVA_DOUBLE_UNALIGNED, value, before + weight);
      } else {
        long before = output.memory().getAtIndex(JAVA_LONG_UNALIGNED, value);
        output.memory().setAtIndex(JAVA_LONG_UNALIGNED, value, before + 1);
      }
    }
  }
}
