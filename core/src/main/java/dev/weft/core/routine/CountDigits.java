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
  private static final long LOW = 0xFFFF_FFFFL;

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
    long size = elements.region().size();
    int itemSize = dtype.itemSize();
    for (long from = 0; from < size; from += BUFFER) {
      int n = (int) Math.min(BUFFER, size - from);
      Keys.load(dtype, elements.memory(), from * itemSize, itemSize, keys, 0, n);
      if (pass == 0 && dtype.isFloating()) {
        counts[counts.length - 1] += nans(keys, n, Keys.nan(dtype));
      }
      count(keys, n, prefixes, counts);
    }
    for (int i = 0; i < counts.length; i++) {
      output.memory().setAtIndex(JAVA_LONG_UNALIGNED, i, counts[i]);
    }
  }

  /** NaN has the greatest key: its digits are counted too, but no rank of a number reaches them. */
  private void count(long[] keys, int n, long[] prefixes, long[] counts) {
    int shift = digits.shift(pass);
    int mask = digits.size(pass) - 1;
    long sign = digits.width() == Long.SIZE ? Long.MIN_VALUE : Integer.MIN_VALUE & LOW;
    long kept = digits.width() == Long.SIZE ? -1 : LOW;
    if (pass == 0) {
      for (int i = 0; i < n; i++) {
        counts[(int) ((keys[i] ^ sign) >>> shift) & mask]++;
      }
      return;
    }
    int above = shift + digits.digitBits(pass);
    for (int i = 0; i < n; i++) {
      long unsigned = (keys[i] ^ sign) & kept;
      long prefix = unsigned >>> above;
      for (int group = 0; group < prefixes.length; group++) {
        if (prefixes[group] == prefix) {
          counts[group * (mask + 1) + ((int) (unsigned >>> shift) & mask)]++;
          break;
        }
      }
    }
  }

  private static long nans(long[] keys, int n, long nan) {
    long count = 0;
    for (int i = 0; i < n; i++) {
      count += keys[i] == nan ? 1 : 0;
    }
    return count;
  }

  private long[] prefixes(Block state) {
    long[] prefixes = new long[digits.targets()];
    for (int target = 0; target < prefixes.length; target++) {
      prefixes[target] = state.memory().getAtIndex(JAVA_LONG_UNALIGNED, 1 + 2L * target);
    }
    return prefixes;
  }
}
