package dev.weft.io.file;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.io.object.FileUpload;
import dev.weft.io.object.ObjectPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears complete or not at all, in place of one that is there. It is written under
 * another name beside it, {@code .<name>.weft-<mark>.tmp}. A JVM that ends meanwhile removes that
 * file; a killed one leaves it, which may be deleted, and is removed when the same file is written
 * again. A file that is replaced passes on its permissions.
 */
public final class AtomicFile {
  private final Path path;
  private final FileOperations operations;

  /** A step that may fail. */
  @FunctionalInterface
  public interface Step {
    /** Does it. */
    void run() throws IOException;
  }

  private AtomicFile(Path path, FileOperations operations) {
    this.path = path;
    this.operations = operations;
  }

  /**
   * A file that is known to be writable as far as that can be told without writing.
   *
   * @param example what a file of the format could be called
   * @throws UsageException when it is not
   */
  public static AtomicFile at(Path named, FileOperations operations, String example) {
    if (named instanceof ObjectPath object) {
      requireFree(object, example);
      return new AtomicFile(named, operations);
    }
    Path file = linked(named);
    Path name = file.getFileName();
    if (name == null || name.toString().isEmpty() || Files.isDirectory(file)) {
      throw refused(named, "this is a directory. Name a file in it, such as %s".formatted(example));
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
    return new AtomicFile(file, operations);
  }

  private static void requireFree(ObjectPath object, String example) {
    if (Files.isDirectory(object)) {
      throw refused(
          object,
          "objects lie below it, so it is a folder. Name an object in it, such as %s/%s"
              .formatted(object, example));
    }
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
          "the link cannot be followed: %s. Remove it, or write elsewhere".formatted(why(e)));
    }
  }

  /** The JDK's messages leave out the kind of failure when they name a file. */
  public static String why(IOException e) {
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** The file that appears in the end. */
  public Path path() {
    return path;
  }

  /** Begins to write it. */
  public Draft begin() {
    if (path instanceof ObjectPath object) {
      return staged(object);
    }
    TemporaryFile.removeAbandoned(path);
    try {
      Replaced replaced = Replaced.of(path);
      TemporaryFile temporary = TemporaryFile.beside(path);
      Draft draft = new Draft(temporary, temporary.path(), create(temporary, replaced));
      try {
        replaced.passOn(temporary.path());
        return draft;
      } catch (IOException e) {
        draft.discard(e);
        throw e;
      }
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: no file can be created beside it: %s. Check the disk, or write elsewhere"
              .formatted(path, why(e)),
          e);
    }
  }

  private Draft staged(ObjectPath object) {
    try {
      TemporaryFile folder = TemporaryFile.folder();
      try {
        Path file = folder.path().resolve("object");
        return new Draft(folder, file, operations.create(file));
      } catch (IOException e) {
        folder.remove();
        folder.settled();
        throw e;
      }
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: no temporary file can be created, in which it is written before it is brought there: %s. Free space, or set -Djava.io.tmpdir=FOLDER"
              .formatted(object, why(e)),
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

  /** The file while it is written, under another name. */
  public final class Draft {
    private final TemporaryFile temporary;
    private final Path written;
    private final FileChannel channel;

    private Draft(TemporaryFile temporary, Path written, FileChannel channel) {
      this.temporary = temporary;
      this.written = written;
      this.channel = channel;
    }

    /** Where it is for now. */
    public Path path() {
      return written;
    }

    /** Its bytes. */
    public FileChannel channel() {
      return channel;
    }

    /**
     * Does a step of writing.
     *
     * @param what it does, such as {@code flushing the data}
     * @throws DeviceException when it fails
     */
    public void step(String what, Step step) {
      try {
        step.run();
      } catch (IOException e) {
        throw new DeviceException(
            "write %s: %s failed: %s. What was there before is untouched; check the disk"
                .formatted(AtomicFile.this.path, what, why(e)),
            e);
      }
    }

    /**
     * Gives the file its name; whoever catches a failure of this discards the draft.
     *
     * @throws DeviceException when that fails
     */
    public void publish() {
      step("closing the file", () -> operations.close(channel));
      if (AtomicFile.this.path instanceof ObjectPath object) {
        bring(object);
        temporary.remove();
      } else {
        step("renaming the file", () -> operations.rename(path(), AtomicFile.this.path));
      }
      temporary.settled();
    }

    private void bring(ObjectPath object) {
      try {
        FileUpload.run(written, object);
      } catch (IOException e) {
        throw new DeviceException(
            "write %s: bringing it to the object store failed: %s. What was there before is untouched; run again"
                .formatted(object, why(e)),
            e);
      }
    }

    /**
     * Makes the new name durable, as the last thing.
     *
     * @throws DeviceException when that fails; the file is complete nevertheless
     */
    public void secure() {
      if (AtomicFile.this.path instanceof ObjectPath) {
        return;
      }
      try {
        operations.forceDirectory(directory(AtomicFile.this.path));
      } catch (IOException e) {
        throw new DeviceException(
            "write %s: the file is complete, but its directory cannot be flushed: %s."
                    .formatted(AtomicFile.this.path, why(e))
                + " A power failure could undo it; write it again, or check the disk",
            e);
      }
    }

    /** Removes what was written; what fails on the way is added to {@code cause}. */
    public void discard(@Nullable Throwable cause) {
      attempt(() -> operations.close(channel), cause);
      if (AtomicFile.this.path instanceof ObjectPath) {
        temporary.remove();
        temporary.settled();
        return;
      }
      try {
        operations.delete(path());
      } catch (IOException e) {
        // Once more: network file systems refuse now and then.
        attempt(() -> operations.delete(path()), cause);
      }
      temporary.settled();
    }

    private static void attempt(Step step, @Nullable Throwable cause) {
      try {
        step.run();
      } catch (IOException e) {
        if (cause != null) {
          cause.addSuppressed(e);
        }
      }
    }
  }
}
