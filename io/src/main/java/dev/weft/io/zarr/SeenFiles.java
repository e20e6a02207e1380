package dev.weft.io.zarr;

import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.io.SourceVersion;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileStamp;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * What has been read of a store: the metadata of an array when it was opened, and each file of
 * chunks when it was read first, or that there was none. They must stay as they were as long as the
 * array is open. One look at each file tells that, when a job has ended; files that nobody has read
 * may change. Safe for many threads.
 */
final class SeenFiles implements SourceVersion {
  /** Files whose numbers follow each other are noted together. */
  private static final int TOGETHER = 64;

  /** Size, time and key. */
  private static final int FIELDS = 3;

  /** Added to sizes: 0 stands for a file that was not read, 1 for one that was not there. */
  private static final int SHIFT = 2;

  private final Store store;
  private final Map<String, FileStamp> metadata;
  private final LongFunction<String> keys;
  private final Map<Long, long[]> chunks = new ConcurrentHashMap<>();

  /**
   * Nothing but the metadata.
   *
   * @param keys the keys of files of chunks by their numbers
   */
  SeenFiles(Store store, Map<String, FileStamp> metadata, LongFunction<String> keys) {
    this.store = store;
    this.metadata = Map.copyOf(metadata);
    this.keys = keys;
  }

  /**
   * A file of chunks is read.
   *
   * @throws DeviceException when it was another one before
   */
  void read(long number, FileStamp found) {
    long[] noted = chunks.computeIfAbsent(number / TOGETHER, first -> new long[TOGETHER * FIELDS]);
    int at = (int) (number % TOGETHER) * FIELDS;
    synchronized (noted) {
      if (noted[at] == 0) {
        noted[at] = found.size() + SHIFT;
        noted[at + 1] = found.modified();
        noted[at + 2] = found.key();
        return;
      }
    }
    requireSame(stamp(noted, at), found, keys.apply(number));
  }

  private static FileStamp stamp(long[] noted, int at) {
    return new FileStamp(noted[at] - SHIFT, noted[at + 1], noted[at + 2]);
  }

  private void requireSame(FileStamp before, FileStamp now, String key) {
    if (!before.equals(now)) {
      throw before.changedTo(now, store.place(key));
    }
  }

  @Override
  public boolean isGrowing() {
    return true;
  }

  @Override
  public void requireSame() {
    metadata.forEach((key, before) -> requireSame(before, now(key), key));
    chunks.forEach(
        (first, noted) -> {
          for (int i = 0; i < TOGETHER; i++) {
            if (noted[i * FIELDS] != 0) {
              String key = keys.apply(first * TOGETHER + i);
              requireSame(stamp(noted, i * FIELDS), now(key), key);
            }
          }
        });
  }

  private FileStamp now(String key) {
    FileStamp[] now = {FileStamp.ABSENT};
    try {
      IoRetries.run(() -> now[0] = store.stamp(key));
    } catch (IOException e) {
      throw new DeviceException(
          "read %s: it cannot be told whether it has changed: %s. Check the disk and the permissions of the file"
              .formatted(store.place(key), AtomicFile.why(e)),
          e);
    }
    return now[0];
  }
}
