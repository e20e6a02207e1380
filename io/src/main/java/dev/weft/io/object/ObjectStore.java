package dev.weft.io.object;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one bucket, under keys such as {@code tas.zarr/c/0/1}. An object appears whole or
 * not at all, and is there for everybody as soon as the call that wrote it has returned. Safe for
 * many threads.
 *
 * <p>What may pass is an {@link IOException}: the call can be made again. What does not pass
 * without the caller, such as a bucket that is not there, is a {@link
 * dev.weft.core.error.UsageException} that says what to do. No message tells credentials.
 */
public interface ObjectStore extends AutoCloseable {
  /** What the store is, for people, without a slash at the end: {@code s3://bucket}. */
  String description();

  /** How many requests may run at a time. */
  int connections();

  /** An object without its bytes; null when there is none. */
  @Nullable StoredObject find(String key) throws IOException;

  /**
   * An object with all of its bytes, in one request; null when there is none. Its checksum is
   * verified where the store tells one.
   *
   * @param room gives native memory for so many bytes; asked again when the request is repeated
   */
  @Nullable StoredObject get(String key, LongFunction<MemorySegment> room) throws IOException;

  /**
   * Fills {@code target} with bytes of an object from {@code offset} on, in one request.
   *
   * @throws dev.weft.core.error.DeviceException when the object is another one by now
   */
  void read(StoredObject object, long offset, MemorySegment target) throws IOException;

  /**
   * What keys begin with a prefix, in the order of the keys.
   *
   * @param deep whether keys with a further {@code /} are listed too; else they are folders
   * @param most so many objects and folders at most
   */
  Listing list(String prefix, boolean deep, int most) throws IOException;

  /** Puts an object, in place of one that is there. */
  void put(String key, MemorySegment value) throws IOException;

  /**
   * Puts an object unless there is one, in one step: of several who do so, one succeeds.
   *
   * @return false when there is another one; true when this one is there, even by an earlier call
   */
  boolean putIfAbsent(String key, MemorySegment value) throws IOException;

  /** Removes those of the objects that are there. */
  void delete(List<String> keys) throws IOException;

  /** Begins an object of several parts, which appears when it is complete. */
  Upload upload(String key) throws IOException;

  /** Ends the connections. */
  @Override
  void close();

  /**
   * What was listed.
   *
   * @param objects whose keys begin with the prefix
   * @param folders beginnings of keys up to a further {@code /}, with it
   */
  record Listing(List<StoredObject> objects, List<String> folders) {
    /** Copies the lists. */
    public Listing {
      objects = List.copyOf(objects);
      folders = List.copyOf(folders);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
      return objects.isEmpty() && folders.isEmpty();
    }
  }

  /** An object that is being written in parts. At the end one of its last two methods is called. */
  interface Upload {
    /** Bytes that every part but the last must have at least. */
    long LEAST = 5L << 20;

    /** How many parts there may be. */
    int MOST = 10_000;

    /**
     * Brings a part; parts may come in any order, and again.
     *
     * @param number its place, from 1
     */
    void part(int number, MemorySegment bytes) throws IOException;

    /** All parts are there: makes the object, in place of one that is there. */
    void complete() throws IOException;

    /** Removes every trace; what fails is added to {@code cause}. */
    void abort(@Nullable Throwable cause);
  }
}
