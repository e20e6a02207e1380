package dev.weft.table.text;

import dev.weft.io.binary.OpenFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the parts of a file begin, which are about equally long and begin with rows. Part i holds
 * the rows that begin in its share of the bytes, perhaps none. A row ends at a line end outside
 * quotes. To know what is in quotes, all bytes before are gone through, once, and no further than
 * has been asked for. Safe for many threads.
 */
public final class RowStarts {
  private static final int WINDOW = 256 << 10;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = '"' * ONES;

  private final TextFile file;
  private final boolean isQuoting;
  private final byte separator;
  private final long begin;
  private final long partBytes;
  private final long[] starts;
  private int known = 1;

  // The state behind the last byte that was gone through.
  private long at;
  private boolean isQuoted;
  private long closed = -1;
  private byte last = '\n';

  // Which bytes of the file are in the window of a scan.
  private long base;
  private int length;

  private RowStarts(TextFile file, boolean isQuoting, byte separator, long begin, long partBytes) {
    this.file = file;
    this.begin = begin;
    this.isQuoting = isQuoting;
    this.separator = separator;
    this.partBytes = partBytes;
    this.at = begin;
    long parts = Math.max(1, (file.size() - begin + partBytes - 1) / partBytes);
    this.starts = new long[file.isSplittable() ? Math.toIntExact(parts) : 1];
    this.starts[0] = begin;
  }

  /**
   * Of rows in which fields that begin with quotes may have line ends in them.
   *
   * @param begin where the first row begins in the file
   */
  public static RowStarts quoting(TextFile file, char separator, long begin, long partBytes) {
    return new RowStarts(file, true, (byte) separator, begin, partBytes);
  }

  /** Of rows that end at each line end. */
  public static RowStarts lines(TextFile file, long partBytes) {
    return new RowStarts(file, false, (byte) 0, file.begin(), partBytes);
  }

  /** How many parts there are; a compressed file is one. */
  public int parts() {
    return starts.length;
  }

  /** Where a part begins in the file; of the number of parts, where the last ends. */
  public synchronized long start(int part) {
    if (part == starts.length) {
      return file.size();
    }
    if (part >= known) {
      try (OpenFile open = file.open()) {
        Scan scan = new Scan(open, new byte[WINDOW]);
        length = 0;
        for (; known <= part; known++) {
          starts[known] = scan.next(begin + known * partBytes);
        }
      }
    }
    return starts[part];
  }

  /** Goes through an open file from where the last scan has stopped. */
  private final class Scan {
    private final OpenFile open;
    private final byte[] window;

    Scan(OpenFile open, byte[] window) {
      this.open = open;
      this.window = window;
    }

    /** The first row that begins at a place or behind it. */
    long next(long target) {
      if (starts[known - 1] >= target) {
        return starts[known - 1];
      }
      // A row that begins at the very place has its line end before it.
      if (!isQuoting) {
        at = Math.max(at, target - 1);
      }
      while (at < target - 1 && fill()) {
        pass((int) Math.min(length, target - 1 - base));
      }
      while (fill()) {
        byte b = window[(int) (at - base)];
        if (b == '"') {
          pass((int) (at - base) + 1);
          continue;
        }
        move(b);
        if (!isQuoted && (b == '\n' || b == '\r' && !isLineFeed())) {
          return at;
        }
      }
      return file.size();
    }

    private void move(byte b) {
      last = b;
      at++;
    }

    private boolean isLineFeed() {
      return fill() && window[(int) (at - base)] == '\n';
    }

    /** Whether there is a byte; then the window has it. */
    private boolean fill() {
      if (at >= file.size()) {
        return false;
      }
      if (length == 0 || at < base || at >= base + length) {
        base = at;
        length = (int) Math.min(window.length, file.size() - at);
        open.read(ByteBuffer.wrap(window, 0, length), at);
      }
      return true;
    }

    /** Moves to a place in the window, from quote to quote. */
    private void pass(int end) {
      int i = (int) (at - base);
      for (int q = quote(i, end); isQuoting && q < end; q = quote(q + 1, end)) {
        if (isQuoted) {
          isQuoted = false;
          closed = base + q;
          continue;
        }
        byte before = q > i ? window[q - 1] : last;
        boolean isReopened = closed == base + q - 1;
        isQuoted = isReopened || before == separator || before == '\n' || before == '\r';
      }
      last = window[end - 1];
      at = base + end;
    }

    /**
     * The first quote from one place to below another, eight bytes at a time; {@code end} if none.
     */
    private int quote(int from, int end) {
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
}
