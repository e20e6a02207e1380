package dev.weft.table.store;

import dev.weft.core.error.DeviceException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps batches of one computation. What is more than the limit goes to files, which are gone when
 * the store is closed, or the process ends well. Safe for many threads.
 */
public final class Store implements AutoCloseable {
  private final Path folder;
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong onDisk = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final Set<Path> files = ConcurrentHashMap.newKeySet();

  /** Dictionaries of batches that are kept: several batches may have the same one. */
  private final Set<Dictionary> texts =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  /**
   * An empty store.
   *
   * @param folder for files; made when it is needed
   * @param limit bytes that stay in memory
   */
  public Store(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** Bytes that stay in memory. */
  public long limit() {
    return limit;
  }

  /** Bytes that have gone to disk so far. */
  public long spilled() {
    return onDisk.get();
  }

  /** The most bytes that were in memory at a time. */
  public long peak() {
    return peak.get();
  }

  /** A batch that is kept until it is released. */
  public final class Held {
    private final Schema schema;
    private final int rows;
    private final long bytes;
    private final @Nullable Path file;
    private volatile @Nullable Batch batch;

    private Held(Batch batch, long bytes, @Nullable Path file) {
      this.schema = batch.schema();
      this.rows = batch.rows();
      this.bytes = bytes;
      this.file = file;
      this.batch = file == null ? batch : null;
    }

    /** Its columns. */
    public Schema schema() {
      return schema;
    }

    /** Number of rows. */
    public int rows() {
      return rows;
    }

    /** About how many bytes of memory the batch takes. */
    public long bytes() {
      return bytes;
    }

    /** The batch. */
    public Batch get() {
      return slice(0, rows);
    }

    /** Rows of it, from one number to below another. */
    public Batch slice(int from, int to) {
      Batch there = batch;
      if (there != null) {
        return there.slice(from, to);
      }
      if (file == null) {
        throw new IllegalStateException("the batch was released");
      }
      try {
        return BatchFile.read(file, schema, rows, from, to);
      } catch (IOException e) {
        throw new DeviceException(
            "read %s: %s. The file held rows for which memory had no room; check the disk, and that nobody empties the folder"
                .formatted(file, e.getMessage()),
            e);
      }
    }

    /** Nobody needs the batch any more. */
    public void release() {
      if (file != null) {
        delete(file);
      } else if (batch != null) {
        batch = null;
        used.addAndGet(-bytes);
      }
    }
  }

  /** Keeps a batch. */
  public Held put(Batch batch) {
    long bytes = batch.bytes(texts);
    long now = used.addAndGet(bytes);
    if (now <= limit) {
      peak.accumulateAndGet(now, Math::max);
      return new Held(batch, bytes, null);
    }
    used.addAndGet(-bytes);
    return new Held(batch, bytes, write(batch, bytes));
  }

  private Path write(Batch batch, long bytes) {
    Path file = null;
    try {
      Files.createDirectories(folder);
      file = Files.createTempFile(folder, "weft-rows-", ".tmp");
      files.add(file);
      file.toFile().deleteOnExit();
      BatchFile.write(file, batch);
      onDisk.addAndGet(bytes);
      return file;
    } catch (IOException e) {
      if (file != null) {
        delete(file);
      }
      throw new DeviceException(
          "write rows for which memory has no room to %s: %s. Free space there, name another folder with SessionConfig.withSpillFolder (--spill), or raise the memory limit"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private void delete(Path file) {
    if (files.remove(file)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It is deleted when the process ends.
      }
    }
  }

  @Override
  public void close() {
    files.forEach(this::delete);
  }
}
