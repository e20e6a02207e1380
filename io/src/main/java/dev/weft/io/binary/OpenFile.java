package dev.weft.io.binary;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Identity;
import dev.weft.core.expr.Leases;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.FileVersion;
import dev.weft.io.object.ObjectLookups;
import dev.weft.io.object.ObjectPath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open for reading, and what was mapped of it. Safe for use by several threads. One
 * that is forgotten is closed by the garbage collector.
 */
public final class OpenFile implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Path path;
  private final FileVersion version;
  private final long size;
  private final Opened opened;
  private final Cleaner.Cleanable close;
  private final Leases leases = new Leases();

  /** What must be closed; knows nothing of the file object, which may be forgotten. */
  private record Opened(FileOperations operations, FileChannel channel, Arena arena)
      implements Runnable {
    @Override
    public void run() {
      arena.close();
      closeQuietly(operations, channel);
    }
  }

  private static void closeQuietly(FileOperations operations, FileChannel channel) {
    try {
      operations.close(channel);
    } catch (IOException e) {
      // The file was only read, and nothing more is wanted from it.
    }
  }

  private OpenFile(Path path, FileVersion version, long size, Opened opened) {
    this.path = path;
    this.version = version;
    this.size = size;
    this.opened = opened;
    this.close = CLEANER.register(this, opened);
  }

  /**
   * Opens a file.
   *
   * @throws UsageException when there is none, or it may not be read
   */
  public static OpenFile open(Path path, FileOperations operations) {
    return ObjectLookups.once(() -> opened(path, operations));
  }

  private static OpenFile opened(Path path, FileOperations operations) {
    requireFile(path);
    try {
      FileVersion version = new FileVersion(path, operations);
      FileChannel channel = operations.open(path, StandardOpenOption.READ);
      try {
        long size = operations.size(channel);
        Opened opened = new Opened(operations, channel, Arena.ofShared());
        return new OpenFile(path, version.opened(), size, opened);
      } catch (IOException | RuntimeException e) {
        closeQuietly(operations, channel);
        throw e;
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static void requireFile(Path path) {
    if (!Files.exists(path)) {
      throw new UsageException("read %s: there is no such file. Check the path".formatted(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new UsageException(
          "read %s: this is %s, not a file. Name a file"
              .formatted(path, Files.isDirectory(path) ? "a directory" : "a device or a pipe"));
    }
    if (!Files.isReadable(path)) {
      throw new UsageException(
          "read %s: reading is not permitted. Change the file's permissions".formatted(path));
    }
  }

  private static DeviceException failed(Path path, IOException e) {
    return new DeviceException(
        "read %s: %s. %s"
            .formatted(
                path,
                AtomicFile.why(e),
                path instanceof ObjectPath
                    ? "Run again"
                    : "Check the disk and the permissions of the file"),
        e);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Its name for people. */
  public String name() {
    return path.toString();
  }

  /** What it was when it was opened; holds nothing open. */
  public FileVersion version() {
    return version;
  }

  /** Bytes in it when it was opened. */
  public long size() {
    return size;
  }

  /**
   * Fills the buffer from a position.
   *
   * @throws DeviceException when the disk fails, or the file is shorter by now
   */
  public void read(ByteBuffer target, long position) {
    requireOpen();
    try {
      opened.operations.read(opened.channel, target, position);
    } catch (IOException e) {
      requireOpen();
      requireSize(position + target.limit());
      throw failed(path, e);
    }
  }

  /** Whether parts of it can be mapped; of an object they are read, by requests. */
  public boolean isMappable() {
    return !(path instanceof ObjectPath);
  }

  /**
   * Maps a part of the file, until it is closed.
   *
   * @throws UsageException when it lies in an object store
   */
  public MemorySegment map(long offset, long bytes) {
    requireOpen();
    if (!isMappable()) {
      throw new UsageException(
          "read %s: files of this format are mapped, and objects cannot be. Copy it to a file first: aws s3 cp %s FILE"
              .formatted(path, path));
    }
    if (bytes == 0) {
      return opened.arena.allocate(0);
    }
    try {
      return opened.operations.map(opened.channel, MapMode.READ_ONLY, offset, bytes, opened.arena);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /**
   * Memory of a file without a name, until this one is closed: for what must be unpacked before it
   * can be read, and may be larger than memory.
   *
   * @throws DeviceException when there is no room for it
   */
  public MemorySegment unpacked(long bytes) {
    if (bytes == 0) {
      return allocate(0);
    }
    try {
      Path place = Files.createTempFile("weft-", ".unpacked");
      try (FileChannel channel =
          FileChannel.open(
              place,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        opened.operations.reserve(place, channel, bytes);
        // What is mapped stays, and goes with the arena.
        return channel.map(MapMode.READ_WRITE, 0, bytes, opened.arena);
      }
    } catch (IOException e) {
      throw new DeviceException(
          "read %s: it is unpacked to a temporary file, and there is no room for %,d bytes: %s. Free space there, or set -Djava.io.tmpdir=FOLDER"
              .formatted(path, bytes, e.getMessage()),
          e);
    }
  }

  /** Memory until the file is closed. */
  public MemorySegment allocate(long bytes) {
    return opened.arena.allocate(bytes, Long.BYTES);
  }

  /**
   * Checks that the file was not shortened.
   *
   * @param end the bytes that it must have at least
   */
  public void requireSize(long end) {
    requireOpen();
    long now;
    try {
      now = opened.operations.size(opened.channel);
    } catch (IOException e) {
      requireOpen();
      throw failed(path, e);
    }
    if (now < end) {
      version.requireSame();
      throw new DeviceException(
          "read %s: the file was shortened to %,d bytes while it was open, and what is read ends at %,d. Leave it alone, and run again"
              .formatted(path, now, end));
    }
  }

  /** Checks that it was not closed. */
  public void requireOpen() {
    if (!opened.arena.scope().isAlive()) {
      throw closed();
    }
  }

  private UsageException closed() {
    return new UsageException(
        "read %s: the source is closed. Keep it open until the result is computed".formatted(path));
  }

  /**
   * Stands for the elements of one of the file's arrays.
   *
   * @param inside the name of the array, and how its elements are read
   */
  public @Nullable Identity identity(String inside) {
    return version.identity() instanceof Identity.OfFile file
        ? new Identity.OfFile(file.path() + "#" + inside, file.key(), file.modified(), file.size())
        : null;
  }

  /** Begins a use, until whose end the file stays open. */
  public Runnable lease() {
    if (!leases.begin()) {
      throw closed();
    }
    return () -> {
      if (leases.end()) {
        close.clean();
      }
    };
  }

  /** Ends the mapping and closes the file, after the last use. */
  @Override
  public void close() {
    if (leases.close()) {
      close.clean();
    }
  }
}
