package dev.weft.table.text;

import dev.weft.io.binary.OpenFile;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a part of a file, which is closed with them. */
final class FileBytes extends InputStream {
  private final OpenFile file;
  private final long end;
  private long at;

  FileBytes(OpenFile file, long from, long to) {
    this.file = file;
    this.at = from;
    this.end = to;
  }

  /** Where the next byte is in the file. */
  long at() {
    return at;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int count = (int) Math.min(length, end - at);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    // OpenFile.read takes the limit of a buffer for its length.
    file.read(ByteBuffer.wrap(target, offset, count).slice(), at);
    at += count;
    return count;
  }

  @Override
  public void close() {
    file.close();
  }
}
