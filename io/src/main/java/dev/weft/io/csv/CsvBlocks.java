package dev.weft.io.csv;

import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the rows of a file are: in blocks of about 4 MiB that begin and end between rows. Rows end
 * at line ends outside quotes; empty lines are no rows.
 */
final class CsvBlocks {
  private static final int BLOCK = 4 << 20;
  private static final int LONGEST_ROW = 16 << 20;
  private static final int WINDOW = 256 << 10;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final OpenFile file;
  private final byte separator;
  private long[] offsets = new long[16];
  private long[] rows = new long[16];
  private long[] lines = new long[16];
  private int count;

  private final long begin;
  private long at;
  private long line = 1;
  private long row;
  private long rowBegin;
  private long rowLine = 1;
  private boolean isQuoted;
  private boolean isFieldBegin = true;
  private boolean isAfterQuote;
  private boolean isAfterReturn;

  private CsvBlocks(OpenFile file, byte separator) {
    this.file = file;
    this.separator = separator;
    this.begin = begin(file);
    this.at = begin;
    this.rowBegin = begin;
  }

  /** Where the text of a file begins: behind a byte order mark. */
  static long begin(OpenFile file) {
    byte[] first = new byte[(int) Math.min(BYTE_ORDER_MARK.length, file.size())];
    file.read(ByteBuffer.wrap(first), 0);
    return Arrays.equals(first, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  /** Goes through a file. */
  static CsvBlocks scan(OpenFile file, byte separator) {
    CsvBlocks blocks = new CsvBlocks(file, separator);
    blocks.scan();
    return blocks;
  }

  private void scan() {
    add(begin, 0, 1);
    byte[] window = new byte[Math.clamp(file.size(), 1, WINDOW)];
    while (at < file.size()) {
      int length = (int) Math.min(window.length, file.size() - at);
      file.read(ByteBuffer.wrap(window, 0, length), at);
      for (int i = 0; i < length; i++) {
        next(window[i]);
      }
      requireShort();
    }
    if (at > rowBegin) {
      row++;
    }
    add(file.size(), row, line);
  }

  private void requireShort() {
    if (at - rowBegin > LONGEST_ROW) {
      throw new FormatException(
          file.name(),
          rowBegin,
          "line %,d: a row has more than %,d bytes. A quote may not be closed; check the file"
              .formatted(rowLine, LONGEST_ROW));
    }
  }

  private void next(byte b) {
    at++;
    boolean returned = isAfterReturn;
    isAfterReturn = false;
    if (isQuoted) {
      if (b == '"') {
        isQuoted = false;
        isAfterQuote = true;
      } else if (b == '\r' || b == '\n' && !returned) {
        line++;
      }
      isAfterReturn = b == '\r';
      return;
    }
    boolean reopened = isAfterQuote && b == '"';
    isAfterQuote = false;
    if (b == '"' && (isFieldBegin || reopened)) {
      isQuoted = true;
      isFieldBegin = false;
    } else if (b == '\n' && returned && at == rowBegin + 1) {
      // The second half of a line end.
      rowBegin = at;
      moveBlock();
    } else if (b == '\n' || b == '\r') {
      endRow(b);
    } else {
      isFieldBegin = b == separator;
    }
  }

  private void endRow(byte b) {
    line++;
    if (at - rowBegin > 1) {
      row++;
    }
    isAfterReturn = b == '\r';
    isFieldBegin = true;
    rowBegin = at;
    rowLine = line;
    if (at - offsets[count - 1] >= BLOCK) {
      add(at, row, line);
    }
  }

  /** A block that was to begin between the halves of a line end begins behind them. */
  private void moveBlock() {
    if (count > 1 && offsets[count - 1] == at - 1) {
      offsets[count - 1] = at;
    }
  }

  private void add(long offset, long firstRow, long firstLine) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      rows = Arrays.copyOf(rows, 2 * count);
      lines = Arrays.copyOf(lines, 2 * count);
    }
    offsets[count] = offset;
    rows[count] = firstRow;
    lines[count] = firstLine;
    count++;
  }

  /** Rows in all, that of names too. */
  long rowCount() {
    return rows[count - 1];
  }

  /** How many blocks there are. */
  int blockCount() {
    return count - 1;
  }

  /** Where a block begins; of the number of blocks, where the last ends. */
  long offset(int block) {
    return offsets[block];
  }

  /** The first row of a block; of the number of blocks, the number of rows. */
  long firstRow(int block) {
    return rows[block];
  }

  /** The line at which a block begins, from 1. */
  long firstLine(int block) {
    return lines[block];
  }

  /** The block that holds a row. */
  int find(long wanted) {
    int found = Arrays.binarySearch(rows, 0, count, wanted);
    if (found < 0) {
      return -found - 2;
    }
    // Of several blocks that begin with it, the last holds it: the others have no rows.
    while (found + 1 < count - 1 && rows[found + 1] == wanted) {
      found++;
    }
    return found;
  }
}
