package dev.weft.io.zarr.metadata;

import dev.weft.io.zarr.store.Store;

/**
 * The keys under which chunks are kept.
 *
 * @param path the array's place in the store, empty for its root
 * @param hasPrefix whether a {@code c} comes first, as in version 3
 * @param separator between the numbers, {@code /} or {@code .}
 */
public record ChunkKeys(String path, boolean hasPrefix, String separator) {
  /** The key of the chunk at a place of the grid. */
  public String key(long[] position) {
    StringBuilder name = new StringBuilder(hasPrefix ? "c" : "");
    for (int axis = 0; axis < position.length; axis++) {
      if (hasPrefix || axis > 0) {
        name.append(separator);
      }
      name.append(position[axis]);
    }
    if (name.isEmpty()) {
      name.append('0');
    }
    return Store.key(path, name.toString());
  }
}
