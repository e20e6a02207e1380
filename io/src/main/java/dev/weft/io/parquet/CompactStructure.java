package dev.weft.io.parquet;

import java.nio.ByteBuffer;

/**
 * Checks that bytes are a structure of Thrift's compact protocol, whatever its fields mean: lengths
 * and counts stay within the bytes that there are, and structures nest in bounds.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift
 *     compact protocol</a>
 */
final class CompactStructure {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 10;

  private final ByteBuffer bytes;

  private CompactStructure(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * The length of the structure that the bytes begin with.
   *
   * @throws Malformed when they do not
   */
  static int length(ByteBuffer bytes) {
    CompactStructure structure = new CompactStructure(bytes.slice());
    structure.skipStructure(0);
    return structure.bytes.position();
  }

  /** The bytes are no structure. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int at;

    private Malformed(int at, String what) {
      super(what);
      this.at = at;
    }

    /** Where in the bytes. */
    int at() {
      return at;
    }
  }

  private Malformed malformed(String what) {
    return new Malformed(bytes.position(), what);
  }

  private void skipStructure(int depth) {
    if (depth > DEEPEST) {
      throw malformed("its structures are nested more than %d times".formatted(DEEPEST));
    }
    while (true) {
      int header = next();
      int type = header & 15;
      if (header == 0) {
        return;
      }
      if (header >> 4 == 0) {
        number();
      }
      boolean isBoolean = type == 1 || type == 2;
      if (!isBoolean) {
        skip(type, depth);
      }
    }
  }

  private void skip(int type, int depth) {
    switch (type) {
      case 1, 2, 3 -> skipBytes(1);
      case 4, 5, 6 -> number();
      case 7 -> skipBytes(Double.BYTES);
      case 8 -> skipBytes(count(number()));
      case 9, 10 -> {
        int header = next();
        long count = header >> 4 == 15 ? number() : header >> 4;
        skipAll(count(count), header & 15, depth);
      }
      case 11 -> {
        int count = count(number());
        int types = count == 0 ? 0 : next();
        for (int i = 0; i < count; i++) {
          skip(types >> 4, depth + 1);
          skip(types & 15, depth + 1);
        }
      }
      case 12 -> skipStructure(depth + 1);
      default -> throw malformed("there is no type %d of fields".formatted(type));
    }
  }

  private void skipAll(int count, int type, int depth) {
    if (depth > DEEPEST) {
      throw malformed("its lists are nested more than %d times".formatted(DEEPEST));
    }
    for (int i = 0; i < count; i++) {
      skip(type, depth + 1);
    }
  }

  /** A count of bytes, or of things of a byte at least. */
  private int count(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw malformed("%,d bytes or more are to follow".formatted(count));
    }
    return (int) count;
  }

  private void skipBytes(int count) {
    if (count > bytes.remaining()) {
      throw malformed("it ends too early");
    }
    bytes.position(bytes.position() + count);
  }

  private int next() {
    if (!bytes.hasRemaining()) {
      throw malformed("it ends too early");
    }
    return bytes.get() & 0xFF;
  }

  private long number() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int part = next();
      value |= (part & 0x7FL) << (7 * i);
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed("a number is longer than %d bytes".formatted(LONGEST_NUMBER));
  }
}
