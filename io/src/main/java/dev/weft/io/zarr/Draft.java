package dev.weft.io.zarr;

import dev.weft.io.Resumption;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.TemporaryFile;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.metadata.MetadataWriter;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.FolderStore;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an array is written until all of it is there. */
sealed interface Draft permits Draft.Passing, Draft.Lasting, ObjectDraft {
  /** What takes the chunks. */
  Store store();

  /** Whether an earlier job has completed a chunk. */
  boolean has(String key);

  /** A chunk was put, or left out where there are no bytes. */
  void finished(String key, MemorySegment value) throws IOException;

  /**
   * Makes the array visible; whoever catches a failure of this abandons the draft.
   *
   * @param metadata of the array
   * @return makes it durable and tidies up, as the last thing
   */
  Runnable publish(byte[] metadata);

  /** The job has failed; what fails on the way is added to {@code cause}. */
  void abandon(@Nullable Throwable cause);

  /** One that goes when the job fails; what earlier jobs have left goes too. */
  static Draft anew(ZarrPlace place, FileOperations operations) throws IOException {
    if (place.root() instanceof ObjectPath root) {
      return ObjectDraft.claim(place, root);
    }
    TemporaryFile.removeAbandoned(place.root());
    UnfinishedStore.discard(place, operations);
    Passing draft = new Passing(place, TemporaryFile.beside(place.root()), operations);
    try {
      operations.createFolder(draft.temporary.path());
      putGroups(place, draft.store());
      return draft;
    } catch (IOException | RuntimeException | Error e) {
      draft.abandon(e);
      throw e;
    }
  }

  /** One that stays when the job fails, for the next one. */
  static Draft resumed(ZarrPlace place, Resumption job, FileOperations operations)
      throws IOException {
    TemporaryFile.removeAbandoned(place.root());
    Lasting draft = new Lasting(place, UnfinishedStore.open(place, job, operations), operations);
    try {
      putGroups(place, draft.store());
      return draft;
    } catch (IOException | RuntimeException | Error e) {
      draft.abandon(e);
      throw e;
    }
  }

  private static void putGroups(ZarrPlace place, Store store) throws IOException {
    for (int depth = 0; depth < place.depth(); depth++) {
      store.put(
          Store.key(place.key(depth), Nodes.VERSION_3),
          MemorySegment.ofArray(MetadataWriter.group()));
    }
  }

  private static Runnable publish(
      ZarrPlace place, FileOperations operations, Path written, byte[] metadata, Runnable settled) {
    ZarrCommit commit = new ZarrCommit(place, operations, written);
    commit.run(metadata);
    return () -> {
      try {
        commit.secure();
      } finally {
        settled.run();
      }
    };
  }

  /** See {@link #anew}. */
  record Passing(ZarrPlace place, TemporaryFile temporary, FileOperations operations)
      implements Draft {
    @Override
    public Store store() {
      return new FolderStore(temporary.path(), operations);
    }

    @Override
    public boolean has(String key) {
      return false;
    }

    @Override
    public void finished(String key, MemorySegment value) {}

    @Override
    public Runnable publish(byte[] metadata) {
      return Draft.publish(place, operations, temporary.path(), metadata, temporary::settled);
    }

    @Override
    public void abandon(@Nullable Throwable cause) {
      ZarrCommit.remove(temporary.path(), operations, cause);
      temporary.settled();
    }
  }

  /** See {@link #resumed}. */
  record Lasting(ZarrPlace place, UnfinishedStore unfinished, FileOperations operations)
      implements Draft {
    @Override
    public Store store() {
      return new FolderStore(unfinished.store(), operations);
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
    public Runnable publish(byte[] metadata) {
      return Draft.publish(place, operations, unfinished.store(), metadata, unfinished::remove);
    }

    @Override
    public void abandon(@Nullable Throwable cause) {
      unfinished.close();
    }
  }
}
