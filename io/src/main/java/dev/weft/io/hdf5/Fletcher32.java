package dev.weft.io.hdf5;

/** The checksum that HDF5 puts behind the bytes of a chunk: two sums of 16-bit words. */
final class Fletcher32 {
  /** What a checksum takes. */
  static final int BYTES = 4;

  /** So many words are summed before the sums are folded, which then have 32 bits at most. */
  private static final int BLOCK = 360;

  private Fletcher32() {}

  /** Whether the last of so many bytes are the checksum of those before, of either byte order. */
  static boolean matches(byte[] data, int count) {
    int length = count - BYTES;
    if (length < 0) {
      return false;
    }
    int sum = sum(data, length);
    int stored =
        (data[length] & 0xFF)
            | (data[length + 1] & 0xFF) << 8
            | (data[length + 2] & 0xFF) << 16
            | (data[length + 3] & 0xFF) << 24;
    // HDF5 1.6.2 and before wrote the bytes of each half the other way round.
    int swapped = (sum & 0x00FF00FF) << 8 | (sum & 0xFF00FF00) >>> 8;
    return stored == sum || stored == swapped;
  }

  private static int sum(byte[] data, int length) {
    long first = 0;
    long second = 0;
    int at = 0;
    int words = length / 2;
    while (words > 0) {
      int block = Math.min(words, BLOCK);
      words -= block;
      for (; block > 0; block--, at += 2) {
        first += (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
        second += first;
      }
      first = fold(first);
      second = fold(second);
    }
    if (length % 2 == 1) {
      first += (data[at] & 0xFF) << 8;
      second += first;
      first = fold(first);
      second = fold(second);
    }
    return (int) (fold(second) << 16 | fold(first));
  }

  private static long fold(long sum) {
    return (sum & 0xFFFF) + (sum >>> 16);
  }
}
