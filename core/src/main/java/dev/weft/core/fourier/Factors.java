package dev.weft.core.fourier;

import java.util.ArrayList;
import java.util.List;

/** Lengths as products of the radices that transforms have. */
public final class Factors {
  /** The largest prime that is a radix; its butterflies take as many steps as its square. */
  public static final int LARGEST = 31;

  private Factors() {}

  /** Whether a length is a product of radices only. */
  public static boolean isSmooth(long n) {
    return rest(n) == 1;
  }

  private static long rest(long n) {
    long rest = n;
    for (int p = 2; p <= LARGEST && rest > 1; p++) {
      while (rest % p == 0) {
        rest /= p;
      }
    }
    return rest;
  }

  /** The radices of a smooth length: odd ones first, then at most one 2, then fours. */
  static int[] radices(int n) {
    List<Integer> radices = new ArrayList<>();
    int rest = n;
    for (int p = 3; p <= LARGEST; p += 2) {
      for (; rest % p == 0; rest /= p) {
        radices.add(p);
      }
    }
    if (Integer.numberOfTrailingZeros(rest) % 2 == 1) {
      radices.add(2);
      rest /= 2;
    }
    for (; rest > 1; rest /= 4) {
      radices.add(4);
    }
    return radices.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The smallest product of 2, 3 and 5 that is not less than {@code least}. */
  public static long convenient(long least) {
    long best = Long.highestOneBit(Math.max(1, least - 1)) * 2;
    for (long five = 1; five < best; five *= 5) {
      for (long odd = five; odd < best; odd *= 3) {
        long n = odd;
        while (n < least) {
          n *= 2;
        }
        best = Math.min(best, n);
      }
    }
    return Math.max(best, least <= 1 ? 1 : best);
  }

  /** The largest divisor of a smooth length that is not above its square root. */
  public static long half(long n) {
    long divisor = (long) Math.sqrt((double) n);
    while (n % divisor != 0) {
      divisor--;
    }
    return divisor;
  }
}
