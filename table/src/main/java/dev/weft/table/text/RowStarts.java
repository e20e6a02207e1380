package dev.weft.table.text;

import dev.weft.io.binary.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The parts of a file that is not compressed. All bytes before a part are gone through once, where
 * quotes matter, and no further than has been asked for; then any part can be opened by itself.
 */
final class RowStarts implements TextParts {
  private final TextFile file;
  private final RowScan scan;
  private final long begin;
  private final long partBytes;
  private final long[] starts;
  private int known = 1;

  /**
   * The parts of a file.
   *
   * @param begin where the first row begins in the file
   */
  RowStarts(TextFile file, boolean isQuoting, char separator, long begin, long partBytes) {
    this.file = file;
    this.scan = new RowScan(isQuoting, separator, begin);
    this.begin = begin;
    this.partBytes = partBytes;
    long parts = Math.max(1, (file.size() - begin + partBytes - 1) / partBytes);
    this.starts = new long[Math.toIntExact(parts)];
    this.starts[0] = begin;
  }

  @Override
  public int count() {
    return starts.length;
  }

  @Override
  public TextPieces pieces() {
    return new TextPieces() {
      @Override
      public Piece open(int part) throws IOException {
        TextPart of = new TextPart(file, start(part), start(part + 1));
        return new Piece(of, of.bytes());
      }

      @Override
      public void close() {
        // Each piece is opened and closed by itself.
      }
    };
  }

  /** Where a part begins in the file; of the number of parts, where the last ends. */
  private synchronized long start(int part) throws IOException {
    if (part == starts.length) {
      return file.size();
    }
    if (part >= known) {
      try (OpenFile open = file.open()) {
        RowScan.Window window = window(open);
        for (; known <= part; known++) {
          starts[known] = scan.next(window, begin + known * partBytes);
        }
      }
    }
    return starts[part];
  }

  private RowScan.Window window(OpenFile open) {
    return new RowScan.Window() {
      @Override
      int read(long from) {
        int count = (int) Math.min(bytes.length, file.size() - from);
        if (count > 0) {
          open.read(ByteBuffer.wrap(bytes, 0, count), from);
        }
        return count;
      }

      @Override
      boolean canSkip() {
        return true;
      }
    };
  }
}
