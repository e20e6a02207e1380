package dev.weft.gpu.memory;

/**
 * The capacities in which a pool deals: sixteen steps to each doubling, so that at most a sixteenth
 * of a block (or 511 bytes) is wasted, and blocks of nearly the same length replace each other.
 */
final class SizeClasses {
  /** The driver deals in such units, and aligns to them. */
  static final int UNIT = 512;

  private static final int UNIT_BITS = 9;
  private static final int STEP_BITS = 4;

  /** Classes up to the largest capacity, 2^60. */
  static final int COUNT = index(1L << 60) + 1;

  private SizeClasses() {}

  /** The class of the least capacity that holds so many bytes. */
  static int index(long bytes) {
    long units = Math.max(0, bytes - 1) >>> UNIT_BITS;
    if (units < 1 << STEP_BITS) {
      return (int) units;
    }
    int high = 63 - Long.numberOfLeadingZeros(units);
    int step = (int) (units >>> (high - STEP_BITS)) & ((1 << STEP_BITS) - 1);
    return ((high - STEP_BITS + 1) << STEP_BITS) + step;
  }

  /** Bytes of a block of a class. */
  static long capacity(int index) {
    int doubling = index >> STEP_BITS;
    long step = index & ((1 << STEP_BITS) - 1);
    if (doubling == 0) {
      return (step + 1) << UNIT_BITS;
    }
    return ((1L << STEP_BITS) + step + 1) << (doubling - 1 + UNIT_BITS);
  }
}
