package dev.weft.io.hdf5;

import java.nio.ByteBuffer;

/**
 * Checks of counts that jHDF makes room for before it looks at what is counted: that there is room
 * for so many entries in the file.
 */
final class IndexLimits {
  private static final int TREE_COUNT = 18;
  private static final int FIXED_COUNT = 8;
  private static final int EXTENSIBLE_COUNT = 12;

  private IndexLimits() {}

  /** Of a B tree of version 2. */
  static void requireTree(GuardedStorage storage, long address) {
    require(storage, address, TREE_COUNT + storage.getSizeOfOffsets());
  }

  /** Of a fixed array of chunks. */
  static void requireFixedArray(GuardedStorage storage, long address) {
    require(storage, address, FIXED_COUNT);
  }

  /**
   * Of an extensible array of chunks.
   *
   * @return how many there are
   */
  static long requireExtensibleArray(GuardedStorage storage, long address) {
    return require(storage, address, EXTENSIBLE_COUNT + 4 * storage.getSizeOfLengths());
  }

  private static long require(GuardedStorage storage, long address, int offset) {
    long at = address + offset;
    int size = storage.getSizeOfLengths();
    ByteBuffer bytes = storage.readBufferFromAddress(at, size);
    long count =
        switch (size) {
          case Short.BYTES -> bytes.getShort() & 0xFFFFL;
          case Integer.BYTES -> bytes.getInt() & 0xFFFF_FFFFL;
          case Long.BYTES -> bytes.getLong();
          default -> -1;
        };
    if (count < 0 || count > storage.size() / Integer.BYTES) {
      throw storage.damaged(
          at, "%,d entries are counted, more than the file has room for".formatted(count));
    }
    return count;
  }
}
