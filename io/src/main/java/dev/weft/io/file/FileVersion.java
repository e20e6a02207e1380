package dev.weft.io.file;

import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.core.expr.Identity;
import dev.weft.io.SourceVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was opened, and whether what lies under its path is still the same.
 * Whoever writes to memory that is mapped from a file changes its time only now and then, and times
 * have steps, of some milliseconds mostly: a writer that keeps the size may go unnoticed so long.
 */
public final class FileVersion implements SourceVersion {
  /**
   * A file that was written to less long ago may be written to again without a change of its time,
   * whose steps are those of the system's clock, or of another machine's.
   */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final String name;
  private final Path file;
  private final FileOperations operations;
  private final FileStamp stamp;
  private @Nullable Object key;

  /**
   * The file under a path, before it is opened.
   *
   * @throws IOException when it cannot be looked at
   */
  public FileVersion(Path file, FileOperations operations) throws IOException {
    this.name = file.toString();
    this.file = file.toAbsolutePath().normalize();
    this.operations = operations;
    BasicFileAttributes found = operations.attributes(file);
    this.stamp = FileStamp.of(found);
    this.key = found.fileKey();
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

  @Override
  public void requireSame() {
    stamp.requireSame(found(), name);
  }

  @Override
  public void requireSameWhileOpen() {
    BasicFileAttributes found = found();
    if (found == null ? !stamp.isKnown() : !stamp.isAway(found)) {
      stamp.requireSame(found, name);
    }
  }

  private @Nullable BasicFileAttributes found() {
    AtomicReference<@Nullable BasicFileAttributes> found = new AtomicReference<>();
    try {
      IoRetries.run(() -> found.set(operations.attributes(file)));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new DeviceException(
          "read %s: it cannot be told whether it has changed: %s. Check the disk and the permissions of the file"
              .formatted(name, AtomicFile.why(e)),
          e);
    }
    return found.get();
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
