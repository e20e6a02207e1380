package dev.weft.core.diagram;

import dev.weft.core.device.ByteCount;
import dev.weft.core.dtype.DType;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.shape.Chunks;
import java.util.Locale;

/** What a picture tells of an array, in the same words everywhere. */
final class ArrayFacts {
  private ArrayFacts() {}

  /** Type and extents, for the second line of a box: {@code float64 (4000, 5000)}. */
  static String detail(DType dtype, Chunks grid) {
    return dtype + " " + grid.shape();
  }

  /** The node with shape, dtype, chunks and bytes. */
  static PictureNode with(PictureNode node, DType dtype, Chunks grid) {
    return node.withFact("shape", grid.shape().toString())
        .withFact("dtype", dtype.toString())
        .withFact("chunks", grid + ", " + chunks(grid.count()))
        .withFact("bytes", ByteCount.text(grid.shape().size() * dtype.itemSize()));
  }

  /** A number of chunks: {@code 1 chunk}, {@code 1,024 chunks}. */
  static String chunks(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d chunk" : "%,d chunks", count);
  }

  /** The name of a source: of a path its last part, since the whole is told to the pointer. */
  static String sourceName(String description) {
    int slash = Math.max(description.lastIndexOf('/'), description.lastIndexOf('\\'));
    String last = description.substring(slash + 1).strip();
    return last.isEmpty() ? description : last;
  }
}
