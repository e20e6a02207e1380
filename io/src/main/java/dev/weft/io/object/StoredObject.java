package dev.weft.io.object;

import dev.weft.io.file.FileStamp;

/**
 * An object as it was found.
 *
 * @param stamp size and time, and as its key the tag's hash code
 * @param tag what the store calls this content of the key, its ETag
 */
public record StoredObject(String key, FileStamp stamp, String tag) {
  /**
   * An object of so many bytes.
   *
   * @param modified when it was written, in nanoseconds since 1970
   */
  public static StoredObject of(String key, long size, long modified, String tag) {
    return new StoredObject(key, new FileStamp(size, modified, tag.hashCode()), tag);
  }

  /** In bytes. */
  public long size() {
    return stamp.size();
  }
}
