package dev.weft.core.shape;

import dev.weft.core.error.UsageException;
import java.util.Arrays;

/**
 * How one axis is cut: chunk i covers [offset(i), offset(i + 1)). Regular cuts take constant space
 * whatever their number.
 */
public sealed interface AxisChunks {
  /** Most chunks of one axis. */
  int MOST = Integer.MAX_VALUE - 1;

  /** Most cuts that are worth listing; only regular cuts are more. */
  int MOST_LISTED = 1 << 22;

  /** Number of chunks; 1 for an axis of extent 0. */
  int count();

  /** First index of chunk {@code i}; {@code offset(count())} is the extent. */
  long offset(int i);

  /** The chunk that holds {@code index}. */
  int find(long index);

  /** Length of chunk {@code i}. */
  default long length(int i) {
    return offset(i + 1) - offset(i);
  }

  /** Extent of the axis. */
  default long extent() {
    return offset(count());
  }

  /** Length of the longest chunk. */
  default long longest() {
    long longest = 0;
    for (int i = 0; i < count(); i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }

  /** Pieces of {@code together} chunks each, the last one of as many as are left. */
  default AxisChunks grouped(int together) {
    if (together == 1) {
      return this;
    }
    long[] offsets = new long[(count() - 1) / together + 2];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset((int) Math.min(count(), (long) i * together));
    }
    return at(offsets);
  }

  /**
   * The same axis in fewer chunks: from the start on, neighbours become one as long as that is no
   * longer than {@code limit}. No chunk is cut.
   */
  default AxisChunks joined(long limit) {
    if (this instanceof Regular(long extent, long chunk)) {
      return 2 * chunk > limit ? this : regular(extent, limit / chunk * chunk);
    }
    long[] cuts = new long[count() + 1];
    int last = 0;
    for (int i = 1; i < count(); i++) {
      if (offset(i + 1) - cuts[last] > limit) {
        cuts[++last] = offset(i);
      }
    }
    cuts[++last] = extent();
    return last == count() ? this : at(Arrays.copyOf(cuts, last + 1));
  }

  /** Cuts {@code extent} into pieces of {@code length}, the last one shorter. */
  static AxisChunks regular(long extent, long length) {
    return new Regular(extent, Math.max(1, Math.min(length, extent)));
  }

  /** Cuts at explicit offsets, from 0 to the extent; equal pieces become a regular cut. */
  static AxisChunks at(long[] offsets) {
    long extent = offsets[offsets.length - 1];
    long length = offsets.length > 1 ? offsets[1] : 0;
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] != upTo(extent, i, length)) {
        return new Explicit(offsets.clone());
      }
    }
    return regular(extent, length);
  }

  /** {@code i * length}, at most the extent; with {@code i} a chunk's number it is below 2^64. */
  private static long upTo(long extent, int i, long length) {
    long offset = i * length;
    return Long.compareUnsigned(offset, extent) > 0 ? extent : offset;
  }

  /** Equal pieces, the last one possibly shorter. */
  record Regular(long extent, long chunk) implements AxisChunks {
    /** Checks that the number of chunks is countable. */
    public Regular {
      if (extent / chunk >= MOST) {
        throw new UsageException(
            "an axis of %d in chunks of %d has %d of them; at most %d are possible, use longer chunks"
                .formatted(extent, chunk, (extent - 1) / chunk + 1, MOST));
      }
    }

    @Override
    public int count() {
      return extent == 0 ? 1 : (int) ((extent - 1) / chunk) + 1;
    }

    @Override
    public long offset(int i) {
      return upTo(extent, i, chunk);
    }

    @Override
    public int find(long index) {
      return (int) (index / chunk);
    }

    @Override
    public long longest() {
      return Math.min(extent, chunk);
    }

    @Override
    public AxisChunks grouped(int together) {
      return regular(extent, Math.min(extent, chunk * together));
    }
  }

  /** Pieces of any lengths. */
  record Explicit(long[] offsets) implements AxisChunks {
    @Override
    public int count() {
      return offsets.length - 1;
    }

    @Override
    public long offset(int i) {
      return offsets[i];
    }

    @Override
    public int find(long index) {
      int found = Arrays.binarySearch(offsets, index);
      int chunk = found >= 0 ? found : -found - 2;
      while (length(chunk) == 0) {
        chunk++;
      }
      return chunk;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Explicit(long[] theirs) && Arrays.equals(offsets, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(offsets);
    }
  }
}
