package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.metadata.ArrayMetadata.Elements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays in metadata of version 2, {@code .zarray} and {@code .zattrs}. */
final class Version2 {
  /** Under which xarray keeps the names of axes. */
  private static final String DIMENSIONS = "_ARRAY_DIMENSIONS";

  private Version2() {}

  /**
   * Reads the metadata of the array at {@code path}.
   *
   * @param attributes what users have written about it, if anything
   */
  static ArrayMetadata array(Json json, @Nullable Json attributes, String path) {
    json.get("zarr_format").number(2, 2);
    Shape shape = Extents.shape(json.get("shape"));
    long[] chunk = Extents.chunk(json.get("chunks"), shape);
    Json type = json.get("dtype");
    String separator = Version3.separator(json, "dimension_separator", ".");
    Elements elements = null;
    String refusal = "";
    try {
      elements = elements(json, type, chunk);
    } catch (Unsupported e) {
      refusal = e.reason();
    }
    Map<String, String> texts = attributes == null ? new LinkedHashMap<>() : attributes.display();
    texts.remove(DIMENSIONS);
    return new ArrayMetadata(
        json.file(),
        shape,
        chunk,
        type.node().isString() ? type.text() : type.shown(),
        elements,
        refusal,
        new ChunkKeys(path, false, separator),
        dimensions(attributes, shape.rank()),
        texts);
  }

  /** A convention of others, which a file may break. */
  private static List<String> dimensions(@Nullable Json attributes, int rank) {
    Json names = attributes == null ? null : attributes.optional(DIMENSIONS);
    boolean usable =
        names != null
            && names.node().isArray()
            && names.node().size() == rank
            && names.list().stream().allMatch(name -> name.node().isString());
    return usable ? Version3.dimensions(names, rank) : List.of();
  }

  private static Elements elements(Json json, Json type, long[] chunk) throws Unsupported {
    if (!type.node().isString()) {
      throw new Unsupported(
          "structures are not read. Write one field at a time as an array of its own");
    }
    ElementType element = ElementType.ofNumpy(type.text());
    DType dtype = element.dtype();
    Extents.requireReadable(chunk, dtype.itemSize());
    byte[] fill = FillValue.bytes(json.get("fill_value"), dtype);
    List<BytesCodec> codecs = new ArrayList<>();
    Json filters = json.optional("filters");
    if (filters != null) {
      for (Json filter : filters.list()) {
        codecs.add(BytesCodecs.ofNumcodecs(filter, dtype));
      }
    }
    Json compressor = json.optional("compressor");
    if (compressor != null) {
      codecs.add(BytesCodecs.ofNumcodecs(compressor, dtype));
    }
    Json order = json.get("order");
    int[] axes =
        switch (order.text()) {
          case "C" -> Axes.inOrder(chunk.length);
          case "F" -> Axes.reversed(chunk.length);
          default -> throw order.wrong("'C' or 'F'");
        };
    ChunkCodec codec =
        new ChunkCodec(dtype, chunk, axes, element.order(), null, List.copyOf(codecs));
    return new Elements(dtype, codec, fill);
  }
}
