package dev.weft.io.hdf5;

import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndexWriter;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** Where the chunks of a dataset were written, by their number in C order. */
final class WrittenChunks {
  /** Most of them, whose index is an array of 20 bytes each. */
  static final int MOST = 1 << 26;

  /** Fewest bits of the number of entries of an index, as in the HDF5 library. */
  private static final int LEAST_BITS = 10;

  private static final long[] NOWHERE = {};

  private final AtomicLongArray places;
  private final AtomicIntegerArray sizes;

  /** None so far. */
  WrittenChunks(int count) {
    places = new AtomicLongArray(count);
    sizes = new AtomicIntegerArray(count);
  }

  /** A chunk was written; the last time counts. */
  void put(int number, long place, int size) {
    sizes.set(number, size);
    places.set(number, place);
  }

  /** Whether all of them were. */
  boolean isComplete() {
    for (int i = 0; i < places.length(); i++) {
      if (places.get(i) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Bits of the number of entries, all of which are one page. */
  static int bits(int count) {
    return Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
  }

  /**
   * The index: a fixed array.
   *
   * @param address where it will stand
   * @param bytes of a chunk before it is filtered
   */
  ByteBuffer index(long address, int bytes, boolean isFiltered) {
    List<Chunk> chunks =
        new AbstractList<>() {
          @Override
          public Chunk get(int number) {
            return new ChunkImpl(places.get(number), sizes.get(number), NOWHERE);
          }

          @Override
          public int size() {
            return places.length();
          }
        };
    return FixedArrayIndexWriter.createFixedArray(
        chunks, address, bytes, isFiltered, bits(places.length()));
  }
}
