package dev.weft.io.chunk;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.shape.Region;
import dev.weft.io.codec.Scratch;
import dev.weft.io.object.ParallelRequests;
import dev.weft.io.object.ParallelRequests.Request;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of an array in chunks that are decoded whole: where its elements are wanted, if all
 * of them are and lie alike there, else in scratch memory. Safe for many threads.
 *
 * @param fill one element, which chunks that were never written are full of
 * @param width so many chunks of a part are decoded at a time: 1 where they lie on a disk, more
 *     where each takes long to come
 */
public record ChunkReader(StoredChunks chunks, MemorySegment fill, Decoder decoder, int width) {
  /** Decodes chunks. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * One chunk.
     *
     * @param position its place in the grid of chunks
     * @param room gives native memory for all of its elements, which is to be filled; asked once,
     *     and not for a chunk that is not there
     * @return the memory, null when the chunk was never written
     */
    @Nullable MemorySegment decode(
        long[] position, Supplier<MemorySegment> room, Scratch.Use scratch) throws IOException;
  }

  /** Fills {@code target} with the elements of a region, dense and in C order. */
  public void read(Region region, MemorySegment target) throws IOException {
    long[] strides = StridedCopy.dense(region.extents(), chunks.itemSize());
    List<Request> later = new ArrayList<>();
    chunks.visit(
        region,
        (position, part) -> {
          long start = StoredChunks.offset(part, region, strides);
          Request one = () -> read(position, part, new Side(target, start, strides));
          if (width == 1) {
            one.run();
          } else {
            later.add(one);
          }
        });
    if (!later.isEmpty()) {
      ParallelRequests.run(later, ParallelRequests.width(target, width));
    }
  }

  private void read(long[] position, Region part, Side to) throws IOException {
    try (Scratch.Use scratch = Scratch.begin()) {
      boolean inPlace = to.memory().isNative() && chunks.isWhole(part, to.strides());
      MemorySegment elements =
          decoder.decode(
              position,
              () ->
                  inPlace
                      ? to.memory().asSlice(to.base(), chunks.bytes())
                      : scratch.take(chunks.bytes()),
              scratch);
      if (elements == null) {
        copy(part, new Side(fill, 0, new long[to.strides().length]), to);
      } else if (!inPlace) {
        copy(part, new Side(elements, chunks.offset(position, part), chunks.strides()), to);
      }
    }
  }

  private void copy(Region part, Side from, Side to) {
    StridedCopy.copy(part.extents(), chunks.itemSize(), from, to);
  }
}
