package dev.weft.io.zarr.store;

import dev.weft.io.file.FileOperations;
import dev.weft.io.file.FileStamp;
import dev.weft.io.object.ObjectPath;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values under keys. A key is one name or several with {@code /} between; none of them is empty,
 * {@code .} or {@code ..}. Safe for many threads.
 */
public interface Store {
  /** What the store is, for people. */
  String description();

  /** Where the value of a key is, for people. */
  String place(String key);

  /**
   * The value of a key; close it. Null when there is none.
   *
   * @throws dev.weft.io.FormatException when the key or what is there is none of a store
   */
  @Nullable Value get(String key) throws IOException;

  /** The same of a value that is then read from its begin to its end. */
  default @Nullable Value whole(String key) throws IOException {
    return get(key);
  }

  /** How many values may be fetched at a time by one who reads; 1 where that gains nothing. */
  default int requests() {
    return 1;
  }

  /** The store in a folder of files or of objects. */
  static Store in(Path root, FileOperations operations) {
    return root instanceof ObjectPath objects
        ? new ObjectFolder(objects)
        : new FolderStore(root, operations);
  }

  /** What the value of a key is now, without reading it. */
  FileStamp stamp(String key) throws IOException;

  /** The names that keys have behind {@code prefix} and before a further {@code /}, sorted. */
  List<String> groups(String prefix) throws IOException;

  /** Whether keys begin with {@code prefix} and a {@code /}. */
  boolean hasGroup(String prefix) throws IOException;

  /** Puts a value, in place of what an earlier attempt has left. */
  void put(String key, MemorySegment value) throws IOException;

  /** A value that is there. */
  interface Value extends AutoCloseable {
    /** Bytes of the value. */
    long size();

    /** What it was just before it was opened. */
    FileStamp stamp();

    /** Fills {@code target}, native memory, with bytes from {@code offset} on. */
    void read(long offset, MemorySegment target) throws IOException;

    @Override
    void close();
  }

  /** The key of {@code name} below {@code prefix}, which may be empty. */
  static String key(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }
}
