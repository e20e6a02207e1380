package dev.weft.table.group;

import org.jspecify.annotations.Nullable;

/**
 * Where the bits of a block of numbers lie, when that is within 90 places: then a number is two
 * integers of 45 bits, and the integers of a group are added in two longs without a carry.
 *
 * <pre>
 * x = high * 2^(unit + 45) + low * 2^unit
 * </pre>
 */
final class NumberWindow {
  /** Numbers of a block: so many integers of {@link #BITS} bits have a sum in a long. */
  static final int BLOCK = 1 << 17;

  /** Bits of each of the two integers. */
  static final int BITS = 45;

  private static final int MANTISSA = 52;
  private static final int BIAS = 1075;
  private static final int INFINITE = 0x7FF;

  /** From here on the powers of two that are needed are doubles of full precision. */
  private static final int LEAST_EXPONENT = 64;

  /** Neighbours are often of one group: each adds to sums that the one before did not touch. */
  private static final int LANES = 4;

  private static final int FEW_GROUPS = 128;

  private final int unit;
  private final double high;
  private final double perHigh;
  private final double perLow;

  private NumberWindow(int unit) {
    this.unit = unit;
    this.high = Math.scalb(1.0, unit + BITS);
    this.perHigh = Math.scalb(1.0, -unit - BITS);
    this.perLow = Math.scalb(1.0, -unit);
  }

  /** The power of two of which the numbers are multiples. */
  int unit() {
    return unit;
  }

  /** The window of finite numbers; null where they need a wider one. */
  static @Nullable NumberWindow of(double[] values, int from, int to) {
    long largest = 0;
    long least = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      long size = Double.doubleToRawLongBits(values[i]) & Long.MAX_VALUE;
      largest = Math.max(largest, size);
      // One less, so that 0 is the largest of all; that may take a place more than is needed.
      least = Math.min(least, size - 1 & Long.MAX_VALUE);
    }
    int top = (int) (largest >>> MANTISSA);
    int bottom = Math.min(top, (int) (least >>> MANTISSA));
    boolean fits =
        top < INFINITE && bottom >= LEAST_EXPONENT && top - bottom + MANTISSA + 1 <= 2 * BITS;
    return fits ? new NumberWindow(bottom - BIAS) : null;
  }

  /**
   * Adds the numbers of a block; of groups below 0 nothing is added.
   *
   * @return the high and the low sum of each group
   */
  long[] sums(int[] ids, double[] values, int from, int to, int groups) {
    if (groups == 1 && allPresent(ids, from, to)) {
      return sums(values, from, to);
    }
    int lanes = groups <= FEW_GROUPS ? LANES : 1;
    int size = 2 * groups;
    long[] sums = new long[lanes * size];
    add(ids, values, from, to, sums, lanes == 1 ? 0 : size);
    for (int lane = 1; lane < lanes; lane++) {
      for (int i = 0; i < size; i++) {
        sums[i] += sums[lane * size + i];
      }
    }
    return sums;
  }

  private static boolean allPresent(int[] ids, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      any |= ids[i];
    }
    return any >= 0;
  }

  /** The sums of one group: a loop that becomes one of vectors. */
  private long[] sums(double[] values, int from, int to) {
    double unitOfHigh = high;
    double toHigh = perHigh;
    double toLow = perLow;
    long highs = 0;
    long lows = 0;
    for (int i = from; i < to; i++) {
      double x = values[i];
      long of = (long) (x * toHigh);
      highs += of;
      lows += (long) ((x - of * unitOfHigh) * toLow);
    }
    return new long[] {highs, lows};
  }

  private void add(int[] ids, double[] values, int from, int to, long[] sums, int lane) {
    double unitOfHigh = high;
    double toHigh = perHigh;
    double toLow = perLow;
    for (int i = from; i < to; i++) {
      int group = ids[i];
      if (group < 0) {
        continue;
      }
      double x = values[i];
      long of = (long) (x * toHigh);
      int at = (i & LANES - 1) * lane + 2 * group;
      sums[at] += of;
      sums[at + 1] += (long) ((x - of * unitOfHigh) * toLow);
    }
  }
}
