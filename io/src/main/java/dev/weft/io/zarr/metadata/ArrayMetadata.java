package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.zarr.codec.ChunkCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store says about an array.
 *
 * @param file where it says that
 * @param shape extents of the array
 * @param chunk extents of a chunk, or of a shard of chunks
 * @param type the element type in the format's own words
 * @param elements how elements are read; null when they cannot be
 * @param refusal why they cannot be; empty when they can
 * @param keys where chunks are
 * @param dimensions names of the axes, if there are any
 * @param attributes what users have written about the array
 */
public record ArrayMetadata(
    String file,
    Shape shape,
    long[] chunk,
    String type,
    @Nullable Elements elements,
    String refusal,
    ChunkKeys keys,
    List<String> dimensions,
    Map<String, String> attributes) {
  /**
   * How elements are read.
   *
   * @param dtype element type
   * @param codec how a chunk, or a shard, is encoded
   * @param fill the bytes of an element that was never written
   */
  public record Elements(DType dtype, ChunkCodec codec, byte[] fill) {}

  /**
   * How elements are read.
   *
   * @throws FormatException when they cannot be
   */
  public Elements requireElements() {
    if (elements == null) {
      throw new FormatException(file, -1, refusal);
    }
    return elements;
  }
}
