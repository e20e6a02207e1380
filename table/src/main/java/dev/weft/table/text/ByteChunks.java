package dev.weft.table.text;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in memory, which may be more than an array holds. */
final class ByteChunks extends OutputStream {
  private static final int CHUNK = 256 << 10;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] chunk = new byte[CHUNK];
  private int length;

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    for (int done = 0; done < count; ) {
      if (length == CHUNK) {
        full.add(chunk);
        chunk = new byte[CHUNK];
        length = 0;
      }
      int step = Math.min(count - done, CHUNK - length);
      System.arraycopy(from, offset + done, chunk, length, step);
      length += step;
      done += step;
    }
  }

  List<byte[]> all() {
    List<byte[]> all = new ArrayList<>(full);
    all.add(Arrays.copyOf(chunk, length));
    return all;
  }
}
