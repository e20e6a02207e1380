package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.io.binary.StoredType;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.codec.ShardCodec;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the list of codecs of version 3. */
final class CodecChain {
  private static final int NESTED = 4;
  private static final long SHARD_CHUNKS = 1L << 26;

  private final DType dtype;
  private final byte[] fill;
  private final long[] shape;
  private final int depth;
  private int[] axes;
  private @Nullable ByteOrder order;
  private @Nullable ShardCodec shard;
  private final List<BytesCodec> bytes = new ArrayList<>();

  private CodecChain(DType dtype, byte[] fill, long[] shape, int depth) {
    this.dtype = dtype;
    this.fill = fill;
    this.shape = shape;
    this.depth = depth;
    this.axes = Axes.inOrder(shape.length);
  }

  /**
   * What a list of codecs does to chunks.
   *
   * @param fill the bytes of an element of a chunk that is not there
   */
  static ChunkCodec parse(Json codecs, DType dtype, byte[] fill, long[] shape) throws Unsupported {
    return parse(codecs, dtype, fill, shape, 0);
  }

  private static ChunkCodec parse(Json codecs, DType dtype, byte[] fill, long[] shape, int depth)
      throws Unsupported {
    CodecChain chain = new CodecChain(dtype, fill, shape, depth);
    for (Json codec : codecs.list()) {
      chain.add(codec, Named.of(codec));
    }
    ByteOrder order = chain.order;
    if (order == null) {
      throw codecs.wrong("a list with 'bytes' or 'sharding_indexed'");
    }
    if (chain.shard == null || !chain.bytes.isEmpty()) {
      Extents.requireReadable(shape, dtype.itemSize());
    }
    return new ChunkCodec(dtype, shape, chain.axes, order, chain.shard, List.copyOf(chain.bytes));
  }

  private void add(Json codec, Named named) throws Unsupported {
    switch (named.name()) {
      case "transpose" -> {
        require(codec, order == null, "'transpose' stands before 'bytes'");
        axes = Axes.then(axes, Axes.parse(named.configuration().get("order"), axes.length));
      }
      case "bytes" -> {
        require(codec, order == null, "there is one 'bytes' or 'sharding_indexed'");
        order = order(named.configuration(), StoredType.numberSize(dtype) == 1);
      }
      case "sharding_indexed" -> {
        require(codec, order == null, "there is one 'bytes' or 'sharding_indexed'");
        order = ByteOrder.nativeOrder();
        shard = shard(named.configuration());
      }
      default -> {
        BytesCodec found = BytesCodecs.named(named, dtype);
        require(codec, order != null, "'%s' stands behind 'bytes'".formatted(named.name()));
        bytes.add(found);
      }
    }
  }

  private static void require(Json codec, boolean holds, String rule) {
    if (!holds) {
      throw codec.wrong("such that " + rule);
    }
  }

  private static ByteOrder order(Json configuration, boolean optional) {
    Json endian = optional ? configuration.optional("endian") : configuration.get("endian");
    if (endian == null) {
      return ByteOrder.nativeOrder();
    }
    return switch (endian.text()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw endian.wrong("'little' or 'big'");
    };
  }

  private ShardCodec shard(Json configuration) throws Unsupported {
    if (depth == NESTED) {
      throw new Unsupported(
          "shards in shards of more than %d levels are not read".formatted(NESTED));
    }
    Json extents = configuration.get("chunk_shape");
    long[] inner = extents.numbers(1);
    long[] counts = Extents.counts(extents, ChunkCodec.storedShape(shape, axes), inner);
    long count = 1;
    for (long along : counts) {
      count = along > SHARD_CHUNKS ? SHARD_CHUNKS + 1 : Math.min(count * along, SHARD_CHUNKS + 1);
    }
    if (count > SHARD_CHUNKS) {
      throw new Unsupported(
          "shards of more than %,d chunks are not read. Write longer chunks"
              .formatted(SHARD_CHUNKS));
    }
    ChunkCodec chunk = parse(configuration.get("codecs"), dtype, fill, inner, depth + 1);
    Json index = configuration.get("index_codecs");
    ChunkCodec plain =
        parse(index, DType.UINT64, new byte[Long.BYTES], new long[] {2 * count}, NESTED);
    boolean sum = plain.bytes().equals(List.of(new Crc32c()));
    if (!sum && !plain.bytes().isEmpty()) {
      throw index.wrong("'bytes', or 'bytes' and 'crc32c'");
    }
    String location = configuration.text("index_location", "end");
    if (!location.equals("end") && !location.equals("start")) {
      throw configuration.get("index_location").wrong("'start' or 'end'");
    }
    return new ShardCodec(chunk, counts, plain.order(), sum, location.equals("end"), fill);
  }
}
