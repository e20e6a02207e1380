package dev.weft.core.routine;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import java.util.List;

/**
 * How many elements have which digit, among those that begin as a wanted element does; NaN is
 * counted apart, at the end. Reads elements and, after the first pass, what is known of the wanted
 * ones.
 */
public record CountDigits(Digits digits, int pass) implements HostRoutine {
  private static final int BUFFER = 4096;

  @Override
  public String name() {
    return "count digits";
  }

  @Override
  public double cost() {
    return 100;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    Block elements = inputs.getFirst();
    DType dtype = elements.dtype();
    long[] prefixes = pass == 0 ? new long[] {0} : prefixes(inputs.get(1));
    long[] counts = new long[digits.counts(pass)];
    long[] keys = new long[BUFFER];
    long nan = dtype.isFloating() ? Keys.nan(dtype) : Long.MAX_VALUE;
    long size = elements.region().size();
    int itemSize = dtype.itemSize();
    for (long from = 0; from < size; from += BUFFER) {
      int n = (int) Math.min(BUFFER, size - from);
      Keys.load(dtype, elements.memory(), from * itemSize, itemSize, n, keys);
      count(keys, n, nan, dtype.isFloating(), prefixes, counts);
    }
    for (int i = 0; i < counts.length; i++) {
      output.memory().setAtIndex(JAVA_LONG_UNALIGNED, i, counts[i]);
    }
  }

  private void count(
      long[] keys, int n, long nan, boolean floating, long[] prefixes, long[] counts) {
    int size = digits.size(pass);
    for (int i = 0; i < n; i++) {
      if (floating && keys[i] == nan) {
        counts[counts.length - 1]++;
        continue;
      }
      long unsigned = digits.unsigned(keys[i]);
      long prefix = digits.prefix(unsigned, pass);
      for (int group = 0; group < prefixes.length; group++) {
        if (prefixes[group] == prefix) {
          counts[group * size + digits.digit(unsigned, pass)]++;
          break;
        }
      }
    }
  }

  private long[] prefixes(Block state) {
    long[] prefixes = new long[digits.targets()];
    for (int target = 0; target < prefixes.length; target++) {
      prefixes[target] = state.memory().getAtIndex(JAVA_LONG_UNALIGNED, 1 + 2L * target);
    }
    return prefixes;
  }
}
