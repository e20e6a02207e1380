package dev.weft.cpu.random;

/**
 * Whole groups of draws: first the words of the generator, then what becomes of them in place.
 *
 * <p>All implementations write the same bits. They hold no state and serve any thread.
 */
interface DrawKernel {
  /** Writes groups of 128 words of 64 bits. */
  void words64(long seed, long stream, long group, int groups, long address);

  /** Writes groups of 256 words of 32 bits. */
  void words32(long seed, long stream, long group, int groups, long address);

  /** Makes 64-bit words to float64 in [0, 1): the upper 53 bits times 2^-53. */
  void uniform64(long address, int groups);

  /** Makes 32-bit words to float32 in [0, 1): the upper 24 bits times 2^-24. */
  void uniform32(long address, int groups);

  /** Makes groups of 64-bit words to standard normal float64; see {@link ScalarBoxMuller}. */
  void normal64(long address, int groups);

  /** Rounds the float64 of some groups of 128 to float32. */
  void narrow(long from, long to, int groups);

  /** Makes 64-bit words w to {@code low + floor(w * range / 2^64)}, for a range in [1, 2^32]. */
  void bounded(long address, int groups, long low, long range);
}
