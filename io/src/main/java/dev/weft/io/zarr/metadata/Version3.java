package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.metadata.ArrayMetadata.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arrays in metadata of version 3, {@code zarr.json}. */
final class Version3 {
  private static final Set<String> KNOWN =
      Set.of(
          "zarr_format",
          "node_type",
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "storage_transformers",
          "dimension_names",
          "consolidated_metadata");

  private Version3() {}

  /** Reads the metadata of the array at {@code path}. */
  static ArrayMetadata array(Json json, String path) {
    Shape shape = Extents.shape(json.get("shape"));
    Json type = json.get("data_type");
    List<String> dimensions = dimensions(json.optional("dimension_names"), shape.rank());
    Json attributes = json.optional("attributes");
    Elements elements = null;
    String refusal = "";
    long[] chunk = shape.extents();
    ChunkKeys keys = new ChunkKeys(path, true, "/");
    try {
      requireUnderstood(json);
      chunk = chunk(json.get("chunk_grid"), shape);
      keys = keys(json.get("chunk_key_encoding"), path);
      elements = elements(json, type, chunk);
    } catch (Unsupported e) {
      refusal = e.reason();
    }
    return new ArrayMetadata(
        json.file(),
        shape,
        chunk,
        type.node().isString() ? type.text() : type.shown(),
        elements,
        refusal,
        keys,
        dimensions,
        attributes == null ? Map.of() : attributes.display());
  }

  private static Elements elements(Json json, Json type, long[] chunk) throws Unsupported {
    DType dtype = ElementType.named(Named.of(type).name());
    byte[] fill = FillValue.bytes(json.get("fill_value"), dtype);
    ChunkCodec codec = CodecChain.parse(json.get("codecs"), dtype, fill, chunk);
    return new Elements(dtype, codec, fill);
  }

  private static void requireUnderstood(Json json) throws Unsupported {
    for (Map.Entry<String, Json> entry : json.entries().entrySet()) {
      if (!KNOWN.contains(entry.getKey()) && entry.getValue().flag("must_understand", true)) {
        throw new Unsupported(
            "key '%s' is not understood, and may change what elements mean"
                .formatted(entry.getKey()));
      }
    }
    Json transformers = json.optional("storage_transformers");
    if (transformers != null && !transformers.list().isEmpty()) {
      throw new Unsupported(
          "storage transformer '%s' is not read"
              .formatted(Named.of(transformers.list().getFirst()).name()));
    }
  }

  private static long[] chunk(Json json, Shape shape) throws Unsupported {
    Named grid = Named.of(json);
    if (!grid.name().equals("regular")) {
      throw new Unsupported(
          "chunk grid '%s' is not read, only 'regular' is".formatted(grid.name()));
    }
    return Extents.chunk(grid.configuration().get("chunk_shape"), shape);
  }

  private static ChunkKeys keys(Json json, String path) throws Unsupported {
    Named encoding = Named.of(json);
    return switch (encoding.name()) {
      case "default" -> new ChunkKeys(path, true, separator(encoding.configuration(), "/"));
      case "v2" -> new ChunkKeys(path, false, separator(encoding.configuration(), "."));
      default ->
          throw new Unsupported(
              "chunk key encoding '%s' is not read, only 'default' and 'v2' are"
                  .formatted(encoding.name()));
    };
  }

  /** The separator in keys of chunks. */
  private static String separator(Json configuration, String otherwise) {
    return separator(configuration, "separator", otherwise);
  }

  static String separator(Json json, String key, String otherwise) {
    String separator = json.text(key, otherwise);
    if (!separator.equals("/") && !separator.equals(".")) {
      throw json.get(key).wrong("'/' or '.'");
    }
    return separator;
  }

  /** Names of axes; one without a name has an empty one. */
  static List<String> dimensions(@Nullable Json json, int rank) {
    if (json == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Json name : json.list()) {
      names.add(name.node().isNull() ? "" : name.text());
    }
    if (names.size() != rank) {
      throw json.wrong("a list of %d names, one for each axis".formatted(rank));
    }
    return names;
  }
}
