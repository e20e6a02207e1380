package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles from all digits of the elements beside them.
 *
 * @param probabilities of the quantiles; null for the median
 */
public record RankedKeys(
    Digits digits, DType elements, @Nullable List<Double> probabilities, QuantileMethod method)
    implements HostRoutine {
  @Override
  public String name() {
    return probabilities == null ? "median" : "quantile";
  }

  @Override
  public double cost() {
    return 10;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    long[] state = inputs.getFirst().memory().toArray(JAVA_LONG_UNALIGNED);
    for (int i = 0; 2 * i < digits.targets(); i++) {
      long at = (long) i * output.dtype().itemSize();
      if (state[0] < 0) {
        QuantileValue.nan(output.dtype(), output.memory(), at);
        continue;
      }
      QuantileMethod.Place place = QuantileMethod.place(probabilities, i, method, state[0]);
      long lower = digits.key(state[1 + 4 * i]);
      long upper = digits.key(state[3 + 4 * i]);
      QuantileValue.put(
          elements,
          lower,
          upper,
          place,
          probabilities == null,
          output.dtype(),
          output.memory(),
          at);
    }
  }
}
