package dev.weft.io.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;

/** The file system with a fault in its k-th call, counted from 0; a negative k has none. */
public final class FaultyFiles implements FileOperations {
  private final int fault;
  private final boolean exchanges;
  private final List<String> calls = new ArrayList<>();
  private final List<FileChannel> channels = new ArrayList<>();

  /** Fails call {@code fault}. */
  public FaultyFiles(int fault) {
    this(fault, true);
  }

  /**
   * Fails call {@code fault}.
   *
   * @param exchanges whether the system can exchange two names
   */
  public FaultyFiles(int fault, boolean exchanges) {
    this.fault = fault;
    this.exchanges = exchanges;
  }

  /** The names of the calls so far. */
  public List<String> calls() {
    return calls;
  }

  /** Whether every file that was opened is closed. */
  public boolean allClosed() {
    return channels.stream().noneMatch(FileChannel::isOpen);
  }

  private void call(String name) throws IOException {
    calls.add(name);
    if (calls.size() - 1 == fault) {
      throw new IOException("injected fault in " + name);
    }
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    call("open");
    FileChannel channel = SYSTEM.open(file, options);
    channels.add(channel);
    return channel;
  }

  @Override
  public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
    call("create");
    FileChannel channel = SYSTEM.create(file, attributes);
    channels.add(channel);
    return channel;
  }

  @Override
  public long size(FileChannel channel) throws IOException {
    call("size");
    return SYSTEM.size(channel);
  }

  @Override
  public void read(FileChannel channel, ByteBuffer target, long position) throws IOException {
    call("read");
    SYSTEM.read(channel, target, position);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    call("write");
    SYSTEM.write(channel, bytes, position);
  }

  @Override
  public void reserve(Path file, FileChannel channel, long size) throws IOException {
    call("reserve");
    SYSTEM.reserve(file, channel, size);
  }

  @Override
  public MemorySegment map(FileChannel channel, MapMode mode, long offset, long size, Arena arena)
      throws IOException {
    call("map");
    return SYSTEM.map(channel, mode, offset, size, arena);
  }

  @Override
  public void force(MemorySegment mapped) throws IOException {
    call("force mapped");
    SYSTEM.force(mapped);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    call("force");
    SYSTEM.force(channel);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    call("force directory");
    SYSTEM.forceDirectory(directory);
  }

  @Override
  public void close(FileChannel channel) throws IOException {
    call("close");
    SYSTEM.close(channel);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    call("rename");
    SYSTEM.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    call("delete");
    SYSTEM.delete(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    call("create folder");
    SYSTEM.createFolder(folder);
  }

  @Override
  public boolean exchange(Path one, Path other) throws IOException {
    call("exchange");
    return exchanges && SYSTEM.exchange(one, other);
  }
}
