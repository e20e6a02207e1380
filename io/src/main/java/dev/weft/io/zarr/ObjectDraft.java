package dev.weft.io.zarr;

import dev.weft.core.device.IoRetries;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.zarr.metadata.MetadataWriter;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.ObjectFolder;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An array in an object store, which has no names that could be changed at the end: chunks are put
 * in their places, and the metadata, without which there is no array, last. Until then an object
 * {@value #CLAIM} tells others that the place is taken; of several who put it at the same time one
 * succeeds.
 */
final class ObjectDraft implements Draft {
  static final String CLAIM = ".weft-writing";

  private final ZarrPlace place;
  private final ObjectFolder store;
  private final List<String> made = new ArrayList<>();

  private ObjectDraft(ZarrPlace place, ObjectFolder store) {
    this.place = place;
    this.store = store;
  }

  private String path() {
    return place.key(place.depth());
  }

  private String metadata(int depth) {
    return Store.key(place.key(depth), Nodes.VERSION_3);
  }

  /**
   * Takes a place.
   *
   * @throws UsageException when another job has it, or an array is there
   */
  static ObjectDraft claim(ZarrPlace place, ObjectPath root) throws IOException {
    ObjectDraft draft = new ObjectDraft(place, new ObjectFolder(root));
    String text =
        "A Weft job began to write this array at %s. Mark %s.%n"
            .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), UUID.randomUUID());
    String key = Store.key(draft.path(), CLAIM);
    if (!draft.store.putIfAbsent(
        key, MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)))) {
      throw taken(place, draft.store, key);
    }
    try {
      // It may have been completed since it was looked at.
      if (draft.store.stamp(draft.metadata(place.depth())).size() >= 0) {
        throw place.isThereAlready();
      }
      return draft;
    } catch (IOException | RuntimeException | Error e) {
      draft.abandon(e);
      throw e;
    }
  }

  private static UsageException taken(ZarrPlace place, ObjectFolder store, String key)
      throws IOException {
    String text = "";
    try (Store.Value value = store.whole(key)) {
      if (value != null && value.size() < 1000) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) value.size()]);
        value.read(0, bytes);
        text = new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
      }
    }
    String at = text.replaceFirst("(?s).* at (\\S+)\\. Mark.*", "$1");
    return new UsageException(
        "write %s: another job writes it%s, or was killed while it did. Wait for it; if none runs, remove what it has left: aws s3 rm --recursive %s"
            .formatted(
                place.name(),
                at.length() < 40 && !at.isBlank() ? " since " + at : "",
                place.folder(place.root(), place.depth())));
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public boolean has(String key) {
    return false;
  }

  @Override
  public void finished(String key, MemorySegment value) {}

  @Override
  public Runnable publish(byte[] metadata) {
    try {
      for (int depth = 0; depth < place.depth(); depth++) {
        group(depth);
      }
      if (!store.putIfAbsent(metadata(place.depth()), MemorySegment.ofArray(metadata))) {
        throw place.isThereAlready();
      }
      return this::release;
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: writing the metadata failed: %s. Nothing is visible of the array; run again"
              .formatted(place.name(), AtomicFile.why(e)),
          e);
    }
  }

  /** Makes a group that is missing; one that is there must not go on listing what is below it. */
  private void group(int depth) throws IOException {
    String key = metadata(depth);
    if (store.putIfAbsent(key, MemorySegment.ofArray(MetadataWriter.group()))) {
      made.add(key);
      return;
    }
    try (Store.Value value = store.whole(key)) {
      if (value != null) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(value.size())]);
        value.read(0, bytes);
        byte[] changed =
            MetadataWriter.withoutConsolidated(
                store.place(key), bytes.toArray(ValueLayout.JAVA_BYTE));
        if (changed != null) {
          store.put(key, MemorySegment.ofArray(changed));
        }
      }
    }
  }

  /** The claim is of no use beside a complete array, and does no harm there. */
  private void release() {
    try {
      store.delete(List.of(Store.key(path(), CLAIM)));
    } catch (IOException | RuntimeException e) {
      // The array is complete, which is what was promised.
      return;
    }
  }

  @Override
  public void abandon(@Nullable Throwable cause) {
    try {
      IoRetries.run(this::takeBack);
    } catch (IOException | RuntimeException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
  }

  /** The claim goes last: as long as it is there, the place is nobody else's. */
  private void takeBack() throws IOException {
    String claim = Store.key(path(), CLAIM);
    if (store.stamp(metadata(place.depth())).size() < 0) {
      store.deleteAll(path(), claim);
      store.delete(made);
    }
    store.delete(List.of(claim));
  }
}
