package dev.weft.io.object;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * An object that is read by ranges; one that is replaced meanwhile is an error, not other bytes.
 */
final class ObjectChannel extends FileChannel {
  private final ReadAhead bytes;
  private final long size;
  private long position;

  ObjectChannel(ObjectStore store, StoredObject object) {
    this.bytes = new ReadAhead(store, object);
    this.size = object.size();
  }

  @Override
  public int read(ByteBuffer target, long from) throws IOException {
    requireOpen();
    if (from >= size) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), size - from);
    if (count > 0) {
      bytes.read(from, MemorySegment.ofBuffer(target.slice(target.position(), count)));
      target.position(target.position() + count);
    }
    return count;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    int count = read(target, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public synchronized long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long all = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = read(targets[i]);
      if (count < 0) {
        return all == 0 ? -1 : all;
      }
      all += count;
    }
    return all;
  }

  @Override
  public synchronized long position() {
    return position;
  }

  @Override
  public synchronized FileChannel position(long to) {
    position = to;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(1 << 20, Math.max(0, count)));
    return read(part, from) <= 0 ? 0 : target.write(part.flip());
  }

  @Override
  public void force(boolean metadata) {}

  @Override
  public FileChannel truncate(long to) {
    throw new NonWritableChannelException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) {
    throw new NonWritableChannelException();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public int write(ByteBuffer source, long to) {
    throw new NonWritableChannelException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new NonWritableChannelException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long count) {
    throw new UnsupportedOperationException("objects are read by ranges, not mapped");
  }

  @Override
  public FileLock lock(long from, long count, boolean shared) {
    throw new UnsupportedOperationException("objects are not locked");
  }

  @Override
  public FileLock tryLock(long from, long count, boolean shared) {
    throw new UnsupportedOperationException("objects are not locked");
  }

  @Override
  protected void implCloseChannel() {}
}
