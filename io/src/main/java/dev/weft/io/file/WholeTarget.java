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
import org.jspecify.annotations.Nullable;

/**
 * A file that appears complete or not at all, of a format into which an array is turned as a whole:
 * it is in memory until it is written.
 */
public final class WholeTarget implements ArrayTarget {
  private final AtomicFile file;
  private final FileOperations operations;
  private final Encoding encoding;
  private @Nullable Output output;

  /** Turns an array into the bytes of a file. */
  public interface Encoding {
    /**
     * Checks that the format has such arrays.
     *
     * @param file what is to be written, for messages
     * @throws UsageException when it has not
     */
    void require(String file, DType dtype, Shape shape);

    /** Writes the elements, dense and in C order. */
    void write(DType dtype, Shape shape, MemorySegment elements, Bytes to) throws IOException;
  }

  /** Where bytes go, one after the other. */
  @FunctionalInterface
  public interface Bytes {
    /** Adds some. */
    void append(byte[] bytes) throws IOException;
  }

  /** What is to be written. */
  private record Output(
      AtomicFile.Draft draft, Arena arena, DType dtype, Shape shape, MemorySegment data) {}

  /** A target that writes to a file. */
  public WholeTarget(AtomicFile file, FileOperations operations, Encoding encoding) {
    this.file = file;
    this.operations = operations;
    this.encoding = encoding;
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(file.path(), reason));
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused("the target is open already. Use one target per job");
    }
    encoding.require(file.path().toString(), dtype, shape);
    AtomicFile.Draft draft = file.begin();
    Arena arena = Arena.ofShared();
    try {
      long bytes = Math.multiplyExact(shape.size(), (long) dtype.itemSize());
      MemorySegment data = arena.allocate(bytes, Long.BYTES);
      output = new Output(draft, arena, dtype, shape, data);
      return data;
    } catch (ArithmeticException | OutOfMemoryError | IllegalArgumentException e) {
      arena.close();
      draft.discard(e);
      throw new DeviceException(
          "write %s: there is no memory for %s %s, which is whole in it before it is written. Write .npy"
              .formatted(file.path(), dtype, shape),
          e);
    }
  }

  @Override
  public void commit() {
    Output written = output;
    if (written == null) {
      throw refused("nothing is open. Call open first");
    }
    output = null;
    try {
      written.draft.step("writing the data", () -> write(written));
      written.draft.step("flushing the data", () -> operations.force(written.draft.channel()));
      written.arena.close();
      written.draft.publish();
    } catch (RuntimeException | Error e) {
      discard(written, e);
      throw e;
    }
    written.draft.secure();
  }

  private void write(Output written) throws IOException {
    long[] position = {0};
    encoding.write(
        written.dtype,
        written.shape,
        written.data,
        bytes -> {
          operations.write(written.draft.channel(), ByteBuffer.wrap(bytes), position[0]);
          position[0] += bytes.length;
        });
  }

  @Override
  public void abort() {
    Output abandoned = output;
    if (abandoned != null) {
      output = null;
      discard(abandoned, null);
    }
  }

  private static void discard(Output abandoned, @Nullable Throwable cause) {
    if (abandoned.arena.scope().isAlive()) {
      abandoned.arena.close();
    }
    abandoned.draft.discard(cause);
  }
}
