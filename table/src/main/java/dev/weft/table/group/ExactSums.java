package dev.weft.table.group;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Exact sums of floating numbers, one for each group, rounded once when they are asked for. So they
 * depend on no order.
 *
 * <p>A finite double is a whole multiple of 2^-1074. A sum is such a multiple, kept as limbs of 32
 * bits in longs, so that 2^31 numbers can be added before anything is carried. All groups keep the
 * same limbs: those that the numbers so far have needed.
 */
public final class ExactSums {
  private static final int BITS = 32;
  private static final long MASK = 0xFFFF_FFFFL;
  private static final int MANTISSA = 52;
  private static final int EXPONENT = 0x7FF;
  private static final int LIMBS_OF_NUMBER = 3;
  private static final int LEAST = -1074;

  private static final byte NAN = 1;
  private static final byte POSITIVE = 2;
  private static final byte NEGATIVE = 4;

  private static final int[] FIRST = {0};

  private final double[] one = {0};

  /** The first limb that is kept, counted from that of 2^-1074. */
  private int base;

  /** How many limbs are kept of each group. */
  private int width;

  private int groups;
  private long[] limbs = {};
  private byte[] special = {};

  /** There are so many groups now; new ones begin with 0. */
  public void groups(int count) {
    groups = count;
    if (limbs.length < (long) count * width) {
      limbs = Arrays.copyOf(limbs, Math.max(count * width, limbs.length * 3 / 2));
    }
    if (special.length < count) {
      special = Arrays.copyOf(special, Math.max(count, special.length * 3 / 2));
    }
  }

  /** About how many bytes of the heap they take. */
  long bytes() {
    return (long) limbs.length * Long.BYTES + special.length;
  }

  /** The limb at which a number other than 0 begins. */
  private static int limb(long bits) {
    int exponent = (int) (bits >>> MANTISSA) & EXPONENT;
    return Math.max(exponent - 1, 0) / BITS;
  }

  /** Keeps the limbs that these numbers need. */
  private void cover(double[] values, int from, int to) {
    int low = Integer.MAX_VALUE;
    int high = -1;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      if (bits << 1 != 0 && ((bits >>> MANTISSA) & EXPONENT) != EXPONENT) {
        int limb = limb(bits);
        low = Math.min(low, limb);
        high = Math.max(high, limb);
      }
    }
    if (high >= 0) {
      keep(low, high + LIMBS_OF_NUMBER);
    }
  }

  private void keep(int from, int to) {
    int low = width == 0 ? from : Math.min(base, from);
    // One more limb for what is carried.
    int high = width == 0 ? to + 1 : Math.max(base + width, to + 1);
    if (width != 0 && low == base && high == base + width) {
      return;
    }
    int wide = high - low;
    long[] moved = new long[Math.multiplyExact(Math.max(groups, 1), wide)];
    for (int g = 0; g < groups && width > 0; g++) {
      normalize(g);
      System.arraycopy(limbs, g * width, moved, g * wide + base - low, width);
    }
    base = low;
    width = wide;
    limbs = moved;
  }

  /** Brings the limbs of a group below 2^32, but for the last, which holds the sign. */
  private void normalize(int group) {
    int at = group * width;
    long carry = 0;
    for (int i = 0; i < width - 1; i++) {
      long limb = limbs[at + i] + carry;
      limbs[at + i] = limb & MASK;
      carry = limb >> BITS;
    }
    limbs[at + width - 1] += carry;
  }

  /** Adds numbers to the sums of their groups; of those below 0 nothing is added. */
  void add(int[] ids, double[] values, int count) {
    for (int from = 0; from < count; from += NumberWindow.BLOCK) {
      int to = Math.min(count, from + NumberWindow.BLOCK);
      // The sums of a window are taken over group by group, which has to be worth it.
      NumberWindow window = groups <= (to - from) / 2 ? NumberWindow.of(values, from, to) : null;
      if (window == null) {
        cover(values, from, to);
        addEach(ids, values, from, to);
      } else {
        add(window, window.sums(ids, values, from, to, groups));
      }
    }
  }

  /** Adds two sums of each group. */
  private void add(NumberWindow window, long[] sums) {
    int low = window.unit() - LEAST;
    int high = low + NumberWindow.BITS;
    keep(low / BITS, high / BITS + LIMBS_OF_NUMBER);
    for (int g = 0; g < groups; g++) {
      add(g, sums[2 * g], high);
      add(g, sums[2 * g + 1], low);
    }
  }

  /** Adds a whole multiple of a power of two, which is counted from 2^-1074. */
  private void add(int group, long multiple, int power) {
    int shift = power & BITS - 1;
    int at = group * width + power / BITS - base;
    limbs[at] += multiple << shift & MASK;
    limbs[at + 1] += multiple >> BITS - shift & MASK;
    limbs[at + 2] += multiple >> BITS >> BITS - shift;
  }

  private void addEach(int[] ids, double[] values, int from, int to) {
    int wide = width;
    int first = base * BITS;
    long[] sums = limbs;
    for (int i = from; i < to; i++) {
      int group = ids[i];
      long bits = Double.doubleToRawLongBits(values[i]);
      int exponent = (int) (bits >>> MANTISSA) & EXPONENT;
      if (group < 0 || bits << 1 == 0) {
        continue;
      }
      if (exponent == EXPONENT) {
        special[group] |= special(values[i]);
        continue;
      }
      long mantissa = bits & (1L << MANTISSA) - 1;
      if (exponent > 0) {
        mantissa |= 1L << MANTISSA;
        exponent--;
      }
      int place = exponent - first;
      int shift = place & BITS - 1;
      int at = group * wide + (place >>> 5);
      long sign = bits >> Long.SIZE - 1;
      sums[at] += ((mantissa << shift & MASK) ^ sign) - sign;
      sums[at + 1] += ((mantissa >>> BITS - shift & MASK) ^ sign) - sign;
      sums[at + 2] += ((mantissa >>> 1 >>> 2 * BITS - 1 - shift) ^ sign) - sign;
    }
  }

  /**
   * Makes room for one sum of numbers among these, to which they are added one by one. Infinities
   * and NaN need none.
   */
  public void single(double[] values) {
    groups(1);
    cover(values, 0, values.length);
  }

  /** Adds a finite number, or one with the other sign, for which there is room, to the one sum. */
  public void addOne(double value) {
    one[0] = value;
    addEach(FIRST, one, 0, 1);
  }

  private static byte special(double value) {
    return Double.isNaN(value) ? NAN : value > 0 ? POSITIVE : NEGATIVE;
  }

  /** Adds the sums of other groups to those of the groups here that they are mapped to. */
  void merge(int[] map, int count, ExactSums other) {
    if (other.width > 0) {
      keep(other.base, other.base + other.width);
      groups(groups);
    }
    for (int g = 0; g < count; g++) {
      special[map[g]] |= other.special[g];
      if (other.width > 0) {
        other.normalize(g);
        int at = map[g] * width + other.base - base;
        for (int i = 0; i < other.width; i++) {
          limbs[at + i] += other.limbs[g * other.width + i];
        }
        normalize(map[g]);
      }
    }
  }

  /** The exact sum of a group, in units of {@link #unit}; infinities and NaN are left away. */
  private BigInteger exact(int group) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = width - 1; i >= 0; i--) {
      sum = sum.shiftLeft(BITS).add(BigInteger.valueOf(limbs[group * width + i]));
    }
    return sum;
  }

  /** The power of two by which {@link #exact} is multiplied. */
  private int unit() {
    return base * BITS + LEAST;
  }

  /** The exact sum of a group; infinities and NaN are left away. */
  Dyadic sum(int group) {
    return new Dyadic(exact(group), unit());
  }

  /** Whether a group has only finite numbers. */
  boolean isFinite(int group) {
    return special[group] == 0;
  }

  /** The sum of a group, rounded to the nearest double. */
  public double get(int group) {
    byte not = special[group];
    if (not != 0) {
      return not == POSITIVE
          ? Double.POSITIVE_INFINITY
          : not == NEGATIVE ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (width == 0) {
      return 0;
    }
    normalize(group);
    return nearest(group);
  }

  private double nearest(int group) {
    int at = group * width;
    int top = width - 1;
    while (top > 0 && limbs[at + top] == 0) {
      top--;
    }
    if (top <= 1 && limbs[at + top] >= 0) {
      long sum = top == 0 ? limbs[at] : limbs[at + 1] << BITS | limbs[at];
      if (limbs[at + top] >>> BITS - 1 == 0) {
        return Math.scalb((double) sum, unit());
      }
    }
    BigInteger sum = exact(group);
    BigInteger size = sum.abs();
    int below = size.bitLength() - Long.SIZE;
    if (below > 0) {
      // All that is left away is one bit, which decides only where it is near the middle.
      boolean rest = size.getLowestSetBit() < below;
      size = size.shiftRight(below);
      size = rest ? size.setBit(0) : size;
    }
    // A sum of less than 2^-1022 has less than 53 bits: scaling rounds nothing more.
    double nearest = Math.scalb(size.doubleValue(), unit() + Math.max(below, 0));
    return sum.signum() < 0 ? -nearest : nearest;
  }
}
