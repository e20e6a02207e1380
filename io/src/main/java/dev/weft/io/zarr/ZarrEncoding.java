package dev.weft.io.zarr;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.Compression;
import dev.weft.io.WriteOptions;
import dev.weft.io.chunk.ChunkExtents;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.Deflate;
import dev.weft.io.zarr.codec.ShardCodec;
import dev.weft.io.zarr.codec.Zstd;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How an array is written, and what is said of it: {@code ZarrEncoding.DEFAULT.withChunk(100,
 * 100).withShards(1000, 1000).withDimensions("y", "x")}.
 *
 * @param chunk extents of chunks; chosen by the shape where empty
 * @param shard extents of shards, which are files of several chunks; none where empty
 * @param codecs what is done to the bytes of a chunk, in this order
 * @param order of the bytes of numbers
 * @param isReversed whether chunks are stored with their last axis first, as in Fortran
 * @param dimensions names of the axes, one each or none at all
 * @param attributes what else is said of the array: texts, numbers, truth values, lists of these
 */
public record ZarrEncoding(
    Optional<List<Long>> chunk,
    Optional<List<Long>> shard,
    List<BytesCodec> codecs,
    ByteOrder order,
    boolean isReversed,
    List<String> dimensions,
    Map<String, Object> attributes) {
  private static final int ZSTD_LEVEL = 3;
  private static final int GZIP_LEVEL = 5;

  /** Little-endian, in C order, compressed with zstd, in chunks of 4 MiB or somewhat less. */
  public static final ZarrEncoding DEFAULT =
      new ZarrEncoding(
          Optional.empty(),
          Optional.empty(),
          List.of(new Zstd(ZSTD_LEVEL, false)),
          ByteOrder.LITTLE_ENDIAN,
          false,
          List.of(),
          Map.of());

  /**
   * Copies the lists.
   *
   * @throws UsageException when JSON has no such attributes
   */
  public ZarrEncoding {
    codecs = List.copyOf(codecs);
    dimensions = List.copyOf(dimensions);
    attributes = WriteOptions.plain(attributes);
  }

  /**
   * What is asked for, and the default for the rest.
   *
   * @throws UsageException when Zarr has no such compression
   */
  static ZarrEncoding of(ArrayName name, WriteOptions options) {
    return new ZarrEncoding(
        options.chunk(),
        options.shard(),
        options.compression().map(how -> codecs(name, how)).orElse(DEFAULT.codecs),
        DEFAULT.order,
        DEFAULT.isReversed,
        options.dimensions(),
        options.attributes());
  }

  private static List<BytesCodec> codecs(ArrayName name, Compression how) {
    return switch (how.codec()) {
      case "zstd" -> List.of(new Zstd(how.level(name, ZSTD_LEVEL, -7, 22), false));
      case "gzip" -> List.of(new Deflate(true, how.level(name, GZIP_LEVEL, 0, 9)));
      case Compression.NONE -> {
        how.level(name, 0, 0, 0);
        yield List.of();
      }
      default -> throw how.unknown(name, List.of("zstd", "gzip", Compression.NONE));
    };
  }

  /** The same with chunks of these extents. */
  public ZarrEncoding withChunk(long... extents) {
    return new ZarrEncoding(
        Optional.of(list(extents)), shard, codecs, order, isReversed, dimensions, attributes);
  }

  private static List<Long> list(long[] extents) {
    return Arrays.stream(extents).boxed().toList();
  }

  /**
   * The same with several chunks in each file: less files, of which parts can be read. Extents are
   * those of chunks or multiples of them. A shard is written as a whole, and is in memory for that.
   */
  public ZarrEncoding withShards(long... extents) {
    return new ZarrEncoding(
        chunk, Optional.of(list(extents)), codecs, order, isReversed, dimensions, attributes);
  }

  /** The same with names of axes, such as {@code "time", "lat", "lon"}. */
  public ZarrEncoding withDimensions(String... names) {
    return new ZarrEncoding(chunk, shard, codecs, order, isReversed, List.of(names), attributes);
  }

  /** The same with what else is said of the array, such as {@code Map.of("units", "K")}. */
  public ZarrEncoding withAttributes(Map<String, Object> others) {
    return new ZarrEncoding(chunk, shard, codecs, order, isReversed, dimensions, others);
  }

  /** The same with other codecs; plain bytes where there are none. */
  public ZarrEncoding withCodecs(BytesCodec... others) {
    return new ZarrEncoding(
        chunk, shard, List.of(others), order, isReversed, dimensions, attributes);
  }

  /**
   * How chunks of an array are written.
   *
   * @throws UsageException when the extents of chunks do not fit the shape
   */
  ChunkCodec codec(DType dtype, Shape shape) {
    int rank = shape.rank();
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      axes[axis] = isReversed ? rank - 1 - axis : axis;
    }
    if (!dimensions.isEmpty() && dimensions.size() != rank) {
      throw new UsageException(
          "names of axes %s of an array of %s %s: give one for each axis"
              .formatted(dimensions, dtype, shape));
    }
    if (shard.isEmpty()) {
      return new ChunkCodec(dtype, extents(dtype, shape), axes, order, null, codecs);
    }
    long[] whole = ChunkExtents.given(shard.get(), "shards", dtype, shape);
    long[] inner = extents(dtype, shape);
    ChunkCodec part = new ChunkCodec(dtype, inner, axes, order, null, codecs);
    long[] counts = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      counts[axis] = whole[axis] / inner[axis];
      if (chunk.isEmpty() || counts[axis] * inner[axis] != whole[axis]) {
        throw new UsageException(
            "shards %s of chunks %s: give the extents of chunks, and multiples of them for shards"
                .formatted(
                    shard.get(), chunk.<Object>map(given -> given).orElse("that are chosen")));
      }
    }
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    ShardCodec shards =
        new ShardCodec(part, counts, little, true, true, new byte[dtype.itemSize()]);
    return new ChunkCodec(
        dtype, whole, IntStream.range(0, rank).toArray(), little, shards, List.of());
  }

  private long[] extents(DType dtype, Shape shape) {
    return chunk
        .map(given -> ChunkExtents.given(given, "chunks", dtype, shape))
        .orElseGet(() -> ChunkExtents.chosen(dtype, shape));
  }
}
