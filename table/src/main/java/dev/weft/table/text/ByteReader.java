package dev.weft.table.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Bytes as characters from 0 to 255, undecoded: numbers need no decoding, and only those texts are
 * decoded that are kept.
 */
public final class ByteReader extends Reader {
  private static final int WINDOW = 64 << 10;

  private final InputStream bytes;
  private final byte[] window = new byte[WINDOW];

  /** Of bytes that are closed with this. */
  public ByteReader(InputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = bytes.read(window, 0, Math.min(length, WINDOW));
    for (int i = 0; i < count; i++) {
      target[offset + i] = (char) (window[i] & 0xFF);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
