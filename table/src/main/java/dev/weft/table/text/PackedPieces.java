package dev.weft.table.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a file once, and cuts it into its parts. Whoever asks for the next one unpacks it, while
 * others parse those before. Parts that are passed over wait in memory, since they are asked for
 * soon, unless they are too many; one that is gone is unpacked from the begin of the file.
 */
final class PackedPieces implements TextPieces {
  /** The part of the heap that waiting parts may take. */
  private static final int SHARE = 8;

  private final PackedParts parts;
  private final Map<Integer, Waiting> waiting = new HashMap<>();
  private long waitingBytes;
  private @Nullable Cutting cutting;
  private boolean isClosed;

  PackedPieces(PackedParts parts) {
    this.parts = parts;
  }

  /** A part that was passed over. */
  private record Waiting(Piece piece, long bytes) {}

  @Override
  public synchronized Piece open(int part) throws IOException {
    if (isClosed) {
      throw new IOException(parts.file().name() + ": no more of it is wanted");
    }
    Waiting before = waiting.remove(part);
    if (before != null) {
      waitingBytes -= before.bytes;
      return before.piece;
    }
    try {
      Cutting now = cutting;
      if (now == null || now.next > part) {
        stop();
        now = new Cutting(parts);
        cutting = now;
      }
      while (now.next < part) {
        pass(now);
      }
      Piece piece = now.next();
      if (part == parts.count() - 1) {
        // The rest is read, and closed, by whoever asked for it.
        cutting = null;
      }
      return piece;
    } catch (IOException e) {
      stop();
      throw parts.file().unreadable(e);
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  private void pass(Cutting now) throws IOException {
    int number = now.next;
    Piece piece = now.next();
    long bytes = piece.part().to() - piece.part().from();
    if (waitingBytes + bytes <= Runtime.getRuntime().maxMemory() / SHARE
        && waiting.putIfAbsent(number, new Waiting(piece, bytes)) == null) {
      waitingBytes += bytes;
    }
  }

  private void stop() throws IOException {
    Cutting now = cutting;
    cutting = null;
    if (now != null) {
      now.text.close();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    waiting.clear();
    try {
      stop();
    } catch (IOException e) {
      // It was only read, and no more of it is wanted.
    }
  }

  /** One way through the text. */
  private static final class Cutting extends RowScan.Window {
    private final PackedParts parts;
    private final InputStream text;
    private final RowScan scan;
    private ByteChunks piece = new ByteChunks();

    /** The part that comes next, and where it begins in the text. */
    private int next;

    private long begin;

    /** What is before it, is in a piece already. */
    private long taken;

    Cutting(PackedParts parts) throws IOException {
      this.parts = parts;
      this.text = parts.file().text();
      this.scan = new RowScan(parts.isQuoting(), parts.separator(), 0);
    }

    Piece next() throws IOException {
      long from = begin;
      next++;
      if (next == parts.count()) {
        take(base + length);
        long about = Math.max(taken, parts.textBytes());
        return new Piece(
            new TextPart(parts.file(), from, about), new SequenceInputStream(stream(), text));
      }
      begin = scan.next(this, parts.begin() + next * parts.partBytes());
      take(begin);
      return new Piece(new TextPart(parts.file(), from, begin), stream());
    }

    /** The bytes that are in the piece, which begins anew. */
    private InputStream stream() {
      List<InputStream> chunks = new ArrayList<>();
      piece.all().forEach(chunk -> chunks.add(new ByteArrayInputStream(chunk)));
      piece = new ByteChunks();
      return new SequenceInputStream(Collections.enumeration(chunks));
    }

    /** Puts the bytes of the window up to a place into the piece. */
    private void take(long to) {
      piece.write(bytes, (int) (taken - base), (int) (to - taken));
      taken = to;
    }

    @Override
    int read(long from) throws IOException {
      take(base + length);
      return text.readNBytes(bytes, 0, bytes.length);
    }

    @Override
    boolean canSkip() {
      return false;
    }
  }
}
