package dev.weft.io.zarr.store;

import dev.weft.core.error.DeviceException;
import dev.weft.io.FormatException;
import dev.weft.io.file.FileStamp;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.object.ObjectStore;
import dev.weft.io.object.StoredObject;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store in a folder of an object store: each value is an object. */
public final class ObjectFolder implements Store {
  /**
   * Shards that are known, so that each of their chunks is one request; a few hundred bytes each.
   */
  private static final int KNOWN = 4096;

  private final ObjectStore store;
  private final String root;
  private final Map<String, StoredObject> known = new LinkedHashMap<>(16, 0.75f, true);

  /** The store below a path. */
  public ObjectFolder(ObjectPath root) {
    this.store = root.store();
    this.root = root.key();
  }

  /** An object of which parts are read, each by a request. */
  private record Ranges(ObjectStore store, StoredObject object) implements Value {
    @Override
    public long size() {
      return object.size();
    }

    @Override
    public FileStamp stamp() {
      return object.stamp();
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      store.read(object, offset, target);
    }

    @Override
    public void close() {}
  }

  /** An object that came with the request that found it. */
  private record Whole(Arena arena, MemorySegment bytes, FileStamp stamp) implements Value {
    @Override
    public long size() {
      return stamp.size();
    }

    @Override
    public void read(long offset, MemorySegment target) {
      target.copyFrom(bytes.asSlice(offset, target.byteSize()));
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @Override
  public String description() {
    return place("");
  }

  @Override
  public String place(String key) {
    return store.description() + "/" + object(key);
  }

  /** The key of the object; where there are others below it a slash follows. */
  private String object(String key) {
    String full = root.isEmpty() ? key : Store.key(root, key);
    if (key.isEmpty()) {
      return root;
    }
    if (key.indexOf('\0') >= 0 || key.contains("//") || key.startsWith("/") || key.endsWith("/")) {
      throw new FormatException(
          store.description() + "/" + root,
          -1,
          "a key of this store cannot be '%s'".formatted(key));
    }
    return full;
  }

  private String prefix(String key) {
    String object = object(key);
    return object.isEmpty() ? "" : object + "/";
  }

  @Override
  public int requests() {
    return store.connections();
  }

  /** An object that is replaced after it was found first is an error when it is read. */
  @Override
  public @Nullable Value get(String key) throws IOException {
    String name = object(key);
    StoredObject found;
    synchronized (known) {
      found = known.get(name);
    }
    if (found == null) {
      found = store.find(name);
      if (found == null) {
        return null;
      }
      synchronized (known) {
        known.put(name, found);
        if (known.size() > KNOWN) {
          known.remove(known.keySet().iterator().next());
        }
      }
    }
    return new Ranges(store, found);
  }

  @Override
  public @Nullable Value whole(String key) throws IOException {
    Arena arena = Arena.ofConfined();
    MemorySegment[] bytes = {MemorySegment.NULL};
    try {
      StoredObject found =
          store.get(
              object(key),
              size -> {
                bytes[0] = allocate(arena, key, size);
                return bytes[0];
              });
      if (found == null) {
        arena.close();
        return null;
      }
      return new Whole(arena, bytes[0], found.stamp());
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private MemorySegment allocate(Arena arena, String key, long size) {
    try {
      return arena.allocate(size, Long.BYTES);
    } catch (OutOfMemoryError e) {
      throw new DeviceException(
          "read %s: there is no memory for its %,d bytes. Give Java more memory, or write the array in smaller chunks"
              .formatted(place(key), size),
          e);
    }
  }

  @Override
  public FileStamp stamp(String key) throws IOException {
    StoredObject found = store.find(object(key));
    return found == null ? FileStamp.ABSENT : found.stamp();
  }

  @Override
  public List<String> groups(String prefix) throws IOException {
    String start = prefix(prefix);
    List<String> names = new ArrayList<>();
    for (String folder : store.list(start, false, Integer.MAX_VALUE).folders()) {
      String name = folder.substring(start.length(), folder.length() - 1);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  @Override
  public boolean hasGroup(String prefix) throws IOException {
    return !store.list(prefix(prefix), false, 1).isEmpty();
  }

  @Override
  public void put(String key, MemorySegment value) throws IOException {
    store.put(object(key), value);
  }

  /** Puts a value unless there is another one; false then. */
  public boolean putIfAbsent(String key, MemorySegment value) throws IOException {
    return store.putIfAbsent(object(key), value);
  }

  /** Removes the values of keys. */
  public void delete(List<String> keys) throws IOException {
    store.delete(keys.stream().map(this::object).toList());
  }

  /** Removes all values below a prefix but that of one key. */
  public void deleteAll(String prefix, String but) throws IOException {
    String kept = object(but);
    List<String> keys = new ArrayList<>();
    for (StoredObject object : store.list(prefix(prefix), true, Integer.MAX_VALUE).objects()) {
      if (!object.key().equals(kept)) {
        keys.add(object.key());
      }
    }
    store.delete(keys);
  }
}
