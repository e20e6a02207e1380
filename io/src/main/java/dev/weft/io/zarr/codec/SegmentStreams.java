package dev.weft.io.zarr.codec;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory as streams. */
final class SegmentStreams {
  private SegmentStreams() {}

  /** Reads memory from its begin to its end. */
  static final class Input extends InputStream {
    private final MemorySegment memory;
    private long at;

    Input(MemorySegment memory) {
      this.memory = memory;
    }

    @Override
    public int read() {
      return at == memory.byteSize() ? -1 : memory.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, memory.byteSize() - at);
      if (count == 0) {
        return length == 0 ? 0 : -1;
      }
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, target, offset, count);
      at += count;
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, memory.byteSize() - at);
    }
  }

  /** Writes to memory from its begin on. */
  static final class Output extends OutputStream {
    private final MemorySegment memory;
    private long at;

    Output(MemorySegment memory) {
      this.memory = memory;
    }

    /** Bytes so far. */
    long count() {
      return at;
    }

    @Override
    public void write(int value) {
      memory.set(ValueLayout.JAVA_BYTE, at++, (byte) value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, at, length);
      at += length;
    }
  }
}
