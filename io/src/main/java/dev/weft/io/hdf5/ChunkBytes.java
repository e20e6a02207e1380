package dev.weft.io.hdf5;

/**
 * The bytes of a chunk on their way from the file to elements, and room for what the next filter
 * makes of them. Used for one chunk after another, since new memory for each costs more than its
 * filters.
 */
final class ChunkBytes {
  private byte[] bytes = new byte[0];
  private byte[] room = new byte[0];
  private int length;

  /** The bytes, and others behind them. */
  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes count. */
  int length() {
    return length;
  }

  /** Leaves some of the last bytes away. */
  void shorten(int by) {
    length -= by;
  }

  /** Room for so many bytes at least, which are anything. */
  byte[] room(int size) {
    if (room.length < size) {
      room = new byte[size];
    }
    return room;
  }

  /** What is in the room are the bytes now. */
  void take(int count) {
    byte[] taken = room;
    room = bytes;
    bytes = taken;
    length = count;
  }
}
