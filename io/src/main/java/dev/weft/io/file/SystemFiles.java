package dev.weft.io.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.EnumSet;
import java.util.Set;

/** The operations of the JDK, and space reservation of the operating system. */
final class SystemFiles implements FileOperations {
  private static final int ZEROS = 1 << 20;

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }

  @Override
  public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return FileChannel.open(file, options, attributes);
  }

  @Override
  public long size(FileChannel channel) throws IOException {
    return channel.size();
  }

  @Override
  public void read(FileChannel channel, ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("the file ends at " + at);
      }
      at += count;
    }
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void reserve(Path file, FileChannel channel, long size) throws IOException {
    if (size == 0 || LinuxReservation.reserve(file, size)) {
      return;
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
    for (long at = 0; at < size; at += zeros.capacity()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
      write(channel, zeros, at);
    }
  }

  @Override
  public MemorySegment map(FileChannel channel, MapMode mode, long offset, long size, Arena arena)
      throws IOException {
    return channel.map(mode, offset, size, arena);
  }

  @Override
  public void force(MemorySegment mapped) throws IOException {
    try {
      mapped.force();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close(FileChannel channel) throws IOException {
    channel.close();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
  }

  @Override
  public boolean exchange(Path one, Path other) throws IOException {
    return LinuxExchange.exchange(one, other);
  }
}
