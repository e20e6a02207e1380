package dev.weft.io.file;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a header and the elements of one array, which appears complete or not at all. Elements
 * are written to mapped memory; the header comes last, so that what a killed JVM leaves is no file
 * of the format.
 */
public final class MappedTarget implements ArrayTarget {
  private final AtomicFile file;
  private final FileOperations operations;
  private final Header header;
  private @Nullable Output output;

  /** Makes what precedes the elements of an array. */
  @FunctionalInterface
  public interface Header {
    /**
     * The bytes before the first element.
     *
     * @throws UsageException when the format has no such arrays
     */
    byte[] of(DType dtype, Shape shape);

    /** The same bytes, as many, when the elements are known. */
    default byte[] complete(byte[] header, MemorySegment data) {
      return header;
    }

    /** What follows the last element. */
    default byte[] after(byte[] header, MemorySegment data) {
      return new byte[0];
    }
  }

  /** What is being written. */
  private record Output(AtomicFile.Draft draft, Arena arena, byte[] header, MemorySegment data) {}

  /** A target that writes to a file. */
  public MappedTarget(AtomicFile file, FileOperations operations, Header header) {
    this.file = file;
    this.operations = operations;
    this.header = header;
  }

  /** The file that commit makes. */
  public Path file() {
    return file.path();
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(file.path(), reason));
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused("the target is open already. Use one target per job");
    }
    byte[] before = header.of(dtype, shape);
    long bytes;
    try {
      bytes = Math.multiplyExact(shape.size(), (long) dtype.itemSize());
      Math.addExact(bytes, (long) before.length);
    } catch (ArithmeticException e) {
      throw new UsageException(
          "write %s: %s %s has more than 2^63-1 bytes".formatted(file.path(), dtype, shape), e);
    }
    AtomicFile.Draft draft = file.begin();
    Arena arena = Arena.ofShared();
    try {
      operations.reserve(draft.path(), draft.channel(), before.length + bytes);
      MemorySegment data =
          bytes == 0
              ? arena.allocate(0)
              : operations.map(draft.channel(), MapMode.READ_WRITE, before.length, bytes, arena);
      output = new Output(draft, arena, before, data);
      return data;
    } catch (IOException e) {
      DeviceException failure =
          new DeviceException(
              "write %s: %,d bytes cannot be reserved: %s%s. Free space or write elsewhere"
                  .formatted(
                      file.path(), before.length + bytes, AtomicFile.why(e), space(draft.path())),
              e);
      discard(draft, arena, failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      discard(draft, arena, e);
      throw e;
    }
  }

  private static String space(Path path) {
    try {
      return " (%,d bytes are free)".formatted(Files.getFileStore(path).getUsableSpace());
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void commit() {
    Output written = output;
    if (written == null) {
      throw refused("nothing is open. Call open first");
    }
    output = null;
    AtomicFile.Draft draft = written.draft;
    try {
      draft.step(
          "flushing the data",
          () -> {
            if (written.data.byteSize() > 0) {
              operations.force(written.data);
            }
          });
      byte[] before = header.complete(written.header, written.data);
      byte[] after = header.after(before, written.data);
      draft.step(
          "writing the header",
          () -> {
            long end = before.length + written.data.byteSize();
            if (after.length > 0) {
              operations.write(draft.channel(), ByteBuffer.wrap(after), end);
            }
            operations.write(draft.channel(), ByteBuffer.wrap(before), 0);
            operations.force(draft.channel());
          });
      written.arena.close();
      draft.publish();
    } catch (RuntimeException | Error e) {
      discard(draft, written.arena, e);
      throw e;
    }
    draft.secure();
  }

  @Override
  public void abort() {
    Output abandoned = output;
    if (abandoned != null) {
      output = null;
      discard(abandoned.draft, abandoned.arena, null);
    }
  }

  /** Removes the temporary file; what fails on the way is added to {@code cause}. */
  private static void discard(AtomicFile.Draft draft, Arena arena, @Nullable Throwable cause) {
    try {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    } catch (IllegalStateException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
    draft.discard(cause);
  }
}
