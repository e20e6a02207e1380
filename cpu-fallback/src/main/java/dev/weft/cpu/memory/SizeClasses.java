package dev.weft.cpu.memory;

/**
 * The capacities in which a pool deals: eight steps to each doubling, so that at most an eighth of
 * a block (or 63 bytes) is wasted, and blocks of nearly the same length replace each other.
 */
final class SizeClasses {
  /** The alignment of every block and the least capacity: one cache line. */
  static final int LINE = 64;

  private static final int LINE_BITS = 6;
  private static final int STEP_BITS = 3;

  /** Classes up to the largest capacity, 2^60. */
  static final int COUNT = index(1L << 60) + 1;

  private SizeClasses() {}

  /** The class of the least capacity that holds so many bytes. */
  static int index(long bytes) {
    long lines = Math.max(0, bytes - 1) >>> LINE_BITS;
    if (lines < 1 << STEP_BITS) {
      return (int) lines;
    }
    int high = 63 - Long.numberOfLeadingZeros(lines);
    int step = (int) (lines >>> (high - STEP_BITS)) & ((1 << STEP_BITS) - 1);
    return ((high - STEP_BITS + 1) << STEP_BITS) + step;
  }

  /** Bytes of a block of a class. */
  static long capacity(int index) {
    int doubling = index >> STEP_BITS;
    long step = index & ((1 << STEP_BITS) - 1);
    if (doubling == 0) {
      return (step + 1) << LINE_BITS;
    }
    return ((1L << STEP_BITS) + step + 1) << (doubling - 1 + LINE_BITS);
  }
}
