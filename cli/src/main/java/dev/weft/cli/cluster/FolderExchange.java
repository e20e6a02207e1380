package dev.weft.cli.cluster;

import dev.weft.core.error.DeviceException;
import dev.weft.core.slice.ChunkExchange;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * Chunks in a folder that processes share, a file each. A file has its name when it is complete,
 * and ends with a checksum; one that is damaged nevertheless, as by a machine that has lost its
 * power, is removed when it is read, and so is made again. Safe for many threads and processes.
 */
public final class FolderExchange implements ChunkExchange {
  /** Files of one folder: more are listed slowly. */
  private static final int GROUP = 4096;

  private static final String FINISHED = "finished";
  private static final String UNNAMED = ".tmp";

  private final Path folder;
  private final Map<Integer, BitSet> known = new ConcurrentHashMap<>();

  /** The chunks in {@code folder}, which is made when the first one is left. */
  public FolderExchange(Path folder) {
    this.folder = folder;
  }

  private Path group(int array, long group) {
    return folder.resolve("array-" + array).resolve(Long.toString(group));
  }

  private Path file(int array, long chunk) {
    return group(array, chunk / GROUP).resolve(Long.toString(chunk));
  }

  @Override
  public void get(int array, long chunk, MemorySegment target) throws IOException {
    Path file = file(array, chunk);
    boolean whole;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(Long.BYTES);
      whole =
          channel.size() == target.byteSize() + Long.BYTES
              && isFilled(channel, target)
              && channel.read(end, target.byteSize()) == Long.BYTES
              && end.getLong(0) == sum(target);
    } catch (NoSuchFileException e) {
      forget(array, chunk);
      throw e;
    }
    if (!whole) {
      Files.deleteIfExists(file);
      forget(array, chunk);
      throw new NoSuchFileException(file.toString(), null, "it was damaged, and is removed");
    }
  }

  private static boolean isFilled(FileChannel channel, MemorySegment target) throws IOException {
    long at = 0;
    while (at < target.byteSize()) {
      long part = Math.min(1 << 30, target.byteSize() - at);
      int read = channel.read(target.asSlice(at, part).asByteBuffer(), at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  private static long sum(MemorySegment bytes) {
    CRC32C sum = new CRC32C();
    for (long at = 0; at < bytes.byteSize(); at += 1 << 30) {
      sum.update(bytes.asSlice(at, Math.min(1 << 30, bytes.byteSize() - at)).asByteBuffer());
    }
    return sum.getValue();
  }

  @Override
  public void put(int array, long chunk, MemorySegment bytes) throws IOException {
    Path file = file(array, chunk);
    if (!Files.exists(file) && !isFinished()) {
      write(file, bytes);
    }
    mark(array, chunk, true);
  }

  private void write(Path file, MemorySegment bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Path unnamed = file.resolveSibling(UUID.randomUUID() + UNNAMED);
    try {
      try (FileChannel channel =
          FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (long at = 0; at < bytes.byteSize(); at += 1 << 30) {
          long part = Math.min(1 << 30, bytes.byteSize() - at);
          all(channel, bytes.asSlice(at, part).asByteBuffer());
        }
        all(channel, ByteBuffer.allocate(Long.BYTES).putLong(0, sum(bytes)));
      }
      // One that another process has given the name meanwhile has the same bytes.
      Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unnamed);
      throw e;
    }
  }

  private static void all(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void mark(int array, long chunk, boolean there) {
    BitSet chunks = known.computeIfAbsent(array, key -> new BitSet());
    synchronized (chunks) {
      chunks.set(Math.toIntExact(chunk), there);
    }
  }

  private void forget(int array, long chunk) {
    mark(array, chunk, false);
  }

  /** Whether a chunk was there when the folder was looked at last. */
  public boolean has(int array, long chunk) {
    BitSet chunks = known.get(array);
    if (chunks == null) {
      return false;
    }
    synchronized (chunks) {
      return chunks.get(Math.toIntExact(chunk));
    }
  }

  /** Looks at what is there of an array that has so many chunks; groups that are complete stay. */
  public void look(int array, long count) {
    BitSet chunks = known.computeIfAbsent(array, key -> new BitSet());
    for (long group = 0; group * GROUP < count; group++) {
      int first = Math.toIntExact(group * GROUP);
      int end = (int) Math.min(count, first + GROUP);
      synchronized (chunks) {
        if (chunks.nextClearBit(first) >= end) {
          continue;
        }
      }
      list(chunks, array, group);
    }
  }

  private void list(BitSet chunks, int array, long group) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(group(array, group))) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(UNNAMED)) {
          synchronized (chunks) {
            chunks.set(Integer.parseInt(name));
          }
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      throw new DeviceException(
          "read %s, where the slices of the job meet: %s. Check the folder and the network"
              .formatted(folder, e),
          e);
    }
  }

  /** Whether a file is one of these chunks. */
  boolean isWithin(String file) {
    return Path.of(file).startsWith(folder);
  }

  /** Whether the results have been written. */
  public boolean isFinished() {
    return Files.exists(folder.resolve(FINISHED));
  }

  /** Notes that the results have been written, and removes the chunks. */
  public void finish() {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(FINISHED), "");
      try (DirectoryStream<Path> arrays = Files.newDirectoryStream(folder, "array-*")) {
        for (Path array : arrays) {
          Trees.delete(array, FileOperations.SYSTEM);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new DeviceException(
          "the results are complete, but the chunks in %s cannot be removed: %s. Remove them yourself"
              .formatted(folder, e),
          e);
    }
  }
}
