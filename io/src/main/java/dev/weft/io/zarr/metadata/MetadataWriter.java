package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.binary.StoredType;
import dev.weft.io.zarr.codec.BloscCodec;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.codec.Deflate;
import dev.weft.io.zarr.codec.ShardCodec;
import dev.weft.io.zarr.codec.Shuffle;
import dev.weft.io.zarr.codec.Zstd;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code zarr.json}. */
public final class MetadataWriter {
  private static final int ZLIB_DEFAULT = 6;

  private MetadataWriter() {}

  /** A group without attributes. */
  public static byte[] group() {
    ObjectNode json = node("group");
    json.putObject("attributes");
    return bytes(json);
  }

  /**
   * The metadata of a group without what they tell of the arrays below; null when they tell
   * nothing.
   */
  public static byte @Nullable [] withoutConsolidated(String file, byte[] metadata) {
    Json json = Json.parse(file, metadata);
    if (json.find("consolidated_metadata") == null) {
      return null;
    }
    ObjectNode changed = (ObjectNode) json.node();
    changed.remove("consolidated_metadata");
    return bytes(changed);
  }

  /**
   * An array whose missing chunks are zeros.
   *
   * @param separator between the numbers in keys of chunks
   * @param dimensions the names of its axes, or none
   * @param attributes what else is to be said of it, as JSON has it
   */
  public static byte[] array(
      Shape shape,
      ChunkCodec codec,
      String separator,
      List<String> dimensions,
      Map<String, Object> attributes) {
    DType dtype = codec.dtype();
    ObjectNode json = node("array");
    numbers(json.putArray("shape"), shape.extents());
    json.put("data_type", dtype.label());
    numbers(named(json.putObject("chunk_grid"), "regular").putArray("chunk_shape"), codec.shape());
    named(json.putObject("chunk_key_encoding"), "default").put("separator", separator);
    putZero(json, dtype);
    put(json.putArray("codecs"), codec);
    json.set("attributes", Json.MAPPER.valueToTree(attributes));
    if (!dimensions.isEmpty()) {
      json.set("dimension_names", Json.MAPPER.valueToTree(dimensions));
    }
    json.putArray("storage_transformers");
    return bytes(json);
  }

  private static void put(ArrayNode codecs, ChunkCodec codec) {
    ShardCodec shard = codec.shard();
    if (shard != null) {
      ObjectNode configuration = named(codecs.addObject(), "sharding_indexed");
      numbers(configuration.putArray("chunk_shape"), shard.chunk().shape());
      put(configuration.putArray("codecs"), shard.chunk());
      ArrayNode index = configuration.putArray("index_codecs");
      named(index.addObject(), "bytes").put("endian", endian(shard.indexOrder()));
      put(index.addObject(), new Crc32c());
      configuration.put("index_location", "end");
      return;
    }
    if (!Arrays.equals(codec.axes(), Axes.inOrder(codec.axes().length))) {
      ArrayNode order = named(codecs.addObject(), "transpose").putArray("order");
      Arrays.stream(codec.axes()).forEach(order::add);
    }
    if (StoredType.numberSize(codec.dtype()) == 1) {
      codecs.addObject().put("name", "bytes");
    } else {
      named(codecs.addObject(), "bytes").put("endian", endian(codec.order()));
    }
    codec.bytes().forEach(each -> put(codecs.addObject(), each));
  }

  private static String endian(ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? "big" : "little";
  }

  private static ObjectNode node(String type) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("zarr_format", 3);
    json.put("node_type", type);
    return json;
  }

  private static ObjectNode named(ObjectNode json, String name) {
    return json.put("name", name).putObject("configuration");
  }

  private static void numbers(ArrayNode list, long[] values) {
    Arrays.stream(values).forEach(list::add);
  }

  private static void putZero(ObjectNode json, DType dtype) {
    switch (dtype.kind()) {
      case BOOL -> json.put("fill_value", false);
      case SIGNED, UNSIGNED -> json.put("fill_value", 0);
      case FLOATING -> json.put("fill_value", 0.0);
      case COMPLEX -> json.putArray("fill_value").add(0.0).add(0.0);
    }
  }

  private static void put(ObjectNode json, BytesCodec codec) {
    switch (codec) {
      case Crc32c sum -> json.put("name", sum.name());
      case Zstd zstd ->
          named(json, "zstd").put("level", zstd.level()).put("checksum", zstd.checksum());
      case Deflate deflate -> {
        int level = deflate.level() < 0 ? ZLIB_DEFAULT : deflate.level();
        named(json, deflate.isGzip() ? "gzip" : "numcodecs.zlib").put("level", level);
      }
      case BloscCodec blosc ->
          named(json, "blosc")
              .put("cname", blosc.compressor())
              .put("clevel", blosc.level())
              .put("shuffle", blosc.shuffle())
              .put("typesize", blosc.typeSize())
              .put("blocksize", 0);
      case Shuffle shuffle ->
          named(json, "numcodecs.shuffle").put("elementsize", shuffle.itemSize());
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }
}
