package dev.weft.io.zarr;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.Zstd;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How an array is written: {@code ZarrEncoding.DEFAULT.withChunk(100, 100).withCodecs()}.
 *
 * @param chunk extents of chunks; chosen by the shape where empty
 * @param codecs what is done to the bytes of a chunk, in this order
 * @param order of the bytes of numbers
 * @param isReversed whether chunks are stored with their last axis first, as in Fortran
 */
public record ZarrEncoding(
    Optional<List<Long>> chunk, List<BytesCodec> codecs, ByteOrder order, boolean isReversed) {
  private static final int ZSTD_LEVEL = 3;

  /** Most bytes of a chunk whose extents are chosen, before it is compressed. */
  private static final long CHUNK_BYTES = 4L << 20;

  /** Little-endian, in C order, compressed with zstd, in chunks of 4 MiB or somewhat less. */
  public static final ZarrEncoding DEFAULT =
      new ZarrEncoding(
          Optional.empty(), List.of(new Zstd(ZSTD_LEVEL, false)), ByteOrder.LITTLE_ENDIAN, false);

  /** Copies the list. */
  public ZarrEncoding {
    codecs = List.copyOf(codecs);
  }

  /** The same with chunks of these extents. */
  public ZarrEncoding withChunk(long... extents) {
    List<Long> chosen = Arrays.stream(extents).boxed().toList();
    return new ZarrEncoding(Optional.of(chosen), codecs, order, isReversed);
  }

  /** The same with other codecs; plain bytes where there are none. */
  public ZarrEncoding withCodecs(BytesCodec... others) {
    return new ZarrEncoding(chunk, List.of(others), order, isReversed);
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
    return new ChunkCodec(dtype, extents(dtype, shape), axes, order, null, codecs);
  }

  private long[] extents(DType dtype, Shape shape) {
    if (chunk.isEmpty()) {
      return chosen(dtype, shape);
    }
    long[] extents = chunk.get().stream().mapToLong(Long::longValue).toArray();
    long room = Integer.MAX_VALUE / dtype.itemSize();
    boolean holds = extents.length == shape.rank();
    for (long extent : extents) {
      holds &= extent > 0 && extent <= room;
      room = holds ? room / extent : 0;
    }
    if (!holds) {
      throw new UsageException(
          "chunks %s of an array of %s %s: give one extent for each axis, 1 or more, and less than 2^31 bytes in all"
              .formatted(chunk.get(), dtype, shape));
    }
    return extents;
  }

  /** Cuts leading axes first, so that chunks stay contiguous, into equal parts. */
  private static long[] chosen(DType dtype, Shape shape) {
    long[] extents = shape.extents();
    long most = CHUNK_BYTES / dtype.itemSize();
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = Math.max(1, extents[axis]);
      long inner = 1;
      for (int after = axis + 1; after < extents.length; after++) {
        inner *= Math.max(1, extents[after]);
      }
      long length = Math.max(1, Math.min(extents[axis], most / inner));
      long parts = (extents[axis] - 1) / length + 1;
      extents[axis] = (extents[axis] - 1) / parts + 1;
    }
    return extents;
  }
}
