package dev.weft.testkit.file;

import dev.weft.testkit.file.FileFaults.Call;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file of a {@link FaultyFileSystem}. */
final class FaultyChannel extends FileChannel {
  private final FileChannel real;
  private final Check check;
  private final Runnable onClose;

  /** Throws what the next call is to fail with. */
  @FunctionalInterface
  interface Check {
    void before(Call call) throws IOException;
  }

  FaultyChannel(FileChannel real, Check check, Runnable onClose) {
    this.real = real;
    this.check = check;
    this.onClose = onClose;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    check.before(Call.READ);
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    check.before(Call.READ);
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    check.before(Call.READ);
    return real.read(target, position);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    check.before(Call.WRITE);
    return real.write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    check.before(Call.WRITE);
    return real.write(sources, offset, length);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    check.before(Call.WRITE);
    return real.write(source, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    check.before(Call.SIZE);
    return real.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    check.before(Call.WRITE);
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    check.before(Call.FORCE);
    real.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    check.before(Call.READ);
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    check.before(Call.WRITE);
    return real.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    check.before(Call.MAP);
    return real.map(mode, position, size);
  }

  @Override
  public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
    check.before(Call.MAP);
    return real.map(mode, offset, size, arena);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
    onClose.run();
    check.before(Call.CLOSE);
  }
}
