package dev.weft.core.routine;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.AxisChunks;
import java.util.function.LongUnaryOperator;

/**
 * A line whose pieces are in order, each by itself. Finds which part of each piece belongs to a
 * part of the whole in order, without putting it in order: by halving the range of keys until as
 * many elements lie below as are wanted.
 */
final class SortedRuns {
  private final AxisChunks runs;
  private final LongUnaryOperator keyAt;

  /**
   * @param keyAt the key at a position of the line, ascending within each piece
   */
  SortedRuns(AxisChunks runs, LongUnaryOperator keyAt) {
    this.runs = runs;
    this.keyAt = keyAt;
  }

  /**
   * Makes keys comparable by rank alone: zeros are equal whatever their sign, and what is to come
   * first has the smaller key.
   */
  static void comparable(DType dtype, boolean descending, long[] keys) {
    if (dtype.isFloating() || descending) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = comparable(dtype, descending, keys[i]);
      }
    }
  }

  static long comparable(DType dtype, boolean descending, long key) {
    // The key of -0.0 is -1.
    long equal = dtype.isFloating() && key == -1 ? 0 : key;
    return descending ? ~equal : equal;
  }

  /**
   * Where each piece is to be cut so that {@code rank} elements lie before the cuts, none of them
   * greater than one behind; of equal elements, those of earlier pieces lie before.
   */
  long[] cuts(long rank) {
    long[] cuts = new long[runs.count()];
    if (rank >= runs.extent()) {
      for (int run = 0; run < cuts.length; run++) {
        cuts[run] = runs.offset(run + 1);
      }
      return cuts;
    }
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = low + (high - low >>> 1);
      if (upTo(middle) > rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    long missing = rank;
    for (int run = 0; run < cuts.length; run++) {
      cuts[run] = first(run, low);
      missing -= cuts[run] - runs.offset(run);
    }
    for (int run = 0; run < cuts.length && missing > 0; run++) {
      long equal = Math.min(missing, firstAbove(run, low) - cuts[run]);
      cuts[run] += equal;
      missing -= equal;
    }
    return cuts;
  }

  private long upTo(long key) {
    long count = 0;
    for (int run = 0; run < runs.count(); run++) {
      count += firstAbove(run, key) - runs.offset(run);
    }
    return count;
  }

  private long firstAbove(int run, long key) {
    return key == Long.MAX_VALUE ? runs.offset(run + 1) : first(run, key + 1);
  }

  private long first(int run, long key) {
    return first(keyAt, runs.offset(run), runs.offset(run + 1), key);
  }

  /** The first position of a range in order whose key is {@code key} or greater; else its end. */
  static long first(LongUnaryOperator keyAt, long start, long end, long key) {
    long from = start;
    long to = end;
    while (from < to) {
      long middle = from + to >>> 1;
      if (keyAt.applyAsLong(middle) < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
