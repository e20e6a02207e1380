package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.expr.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One digit more of each wanted element, from how many elements have which. Reads counts and, after
 * the first pass, what was known before.
 *
 * @param probabilities of the quantiles that are wanted; null for the median
 * @param size how many elements there are, NaN included
 */
public record NextDigit(
    Digits digits,
    int pass,
    @Nullable List<Double> probabilities,
    QuantileMethod method,
    boolean skipsNan,
    long size)
    implements HostRoutine {
  @Override
  public String name() {
    return "next digit";
  }

  @Override
  public double cost() {
    return 10_000;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    long[] counts = inputs.getFirst().memory().toArray(JAVA_LONG_UNALIGNED);
    long[] state =
        pass == 0
            ? first(counts[counts.length - 1])
            : inputs.get(1).memory().toArray(JAVA_LONG_UNALIGNED);
    long[] next = state.clone();
    for (int target = 0; target < digits.targets() && state[0] > 0; target++) {
      long prefix = state[1 + 2 * target];
      int from = group(state, prefix) * digits.size(pass);
      long rank = state[2 + 2 * target];
      int digit = 0;
      while (rank >= counts[from + digit]) {
        rank -= counts[from + digit];
        digit++;
      }
      next[1 + 2 * target] = prefix << digits.digitBits(pass) | digit;
      next[2 + 2 * target] = rank;
    }
    for (int i = 0; i < next.length; i++) {
      output.memory().setAtIndex(JAVA_LONG_UNALIGNED, i, next[i]);
    }
  }

  /** Elements are counted in the group of the first wanted one that begins as they do. */
  private int group(long[] state, long prefix) {
    int group = 0;
    while (pass > 0 && state[1 + 2 * group] != prefix) {
      group++;
    }
    return group;
  }

  private long[] first(long nans) {
    long[] state = new long[digits.stateLength()];
    long numbers = size - nans;
    state[0] = numbers == 0 || nans > 0 && !skipsNan ? -1 : numbers;
    for (int i = 0; 2 * i < digits.targets() && state[0] > 0; i++) {
      QuantileMethod.Place place = QuantileMethod.place(probabilities, i, method, numbers);
      state[2 + 4 * i] = place.lower();
      state[4 + 4 * i] = place.upper();
    }
    return state;
  }
}
