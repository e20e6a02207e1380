package dev.weft.io.object;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object; of a folder, only that it is one.
 *
 * @param object null for a folder
 */
record ObjectAttributes(@Nullable StoredObject object) implements BasicFileAttributes {
  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(object == null ? 0 : object.stamp().modified(), TimeUnit.NANOSECONDS);
  }

  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return object != null;
  }

  @Override
  public boolean isDirectory() {
    return object == null;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return object == null ? 0 : object.size();
  }

  /** The tag of its content: what is written anew is another file. */
  @Override
  public @Nullable Object fileKey() {
    return object == null ? null : object.tag();
  }
}
