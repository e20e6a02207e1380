package dev.weft.core.device;

/**
 * The capacities in which a pool deals: equal steps within each doubling, so that blocks of nearly
 * the same length replace each other, and little of a block is wasted.
 */
public final class SizeClasses {
  private static final long LARGEST = 1L << 60;

  private final int unitBits;
  private final int stepBits;
  private final int count;

  /**
   * Capacities of which the least is {@code 2^unitBits} bytes, with {@code 2^stepBits} steps to
   * each doubling.
   */
  public SizeClasses(int unitBits, int stepBits) {
    this.unitBits = unitBits;
    this.stepBits = stepBits;
    this.count = index(LARGEST) + 1;
  }

  /** Number of classes, up to the largest capacity, 2^60. */
  public int count() {
    return count;
  }

  /** The class of the least capacity that holds so many bytes. */
  public int index(long bytes) {
    long units = Math.max(0, bytes - 1) >>> unitBits;
    if (units < 1 << stepBits) {
      return (int) units;
    }
    int high = 63 - Long.numberOfLeadingZeros(units);
    int step = (int) (units >>> (high - stepBits)) & ((1 << stepBits) - 1);
    return ((high - stepBits + 1) << stepBits) + step;
  }

  /** Bytes of a block of a class. */
  public long capacity(int index) {
    int doubling = index >> stepBits;
    long step = index & ((1 << stepBits) - 1);
    if (doubling == 0) {
      return (step + 1) << unitBits;
    }
    return ((1L << stepBits) + step + 1) << (doubling - 1 + unitBits);
  }
}
