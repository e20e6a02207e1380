package dev.weft.io.file;

import dev.weft.core.expr.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that is held open, and whether what lies under its path is still the same. Whoever writes
 * to memory that is mapped from a file changes its time only now and then: such a writer may go
 * unnoticed.
 */
public final class FileVersion {
  /**
   * A file that was written to less long ago may be written to again without a change of its time,
   * whose steps are those of the system's clock, or of another machine's.
   */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Path file;
  private final FileOperations operations;
  private @Nullable Object key;

  /** The file under a path, before it is opened. */
  public FileVersion(Path file, FileOperations operations) {
    this.file = file.toAbsolutePath().normalize();
    this.operations = operations;
    BasicFileAttributes found = attributes();
    this.key = found == null ? null : found.fileKey();
  }

  /**
   * The file has been opened: unless another one has taken its place meanwhile, this is the one.
   */
  public FileVersion opened() {
    BasicFileAttributes found = attributes();
    if (found == null || key == null || !key.equals(found.fileKey())) {
      key = null;
    }
    return this;
  }

  /** What stands for the content as it is now, null when that may be changing. */
  public @Nullable Identity identity() {
    Object own = key;
    BasicFileAttributes found = own == null ? null : attributes();
    if (own == null || found == null || !own.equals(found.fileKey())) {
      return null;
    }
    Instant modified = found.lastModifiedTime().toInstant();
    if (modified.plus(SETTLED).isAfter(Instant.now())) {
      return null;
    }
    return new Identity.OfFile(
        file.toString(), own, found.lastModifiedTime().to(TimeUnit.NANOSECONDS), found.size());
  }

  private @Nullable BasicFileAttributes attributes() {
    try {
      return operations.attributes(file);
    } catch (IOException unknown) {
      // Nothing is kept of a file that cannot be recognised again.
      return null;
    }
  }
}
