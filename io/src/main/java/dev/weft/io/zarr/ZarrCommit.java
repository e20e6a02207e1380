package dev.weft.io.zarr;

import dev.weft.core.error.DeviceException;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Replaced;
import dev.weft.io.file.TemporaryFile;
import dev.weft.io.file.Trees;
import dev.weft.io.zarr.metadata.MetadataWriter;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.FolderStore;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The last steps of writing an array, up to the one that makes it visible. */
final class ZarrCommit {
  private static final int TRIES = 10;

  private final ZarrPlace place;
  private final FileOperations operations;
  private final Path temporary;
  private @Nullable Path replaced;

  /** A step that may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  ZarrCommit(ZarrPlace place, FileOperations operations, Path temporary) {
    this.place = place;
    this.operations = operations;
    this.temporary = temporary;
  }

  /** Makes the array visible; the temporary folder keeps what was there before, if anything. */
  void run(byte[] metadata) {
    String key = Store.key(place.key(place.depth()), Nodes.VERSION_3);
    Store store = new FolderStore(temporary, operations);
    step("writing the metadata", () -> store.put(key, MemorySegment.ofArray(metadata)));
    step("flushing the data", () -> Trees.force(temporary, operations));
    for (Path group : place.groups()) {
      step("updating group " + group, () -> forget(group));
    }
    step("renaming the folder", this::rename);
  }

  private void step(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: %s failed: %s. What was there before is untouched; check the disk"
              .formatted(place.name(), what, AtomicFile.why(e)),
          e);
    }
  }

  /** A group must not go on telling which arrays are below it, without the new one. */
  private void forget(Path group) throws IOException {
    Path file = group.resolve(Nodes.VERSION_3);
    byte[] changed = MetadataWriter.withoutConsolidated(file.toString(), Files.readAllBytes(file));
    if (changed == null) {
      return;
    }
    Path beside = group.resolve("." + temporary.getFileName());
    try {
      operations.closing(
          operations.create(beside),
          channel -> {
            operations.write(channel, ByteBuffer.wrap(changed), 0);
            operations.force(channel);
          });
      operations.rename(beside, file);
    } catch (IOException e) {
      remove(beside, operations, e);
      throw e;
    }
  }

  /** Other arrays of a new store may be renamed into it at the same time. */
  private void rename() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int there = 0;
      while (there <= place.depth() && place.isThere(there)) {
        there++;
      }
      try {
        if (there <= place.depth()) {
          operations.rename(place.folder(temporary, there), place.folder(place.root(), there));
        } else {
          replace(
              place.folder(temporary, place.depth()), place.folder(place.root(), place.depth()));
        }
        return;
      } catch (FileSystemException e) {
        boolean appeared = there <= place.depth() && place.isThere(there);
        if (!appeared || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private void replace(Path written, Path old) throws IOException {
    Replaced.of(old).passOn(written);
    if (operations.exchange(written, old)) {
      return;
    }
    // In two steps: whoever looks in between finds nothing.
    TemporaryFile aside = TemporaryFile.beside(place.root());
    aside.settled();
    operations.rename(old, aside.path());
    try {
      operations.rename(written, old);
    } catch (IOException e) {
      operations.rename(aside.path(), old);
      throw e;
    }
    replaced = aside.path();
  }

  /**
   * Makes the new name durable, and only then removes what it replaces: after a power failure the
   * old name may be back, and must not lead to an array without some of its chunks.
   */
  void secure() {
    try {
      forceNames();
    } finally {
      if (replaced != null) {
        remove(replaced, operations, null);
      }
      remove(temporary, operations, null);
    }
  }

  private void forceNames() {
    try {
      for (int depth = place.depth(); depth >= 0; depth--) {
        operations.forceDirectory(ZarrPlace.directory(place.folder(place.root(), depth)));
      }
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: the array is complete, but its directory cannot be flushed: %s."
                  .formatted(place.name(), AtomicFile.why(e))
              + " A power failure could undo it; write it again, or check the disk",
          e);
    }
  }

  /** Removes a folder; what fails is added to {@code cause}. */
  static void remove(Path path, FileOperations operations, @Nullable Throwable cause) {
    try {
      Trees.delete(path, operations);
    } catch (IOException e) {
      try {
        // Once more: network file systems refuse now and then.
        Trees.delete(path, operations);
      } catch (IOException again) {
        if (cause != null) {
          cause.addSuppressed(again);
        }
      }
    }
  }
}
