package dev.weft.cpu.random;

import dev.weft.cpu.memory.Memory;

/**
 * The counter generator Philox4x32-10 and the order in which arrays use its words.
 *
 * <p>A counter n gives four words of 32 bits; its words are (low n, high n, low stream, high
 * stream), the key is (low seed, high seed). Indices are dealt to counters in groups, so that
 * neighbouring elements come from neighbouring counters and need no shuffling between vector lanes
 * or threads:
 *
 * <pre>
 * 64-bit draws   group g has 128 elements:  element j      words 0, 1 of counter 64 g + j
 *                (0 <= j < 64)              element 64 + j words 2, 3 of counter 64 g + j
 * 32-bit draws   group g has 256 elements:  element 64 k + j   word k of counter 64 g + j
 * </pre>
 *
 * <p>In a pair of words the first is the low half.
 */
final class Philox {
  static final long M0 = 0xD2511F53L;
  static final long M1 = 0xCD9E8D57L;
  static final int W0 = 0x9E3779B9;
  static final int W1 = 0xBB67AE85;
  static final int ROUNDS = 10;
  static final long LOW = 0xFFFFFFFFL;

  /** Counters of a group. */
  static final int COUNTERS = 64;

  /** Elements of a group of 64-bit draws. */
  static final int GROUP64 = 2 * COUNTERS;

  /** Elements of a group of 32-bit draws. */
  static final int GROUP32 = 4 * COUNTERS;

  /** Bytes of a group of either kind. */
  static final int GROUP_BYTES = 1024;

  private Philox() {}

  /** Writes words 0, 1 of a counter, and words 2, 3 half a group of bytes further on. */
  static void words(long seed, long stream, long counter, long address) {
    int c0 = (int) counter;
    int c1 = (int) (counter >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    Memory.putLong(address, (c0 & LOW) | (long) c1 << 32);
    Memory.putLong(address + GROUP_BYTES / 2, (c2 & LOW) | (long) c3 << 32);
  }
}
