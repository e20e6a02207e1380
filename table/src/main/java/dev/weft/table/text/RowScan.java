package dev.weft.table.text;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where rows begin in a text that is gone through once. A row ends at a line end outside
 * quotes; to know what is in quotes, all bytes before are looked at.
 */
final class RowScan {
  private static final int WINDOW = 256 << 10;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * ONES;

  private final boolean isQuoting;
  private final byte separator;

  // The state behind the last byte that was gone through.
  private long at;
  private boolean isQuoted;
  private long closed = -1;
  private byte last = '\n';

  /**
   * A scan.
   *
   * @param isQuoting whether fields that begin with quotes may have line ends in them
   * @param begin where the first row begins
   */
  RowScan(boolean isQuoting, char separator, long begin) {
    this.isQuoting = isQuoting;
    this.separator = (byte) separator;
    this.at = begin;
  }

  /** Some bytes of the text, of which the scan wants those from a place on. */
  abstract static class Window {
    /** Filled by {@link #read}. */
    final byte[] bytes = new byte[WINDOW];

    /** Where the window begins in the text, and how many bytes it has. */
    long base;

    int length;

    /** Reads bytes into the window that begin at a place; how many, 0 at the end of the text. */
    abstract int read(long from) throws IOException;

    /** Whether bytes may be left away that are not asked for. */
    abstract boolean canSkip();
  }

  /** The first row that begins at a place or behind it; the end of the text where there is none. */
  long next(Window window, long target) throws IOException {
    if (at >= target) {
      return at;
    }
    // A row that begins at the very place has its line end before it.
    if (!isQuoting && window.canSkip()) {
      at = Math.max(at, target - 1);
    }
    while (at < target - 1 && fill(window)) {
      pass(window, (int) Math.min(window.length, target - 1 - window.base));
    }
    while (fill(window)) {
      byte b = window.bytes[(int) (at - window.base)];
      if (b == '"') {
        pass(window, (int) (at - window.base) + 1);
        continue;
      }
      last = b;
      at++;
      if (!isQuoted && (b == '\n' || b == '\r' && !isLineFeed(window))) {
        return at;
      }
    }
    return at;
  }

  private boolean isLineFeed(Window window) throws IOException {
    return fill(window) && window.bytes[(int) (at - window.base)] == '\n';
  }

  /** Whether there is a byte; then the window has it. */
  private boolean fill(Window window) throws IOException {
    if (window.length == 0 || at < window.base || at >= window.base + window.length) {
      int count = window.read(at);
      if (count <= 0) {
        return false;
      }
      window.base = at;
      window.length = count;
    }
    return true;
  }

  /** Moves to a place in the window, from quote to quote. */
  private void pass(Window window, int end) {
    int i = (int) (at - window.base);
    if (isQuoting) {
      for (int q = quote(window.bytes, i, end); q < end; q = quote(window.bytes, q + 1, end)) {
        long place = window.base + q;
        if (isQuoted) {
          isQuoted = false;
          closed = place;
          continue;
        }
        byte before = q > i ? window.bytes[q - 1] : last;
        boolean isReopened = closed == place - 1;
        isQuoted = isReopened || before == separator || before == '\n' || before == '\r';
      }
    }
    last = window.bytes[end - 1];
    at = window.base + end;
  }

  /** The first quote from one place to below another, eight bytes at a time; the end if none. */
  private static int quote(byte[] window, int from, int end) {
    int i = from;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      long bytes = (long) LONG.get(window, i) ^ QUOTES;
      long zeros = (bytes - ONES) & ~bytes & TOPS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (i < end && window[i] != '"') {
      i++;
    }
    return i;
  }
}
