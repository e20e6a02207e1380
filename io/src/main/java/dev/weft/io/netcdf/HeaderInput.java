package dev.weft.io.netcdf;

import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a header from its start to its end, through a window of the file. */
final class HeaderInput {
  private static final int WINDOW = 16 << 10;

  /** Numbers of a header are padded to this many bytes. */
  private static final int PADDING = 4;

  private static final int LONGEST_NAME = 4096;

  private final OpenFile file;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowBegin;
  private boolean isWide;

  HeaderInput(OpenFile file) {
    this.file = file;
  }

  /** Counts have 8 bytes from here on, not 4: the file is CDF-5. */
  void widen() {
    isWide = true;
  }

  /** Where the next byte is. */
  long offset() {
    return windowBegin + window.position();
  }

  /** Bytes that are left in the file. */
  long rest() {
    return file.size() - offset();
  }

  FormatException damaged(long offset, String reason) {
    return new FormatException(file.name(), offset, reason);
  }

  private void need(int bytes, String what) {
    if (rest() < bytes) {
      throw damaged(file.size(), "the file ends within %s. Copy or write it again".formatted(what));
    }
    if (window.remaining() < bytes) {
      long begin = offset();
      ByteBuffer next = ByteBuffer.allocate((int) Math.min(WINDOW, file.size() - begin));
      file.read(next, begin);
      window = next.flip();
      windowBegin = begin;
    }
  }

  int readInt(String what) {
    need(Integer.BYTES, what);
    return window.getInt();
  }

  long readLong(String what) {
    need(Long.BYTES, what);
    return window.getLong();
  }

  /** A count of the file's width, as it stands there: -1 may have a meaning. */
  long readCount(String what) {
    return isWide ? readLong(what) : readInt(what);
  }

  /**
   * The number of things that follow.
   *
   * @param least bytes that each of them takes
   */
  int readNumber(String what, int least) {
    long offset = offset();
    long number = readCount(what);
    if (number < 0 || number > rest() / least) {
      throw damaged(
          offset,
          "%s has %,d entries, and the file %,d more bytes. Copy or write it again"
              .formatted(what, number, rest()));
    }
    // A list that fills a file of more than 2 GiB is no header.
    if (number > Integer.MAX_VALUE / PADDING) {
      throw damaged(offset, "%s has %,d entries; no header has".formatted(what, number));
    }
    return (int) number;
  }

  /**
   * Bytes, and what pads them.
   *
   * @param most of them that are wanted
   * @return as many as are wanted
   */
  byte[] readBytes(String what, long count, int most) {
    if (count > rest()) {
      throw damaged(
          offset(),
          "%s has %,d bytes, and the file %,d more. Copy or write it again"
              .formatted(what, count, rest()));
    }
    byte[] bytes = new byte[(int) Math.min(count, most)];
    int read = 0;
    while (read < bytes.length) {
      need(1, what);
      int part = Math.min(bytes.length - read, window.remaining());
      window.get(bytes, read, part);
      read += part;
    }
    skip(count - read + (PADDING - count % PADDING) % PADDING);
    return bytes;
  }

  private void skip(long bytes) {
    // The padding of the last attribute may be missing.
    long to = Math.min(offset() + bytes, file.size());
    if (to - windowBegin <= window.limit()) {
      window.position((int) (to - windowBegin));
    } else {
      windowBegin = to;
      window = ByteBuffer.allocate(0);
    }
  }

  /** A name: UTF-8 without control characters. */
  String readName(String what) {
    long offset = offset();
    int length = readNumber("the name of " + what, 1);
    if (length == 0 || length > LONGEST_NAME) {
      throw damaged(
          offset,
          "the name of %s has %,d bytes; names have 1 to %,d"
              .formatted(what, length, LONGEST_NAME));
    }
    byte[] bytes = readBytes("the name of " + what, length, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
