package dev.weft.core.spill;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one chunk on disk: a header with their number and checksum, and the bytes. Whatever
 * is not as it was written is an error when it is read.
 */
final class SpillFile implements DeviceBuffer {
  private static final long MAGIC = 0x5745_4654_5350_4c31L;
  private static final int HEADER = 3 * Long.BYTES;

  /** A buffer cannot be longer than 2^31 bytes, and a shorter one is checked while it is warm. */
  private static final long PIECE = 1 << 20;

  private final SpillFolder folder;
  private final long bytes;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Path path;

  /** A file that is written later. */
  SpillFile(SpillFolder folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public @Nullable MemorySegment host() {
    return null;
  }

  /** Writes the whole file. */
  void write(MemorySegment from) {
    Path file = null;
    try {
      file = folder.next();
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              SpillFolder.permissions("rw-------"))) {
        CRC32C sum = new CRC32C();
        long position = HEADER;
        for (long at = 0; at < from.byteSize(); at += PIECE) {
          ByteBuffer piece = piece(from, at);
          sum.update(piece.duplicate());
          position += writeAll(channel, piece, position);
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putLong(from.byteSize()).putLong(sum.getValue()).flip();
        writeAll(channel, header, 0);
      }
      path = file;
    } catch (IOException e) {
      discard(file);
      throw new DeviceException(
          "%,d bytes cannot be kept on disk below %s: %s; free space there, name another folder, or raise the memory limit"
              .formatted(from.byteSize(), folder.parent(), e.getMessage()),
          e);
    }
  }

  private static ByteBuffer piece(MemorySegment memory, long at) {
    return memory.asSlice(at, Math.min(PIECE, memory.byteSize() - at)).asByteBuffer();
  }

  private static long writeAll(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    return at - position;
  }

  private static void discard(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException kept) {
      // The folder is removed with all that is in it when the session ends.
      return;
    }
  }

  /**
   * Reads the whole file.
   *
   * @throws DeviceException when it is not as it was written
   */
  void read(MemorySegment to) {
    Path file = path;
    if (file == null) {
      throw new InternalException("a file is read that was not written");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      readAll(channel, header, 0);
      header.flip();
      boolean known = header.getLong() == MAGIC && header.getLong() == to.byteSize();
      if (!known || channel.size() != HEADER + to.byteSize()) {
        throw damaged(file, "its header or length is wrong", null);
      }
      CRC32C sum = new CRC32C();
      long position = HEADER;
      for (long at = 0; at < to.byteSize(); at += PIECE) {
        ByteBuffer piece = piece(to, at);
        position += readAll(channel, piece, position);
        sum.update(piece.flip());
      }
      if (sum.getValue() != header.getLong()) {
        throw damaged(file, "its checksum is wrong", null);
      }
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static long readAll(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException("it ends after %,d bytes".formatted(at));
      }
      at += read;
    }
    return at - position;
  }

  private static DeviceException damaged(Path file, String how, @Nullable Throwable cause) {
    return new DeviceException(
        "the file %s, in which a part of an array was kept, cannot be read back: %s"
            .formatted(file, how),
        cause);
  }

  /** Where the bytes are, null before they are written. */
  @Nullable Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      throw new InternalException("a spilled chunk is given back twice");
    }
    discard(path);
  }
}
