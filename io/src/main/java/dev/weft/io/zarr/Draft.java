package dev.weft.io.zarr;

import dev.weft.io.Resumption;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.TemporaryFile;
import dev.weft.io.zarr.codec.Crc32c;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which a store is written until it has its name. */
sealed interface Draft {
  /** What becomes the store. */
  Path store();

  /** Whether an earlier job has completed a chunk. */
  boolean has(String key);

  /** A chunk was put, or left out where there are no bytes. */
  void finished(String key, MemorySegment value) throws IOException;

  /** The job has failed; what fails on the way is added to {@code cause}. */
  void abandon(@Nullable Throwable cause);

  /** The store has its name. */
  void settled();

  /** One that goes when the job fails; what earlier jobs have left goes too. */
  static Draft anew(ZarrPlace place, FileOperations operations) throws IOException {
    UnfinishedStore.discard(place, operations);
    Draft draft = new Passing(TemporaryFile.beside(place.root()), operations);
    try {
      operations.createFolder(draft.store());
      return draft;
    } catch (IOException e) {
      draft.abandon(e);
      throw e;
    }
  }

  /** One that stays when the job fails, for the next one. */
  static Draft resumed(ZarrPlace place, Resumption job, FileOperations operations)
      throws IOException {
    return new Lasting(UnfinishedStore.open(place, job, operations));
  }

  /** See {@link #anew}. */
  record Passing(TemporaryFile temporary, FileOperations operations) implements Draft {
    @Override
    public Path store() {
      return temporary.path();
    }

    @Override
    public boolean has(String key) {
      return false;
    }

    @Override
    public void finished(String key, MemorySegment value) {}

    @Override
    public void abandon(@Nullable Throwable cause) {
      ZarrCommit.remove(temporary.path(), operations, cause);
      temporary.settled();
    }

    @Override
    public void settled() {
      temporary.settled();
    }
  }

  /** See {@link #resumed}. */
  record Lasting(UnfinishedStore unfinished) implements Draft {
    @Override
    public Path store() {
      return unfinished.store();
    }

    @Override
    public boolean has(String key) {
      return unfinished.has(key);
    }

    @Override
    public void finished(String key, MemorySegment value) throws IOException {
      unfinished.finished(key, value.byteSize(), Crc32c.sum(value));
    }

    @Override
    public void abandon(@Nullable Throwable cause) {
      unfinished.close();
    }

    @Override
    public void settled() {
      unfinished.remove();
    }
  }
}
