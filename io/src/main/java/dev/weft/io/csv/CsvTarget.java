package dev.weft.io.csv;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A file of text with a row of numbers in each line, which appears complete or not at all. The
 * array is whole in memory until it is written.
 */
final class CsvTarget implements ArrayTarget {
  private static final int BUFFER = 256 << 10;

  private final AtomicFile file;
  private final FileOperations operations;
  private final char separator;
  private @Nullable Output output;

  /** What is to be written. */
  private record Output(
      AtomicFile.Draft draft, Arena arena, DType dtype, Shape shape, MemorySegment data) {}

  CsvTarget(AtomicFile file, FileOperations operations, char separator) {
    this.file = file;
    this.operations = operations;
    this.separator = separator;
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(file.path(), reason));
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused("the target is open already. Use one target per job");
    }
    if (shape.rank() < 1 || shape.rank() > 2) {
      throw refused(
          "an array of shape %s is no table; arrays of 1 and 2 axes are. Reshape it, or write .npy"
              .formatted(shape));
    }
    if (dtype.kind() == DType.Kind.COMPLEX) {
      throw refused("%s has no text that others read as numbers. Write .npy".formatted(dtype));
    }
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
      written.draft.step("writing the rows", () -> write(written));
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
    long rows = written.shape.extent(0);
    long columns = written.shape.rank() == 1 ? 1 : written.shape.extent(1);
    StringBuilder text = new StringBuilder();
    long position = 0;
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < columns; column++) {
        if (column > 0) {
          text.append(separator);
        }
        NumberText.append(written.data, written.dtype, row * columns + column, text);
      }
      text.append('\n');
      if (text.length() > BUFFER || row == rows - 1) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        int length = bytes.remaining();
        operations.write(written.draft.channel(), bytes, position);
        position += length;
        text.setLength(0);
      }
    }
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
