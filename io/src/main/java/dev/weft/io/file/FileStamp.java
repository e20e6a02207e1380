package dev.weft.io.file;

import dev.weft.core.error.DeviceException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was found at some time: whoever writes to it makes another one of it, as far as
 * sizes and times tell.
 *
 * @param size in bytes; negative where there is no file
 * @param modified when it was written last, in nanoseconds since 1970
 * @param key a number that tells it from other files in its place, if the system has such; 0 else
 */
public record FileStamp(long size, long modified, long key) {
  /** There is no file. */
  public static final FileStamp ABSENT = new FileStamp(-1, 0, 0);

  private static final long SECOND = 1_000_000_000;

  /** What attributes say. */
  public static FileStamp of(BasicFileAttributes found) {
    Object key = found.fileKey();
    return new FileStamp(
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        key == null ? 0 : key.hashCode());
  }

  /**
   * The error for a file that is not what it was.
   *
   * @param file its name
   */
  public DeviceException changedTo(FileStamp now, String file) {
    return new DeviceException(
        "read %s: the file was %s while it was in use%s. Results may mix old and new content, and are not given. Run again when nobody writes to it; write new versions under other names"
            .formatted(file, change(now), differences(now)));
  }

  private String change(FileStamp now) {
    if (now.size < 0 || size < 0) {
      return now.size < 0 ? "removed" : "created";
    }
    if (now.key != key) {
      return "replaced by another one";
    }
    return now.size < size ? "shortened" : "changed";
  }

  private String differences(FileStamp now) {
    if (size < 0 || now.size < 0) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    if (now.size != size) {
      parts.add("it had %,d bytes and has %,d now".formatted(size, now.size));
    }
    if (now.modified != modified) {
      parts.add("its time was %s and is %s".formatted(time(modified), time(now.modified)));
    }
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** Whether the system tells files in one place from each other. */
  boolean isKnown() {
    return key != 0;
  }

  /** Whether another file is in its place. */
  boolean isAway(BasicFileAttributes found) {
    return isKnown() && of(found).key != key;
  }

  /** The same file again, or the error. */
  void requireSame(@Nullable BasicFileAttributes found, String file) {
    FileStamp now = found == null ? ABSENT : of(found);
    if (!equals(now)) {
      throw changedTo(now, file);
    }
  }
}
