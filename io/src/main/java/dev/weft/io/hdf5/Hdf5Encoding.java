package dev.weft.io.hdf5;

import dev.weft.io.ArrayName;
import dev.weft.io.Compression;
import dev.weft.io.WriteOptions;
import dev.weft.io.codec.ByteShuffle;
import dev.weft.io.codec.Scratch;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.Deflater;

/**
 * How the chunks of a dataset are written.
 *
 * @param chunk their extents; those of the array where none are given
 * @param level of deflate, behind which bytes are shuffled; none where chunks are plain
 */
record Hdf5Encoding(Optional<List<Long>> chunk, OptionalInt level) {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;

  /** What h5py takes. */
  private static final int USUAL_LEVEL = 4;

  /** What zlib adds to bytes that it cannot compress, and more. */
  private static final int FRAME = 64;

  /** What is asked for. */
  static Hdf5Encoding of(ArrayName name, WriteOptions options) {
    return new Hdf5Encoding(
        options.chunk(),
        options.compression().map(how -> level(name, how)).orElse(OptionalInt.empty()));
  }

  private static OptionalInt level(ArrayName name, Compression how) {
    return switch (how.codec()) {
      case "gzip" -> OptionalInt.of(how.level(name, USUAL_LEVEL, 0, Deflater.BEST_COMPRESSION));
      case Compression.NONE -> {
        how.level(name, 0, 0, 0);
        yield OptionalInt.empty();
      }
      default -> throw how.unknown(name, List.of("gzip", Compression.NONE));
    };
  }

  /** Whether there are chunks at all. */
  boolean hasChunks() {
    return chunk.isPresent() || level.isPresent();
  }

  /** What is done to chunks of elements of so many bytes, in this order. */
  List<FilterInfo> filters(int itemSize) {
    List<FilterInfo> filters = new ArrayList<>();
    if (level.isPresent()) {
      if (itemSize > 1) {
        filters.add(new FilterInfo(SHUFFLE, "", false, new int[] {itemSize}));
      }
      filters.add(new FilterInfo(DEFLATE, "", false, new int[] {level.getAsInt()}));
    }
    return filters;
  }

  /**
   * The bytes of a chunk as they lie in the file.
   *
   * @param elements of a whole chunk, in native memory
   */
  MemorySegment encode(MemorySegment elements, int itemSize, Scratch.Use use) {
    if (level.isEmpty()) {
      return elements;
    }
    MemorySegment shuffled = elements;
    if (itemSize > 1) {
      shuffled = use.take(elements.byteSize());
      ByteShuffle.shuffle(elements, shuffled, itemSize);
    }
    MemorySegment room = use.take(elements.byteSize() + (elements.byteSize() >>> 10) + FRAME);
    try (Deflater deflater = new Deflater(level.getAsInt())) {
      deflater.setInput(shuffled.asByteBuffer());
      deflater.finish();
      int bytes = deflater.deflate(room.asByteBuffer());
      if (!deflater.finished()) {
        throw new IllegalStateException("deflate has made more of a chunk than it can");
      }
      return room.asSlice(0, bytes);
    }
  }
}
