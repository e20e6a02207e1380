package dev.weft.io.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import javax.imageio.stream.ImageInputStreamImpl;

/** Mapped bytes as the JDK reads images, behind a begin that may be another than the file's. */
final class SegmentInput extends ImageInputStreamImpl {
  private final MemorySegment begin;
  private final MemorySegment bytes;

  SegmentInput(byte[] begin, MemorySegment bytes) {
    this.begin = MemorySegment.ofArray(begin.clone());
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= bytes.byteSize()) {
      return -1;
    }
    MemorySegment from = streamPos < begin.byteSize() ? begin : bytes;
    return from.get(ValueLayout.JAVA_BYTE, streamPos++) & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.byteSize()) {
      return -1;
    }
    MemorySegment from = streamPos < begin.byteSize() ? begin : bytes;
    int count = (int) Math.min(length, from.byteSize() - streamPos);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.byteSize();
  }
}
