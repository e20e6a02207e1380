package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Replaced;
import dev.weft.io.file.TemporaryFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An npy file that appears complete or not at all. Elements are written to a mapped temporary file
 * beside it, {@code .<name>.weft-<mark>.tmp}, whose header is written last. A JVM that ends
 * meanwhile removes that file; a killed one leaves it, which is no npy file, may be deleted, and is
 * removed when the same file is written again. A file that is replaced passes on its permissions.
 */
public final class NpyTarget implements ArrayTarget {
  private final Path file;
  private final FileOperations operations;
  private @Nullable Output output;

  /** The temporary file. */
  private record Output(
      TemporaryFile temporary,
      FileChannel channel,
      Arena arena,
      byte[] header,
      MemorySegment data) {
    Path path() {
      return temporary.path();
    }
  }

  /** A step that may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private NpyTarget(Path file, FileOperations operations) {
    this.file = file;
    this.operations = operations;
  }

  /**
   * A target that is known to be writable as far as that can be told without writing.
   *
   * @throws UsageException when it is not
   */
  static NpyTarget at(Path named, FileOperations operations) {
    Path file = linked(named);
    Path name = file.getFileName();
    if (name == null || name.toString().isEmpty() || Files.isDirectory(file)) {
      throw refused(named, "this is a directory. Name a file in it, such as result.npy");
    }
    Path directory = directory(file);
    if (!Files.exists(directory)) {
      throw refused(
          named,
          Files.isSymbolicLink(named)
              ? "the link points nowhere. Remove it, or create what it points to"
              : "directory %s does not exist. Create it first".formatted(directory));
    }
    if (!Files.isDirectory(directory)) {
      throw refused(named, "%s is not a directory. Write elsewhere".formatted(directory));
    }
    boolean exists = Files.exists(file);
    if (exists && !Files.isRegularFile(file)) {
      throw refused(named, "this is a device or a pipe, which cannot be replaced. Name a file");
    }
    if (!Files.isWritable(directory) || (exists && !Files.isWritable(file))) {
      throw refused(named, "writing is not permitted. Change the permissions or write elsewhere");
    }
    return new NpyTarget(file, operations);
  }

  private static UsageException refused(Path file, String reason) {
    return new UsageException("write %s: %s".formatted(file, reason));
  }

  private static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** The file that a symbolic link points to, as in NumPy: renaming would replace the link. */
  private static Path linked(Path named) {
    try {
      return Replaced.target(named);
    } catch (IOException e) {
      throw refused(
          named,
          "the link cannot be followed: %s. Remove it, or write elsewhere"
              .formatted(NpySource.why(e)));
    }
  }

  /** The file that commit makes. */
  Path file() {
    return file;
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused(file, "the target is open already. Use one target per job");
    }
    byte[] header = NpyHeader.write(dtype, shape);
    long bytes;
    try {
      bytes = Math.multiplyExact(shape.size(), (long) dtype.itemSize());
      Math.addExact(bytes, (long) header.length);
    } catch (ArithmeticException e) {
      throw new UsageException(
          "write %s: %s %s has more than 2^63-1 bytes".formatted(file, dtype, shape), e);
    }
    TemporaryFile.removeAbandoned(file);
    Output begun = create(header);
    Path path = begun.path();
    try {
      operations.reserve(path, begun.channel, header.length + bytes);
      MemorySegment data =
          bytes == 0
              ? begun.arena.allocate(0)
              : operations.map(
                  begun.channel, MapMode.READ_WRITE, header.length, bytes, begun.arena);
      output = new Output(begun.temporary, begun.channel, begun.arena, header, data);
      return data;
    } catch (IOException e) {
      DeviceException failure =
          new DeviceException(
              "write %s: %,d bytes cannot be reserved: %s%s. Free space or write elsewhere"
                  .formatted(file, header.length + bytes, NpySource.why(e), space(path)),
              e);
      discard(begun, failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      discard(begun, e);
      throw e;
    }
  }

  private Output create(byte[] header) {
    try {
      Replaced replaced = Replaced.of(file);
      TemporaryFile temporary = TemporaryFile.beside(file);
      FileChannel channel = create(temporary, replaced);
      Output begun = new Output(temporary, channel, Arena.ofShared(), header, MemorySegment.NULL);
      try {
        replaced.passOn(temporary.path());
        return begun;
      } catch (IOException e) {
        discard(begun, e);
        throw e;
      }
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: no file can be created beside it: %s. Check the disk, or write elsewhere"
              .formatted(file, NpySource.why(e)),
          e);
    }
  }

  private FileChannel create(TemporaryFile temporary, Replaced replaced) throws IOException {
    try {
      return operations.create(temporary.path(), replaced.atCreation());
    } catch (IOException e) {
      temporary.settled();
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
      throw new UsageException("write %s: nothing is open. Call open first".formatted(file));
    }
    output = null;
    try {
      step(
          "flushing the data",
          () -> {
            if (written.data.byteSize() > 0) {
              operations.force(written.data);
            }
          });
      step(
          "writing the header",
          () -> {
            operations.write(written.channel, ByteBuffer.wrap(written.header), 0);
            operations.force(written.channel);
          });
      written.arena.close();
      step("closing the file", () -> operations.close(written.channel));
      step("renaming the file", () -> operations.rename(written.path(), file));
      written.temporary.settled();
    } catch (RuntimeException | Error e) {
      discard(written, e);
      throw e;
    }
    try {
      operations.forceDirectory(directory(file));
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: the file is complete, but its directory cannot be flushed: %s."
                  .formatted(file, NpySource.why(e))
              + " A power failure could undo it; write it again, or check the disk",
          e);
    }
  }

  private void step(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: %s failed: %s. What was there before is untouched; check the disk"
              .formatted(file, what, NpySource.why(e)),
          e);
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

  /** Removes the temporary file; what fails on the way is added to {@code cause}. */
  private void discard(Output abandoned, @Nullable Throwable cause) {
    attempt(
        () -> {
          if (abandoned.arena.scope().isAlive()) {
            abandoned.arena.close();
          }
        },
        cause);
    attempt(() -> operations.close(abandoned.channel), cause);
    try {
      operations.delete(abandoned.path());
    } catch (IOException e) {
      // Once more: network file systems refuse now and then.
      attempt(() -> operations.delete(abandoned.path()), cause);
    }
    abandoned.temporary.settled();
  }

  private static void attempt(Step step, @Nullable Throwable cause) {
    try {
      step.run();
    } catch (IOException | IllegalStateException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
  }
}
