package dev.weft.io.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The file system of a machine whose power fails before call {@code crash}, counted from 0. Beside
 * the real files it keeps what a disk must have kept of them, as fsync is specified: contents of
 * files that were forced, names in folders that were forced. {@link #afterwards} makes one of the
 * states in which the machine may wake up. After the crash every call fails and changes nothing.
 */
public final class PowerLossFiles implements FileOperations {
  private final int crash;
  private final DurableTree tree;
  private final Map<FileChannel, DurableTree.Node> opened = new HashMap<>();
  private final Map<MemorySegment, DurableTree.Node> mapped = new HashMap<>();
  private int calls;

  /** What is below {@code root} now is durable. */
  public PowerLossFiles(Path root, int crash) throws IOException {
    this.crash = crash;
    this.tree = new DurableTree(root);
  }

  /** How many calls changed files or made them durable. */
  public int calls() {
    return calls;
  }

  /** Writes what the machine may find afterwards to a new folder. */
  public void afterwards(Path folder, SplittableRandom random) throws IOException {
    tree.write(folder, random);
  }

  private synchronized void call() throws IOException {
    if (calls == crash) {
      tree.stop();
    }
    calls++;
    if (tree.isStopped()) {
      throw new IOException("the power has failed");
    }
  }

  @Override
  public FileChannel open(Path file, OpenOption... options) throws IOException {
    FileChannel channel = SYSTEM.open(file, options);
    track(channel, file);
    return channel;
  }

  private synchronized void track(FileChannel channel, Path file) {
    DurableTree.Node node = tree.find(file);
    if (node != null) {
      opened.put(channel, node);
    }
  }

  @Override
  public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
    call();
    FileChannel channel = SYSTEM.create(file, attributes);
    tree.make(file, false);
    track(channel, file);
    return channel;
  }

  @Override
  public long size(FileChannel channel) throws IOException {
    return SYSTEM.size(channel);
  }

  @Override
  public void read(FileChannel channel, ByteBuffer target, long position) throws IOException {
    SYSTEM.read(channel, target, position);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    call();
    SYSTEM.write(channel, bytes, position);
  }

  @Override
  public void reserve(Path file, FileChannel channel, long size) throws IOException {
    call();
    SYSTEM.reserve(file, channel, size);
  }

  @Override
  public MemorySegment map(FileChannel channel, MapMode mode, long offset, long size, Arena arena)
      throws IOException {
    MemorySegment memory = SYSTEM.map(channel, mode, offset, size, arena);
    DurableTree.Node node = opened.get(channel);
    if (mode != MapMode.READ_ONLY && node != null) {
      node.map(offset, size);
      mapped.put(memory, node);
    }
    return memory;
  }

  @Override
  public void force(MemorySegment memory) throws IOException {
    call();
    SYSTEM.force(memory);
    DurableTree.Node node = mapped.get(memory);
    if (node != null) {
      node.forceMapped(memory);
    }
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    call();
    SYSTEM.force(channel);
    DurableTree.Node node = opened.get(channel);
    if (node != null) {
      node.force();
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    call();
    tree.forceNames(directory);
  }

  @Override
  public void close(FileChannel channel) throws IOException {
    SYSTEM.close(channel);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    call();
    tree.remember(to);
    SYSTEM.rename(from, to);
    tree.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    call();
    if (Files.exists(file)) {
      tree.remember(file);
      SYSTEM.delete(file);
      tree.delete(file);
    }
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    call();
    SYSTEM.createFolder(folder);
    tree.make(folder, true);
  }

  @Override
  public boolean exchange(Path one, Path other) throws IOException {
    call();
    boolean exchanged = SYSTEM.exchange(one, other);
    if (exchanged) {
      tree.exchange(one, other);
    }
    return exchanged;
  }

  /** All bytes of a file, whatever they are. */
  static byte[] bytes(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer all = ByteBuffer.allocate((int) channel.size());
      while (all.hasRemaining() && channel.read(all) >= 0) {
        continue;
      }
      return all.array();
    }
  }
}
