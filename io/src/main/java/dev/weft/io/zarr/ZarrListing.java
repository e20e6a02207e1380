package dev.weft.io.zarr;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Chunks;
import dev.weft.io.ArrayEntry;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.ShardCodec;
import dev.weft.io.zarr.metadata.ArrayMetadata;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the arrays of a store. */
final class ZarrListing {
  private static final int DEPTH = 64;

  private final Store store;
  private final Nodes nodes;

  ZarrListing(Store store) {
    this.store = store;
    this.nodes = new Nodes(store);
  }

  /** The array at a path, or those in the group there and in groups below it. */
  List<ArrayEntry> below(String path) throws IOException {
    List<ArrayEntry> entries = new ArrayList<>();
    collect(path, 0, entries);
    return entries;
  }

  private void collect(String path, int depth, List<ArrayEntry> entries) throws IOException {
    Nodes.Node node = nodes.find(path);
    if (node == null) {
      return;
    }
    if (node.array() != null) {
      entries.add(entry(path, node.array()));
      return;
    }
    if (depth < DEPTH) {
      for (String name : store.groups(path)) {
        collect(Store.key(path, name), depth + 1, entries);
      }
    }
  }

  private static ArrayEntry entry(String path, ArrayMetadata array) {
    ArrayMetadata.Elements elements = array.elements();
    return new ArrayEntry(
        path,
        elements == null ? array.type() : elements.dtype().toString(),
        elements != null,
        array.shape(),
        chunks(array),
        elements == null ? "" : elements.codec().label(),
        array.dimensions(),
        array.attributes());
  }

  private static Optional<Chunks> chunks(ArrayMetadata array) {
    long[] chunk = array.chunk();
    if (array.elements() != null) {
      ChunkCodec codec = array.elements().codec();
      ShardCodec shard = codec.readableShard();
      chunk = shard == null ? codec.shape() : shard.chunk().shape();
    }
    try {
      return Optional.of(Chunks.regular(array.shape(), chunk));
    } catch (UsageException tooMany) {
      return Optional.empty();
    }
  }
}
