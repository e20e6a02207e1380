package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of the lines along an axis, one after the other along the axis of the result. Computed
 * as float64, between elements by NumPy's formula, and rounded once; those that are elements are
 * exact.
 *
 * @param probabilities each from 0 to 1; null for the median: the mean of the two in the middle
 * @param skipsNan whether NaN is left out; else a line with NaN has NaN as its quantiles
 * @param sorted whether lines are in order already
 */
public record QuantileLines(
    int axis,
    @Nullable List<Double> probabilities,
    QuantileMethod method,
    boolean skipsNan,
    boolean sorted)
    implements HostRoutine {
  @Override
  public String name() {
    return probabilities == null ? "median" : "quantile";
  }

  @Override
  public double cost() {
    return 1000;
  }

  @Override
  public boolean readsAll(int input) {
    return sorted;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block input = inputs.getFirst();
    DType dtype = input.dtype();
    long n = Lines.of(input, axis).length();
    if (sorted) {
      Lines in = Lines.of(input, axis);
      Lines out = Lines.of(output, axis);
      for (long line = 0; line < out.count(); line++) {
        long from = in.offset(line);
        write(
            dtype,
            i -> Keys.at(dtype, input.memory(), from + i * in.step()),
            n,
            output,
            output.memory(),
            out.offset(line),
            out.step());
      }
      return;
    }
    int length = Math.toIntExact(n);
    LineSorter sorter = new LineSorter(dtype, length);
    LineWork.each(
        input,
        output,
        axis,
        (in, from, fromStep, out, to, toStep) -> {
          sorter.load(in, from, fromStep, 0, length);
          sorter.sort();
          write(dtype, sorter::key, n, output, out, to, toStep);
        });
  }

  private void write(
      DType dtype,
      LongUnaryOperator keyAt,
      long n,
      Block output,
      MemorySegment memory,
      long to,
      long step) {
    // NaN has the greatest key.
    long numbers = dtype.isFloating() ? SortedRuns.first(keyAt, 0, n, Keys.nan(dtype)) : n;
    boolean none = numbers == 0 || numbers < n && !skipsNan;
    int count = probabilities == null ? 1 : probabilities.size();
    for (int i = 0; i < count; i++) {
      long at = to + i * step;
      if (none) {
        QuantileValue.nan(output.dtype(), memory, at);
        continue;
      }
      QuantileMethod.Place place = QuantileMethod.place(probabilities, i, method, numbers);
      QuantileValue.put(
          dtype,
          keyAt.applyAsLong(place.lower()),
          keyAt.applyAsLong(place.upper()),
          place,
          probabilities == null,
          output.dtype(),
          memory,
          at);
    }
  }
}
