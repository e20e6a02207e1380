package dev.weft.io.zarr.metadata;

import dev.weft.io.FormatException;
import dev.weft.io.file.FileStamp;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arrays and groups of a store. For one thread. */
public final class Nodes {
  /** Metadata of version 3. */
  public static final String VERSION_3 = "zarr.json";

  static final String ARRAY_2 = ".zarray";
  static final String GROUP_2 = ".zgroup";
  static final String ATTRIBUTES_2 = ".zattrs";
  static final String CONSOLIDATED_2 = ".zmetadata";

  private static final long LONGEST = 64L << 20;

  private final Store store;
  private final Map<String, FileStamp> seen = new LinkedHashMap<>();

  /** What is in {@code store}. */
  public Nodes(Store store) {
    this.store = store;
  }

  /**
   * Something of a store.
   *
   * @param version of the metadata, 2 or 3
   * @param array what it says, null of a group
   */
  public record Node(int version, @Nullable ArrayMetadata array) {
    /** Whether it holds arrays and groups. */
    public boolean isGroup() {
      return array == null;
    }
  }

  /** The keys that were looked at so far, and what was there. */
  public Map<String, FileStamp> seen() {
    return seen;
  }

  /**
   * The array or the group at a path, empty for the root; null when there is none.
   *
   * @throws FormatException when its metadata is damaged
   */
  public @Nullable Node find(String path) throws IOException {
    Json json = json(Store.key(path, VERSION_3));
    if (json != null) {
      return version3(json, path);
    }
    Json array = json(Store.key(path, ARRAY_2));
    if (array != null) {
      return new Node(2, Version2.array(array, json(Store.key(path, ATTRIBUTES_2)), path));
    }
    if (json(Store.key(path, GROUP_2)) != null) {
      return new Node(2, null);
    }
    return consolidated(path);
  }

  private static Node version3(Json json, String path) {
    json.get("zarr_format").number(3, 3);
    Json type = json.get("node_type");
    return switch (type.text()) {
      case "array" -> new Node(3, Version3.array(json, path));
      case "group" -> new Node(3, null);
      default -> throw type.wrong("'array' or 'group'");
    };
  }

  /** What only the metadata of the whole store tells, of a path that there is. */
  private @Nullable Node consolidated(String path) throws IOException {
    if (!store.hasGroup(path)) {
      return null;
    }
    Json root = json(VERSION_3);
    Json known = root == null ? null : root.optional("consolidated_metadata");
    Json found = known == null ? null : known.get("metadata").optional(path);
    if (found != null) {
      return version3(found, path);
    }
    Json all = json(CONSOLIDATED_2);
    if (all == null) {
      return null;
    }
    Json metadata = all.get("metadata");
    Json array = metadata.optional(Store.key(path, ARRAY_2));
    if (array != null) {
      return new Node(
          2, Version2.array(array, metadata.optional(Store.key(path, ATTRIBUTES_2)), path));
    }
    return metadata.find(Store.key(path, GROUP_2)) == null ? null : new Node(2, null);
  }

  private @Nullable Json json(String key) throws IOException {
    try (Store.Value value = store.whole(key)) {
      seen.put(key, value == null ? FileStamp.ABSENT : value.stamp());
      if (value == null) {
        return null;
      }
      if (value.size() > LONGEST) {
        throw new FormatException(
            store.place(key),
            -1,
            "metadata of %,d bytes is beyond the limit of %,d".formatted(value.size(), LONGEST));
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bytes = arena.allocate(value.size());
        value.read(0, bytes);
        return Json.parse(store.place(key), bytes.toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }
}
