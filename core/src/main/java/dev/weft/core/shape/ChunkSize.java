package dev.weft.core.shape;

import dev.weft.core.dtype.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses chunks from a target size. Lengths are powers of two, so that sums over a long axis give
 * the same bits whatever the target (chunks are whole subtrees of the tree of additions).
 */
public record ChunkSize(long targetBytes) {
  /** Most chunks that are chosen for one array; a larger array gets larger chunks. */
  private static final long MOST = 1 << 30;

  /** Blocks of the order of additions; a chunk of a long 1-d array is never smaller. */
  private static final long BLOCK = 4096;

  private static final long LEAST_FITTING = 1 << 20;
  private static final long MOST_FITTING = 8 << 20;

  /**
   * The size that was asked for; where that is 0, what fits a cache of so many bytes, from 1 to 8
   * MiB.
   */
  public static ChunkSize fitting(long asked, long cacheBytes) {
    long cache = Long.highestOneBit(Math.max(1, cacheBytes));
    long fitting = Math.clamp(cache, LEAST_FITTING, MOST_FITTING);
    return new ChunkSize(asked > 0 ? asked : fitting);
  }

  private long budget(DType dtype) {
    return Math.max(BLOCK, targetBytes / dtype.itemSize());
  }

  /**
   * A grid is much finer than automatic when it has more chunks than this for each automatic one.
   */
  public static final int MUCH_FINER = 64;

  /**
   * A grid that is much finer than automatic with neighbours joined up to the lengths of automatic
   * chunks; others as they are.
   */
  public Chunks joined(Chunks grid, DType dtype) {
    Chunks auto = auto(grid.shape(), dtype);
    if (grid.count() <= MUCH_FINER * auto.count()) {
      return grid;
    }
    List<AxisChunks> axes = new ArrayList<>(grid.rank());
    for (int axis = 0; axis < grid.rank(); axis++) {
      axes.add(grid.axis(axis).joined(auto.axis(axis).longest()));
    }
    return new Chunks(axes);
  }

  /** Why {@link #joined} gives another grid. */
  public String whyJoined(Chunks grid, DType dtype) {
    return "%,d chunks are more than %d for each of the %,d automatic ones"
        .formatted(grid.count(), MUCH_FINER, auto(grid.shape(), dtype).count());
  }

  /**
   * Chunks of about the target size, cut along leading axes first so that chunks stay contiguous.
   */
  public Chunks auto(Shape shape, DType dtype) {
    if (shape.size() == 0) {
      return Chunks.whole(shape);
    }
    long budget = budget(dtype);
    while (true) {
      long[] lengths = lengths(shape, budget);
      if (count(shape, lengths) <= MOST) {
        return Chunks.regular(shape, lengths);
      }
      budget *= 2;
    }
  }

  private static long count(Shape shape, long[] lengths) {
    long count = 1;
    for (int axis = 0; axis < lengths.length; axis++) {
      count *= (Math.max(1, shape.extent(axis)) - 1) / lengths[axis] + 1;
    }
    return count;
  }

  private static long[] lengths(Shape shape, long elements) {
    long budget = elements;
    long[] lengths = new long[shape.rank()];
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long extent = Math.max(1, shape.extent(axis));
      if (extent <= budget) {
        lengths[axis] = extent;
        budget /= extent;
      } else {
        lengths[axis] = Long.highestOneBit(Math.max(1, budget));
        budget = 1;
      }
    }
    return lengths;
  }

  /**
   * Chunks of about the target size that consist of whole chunks of {@code own}, such as those of a
   * file: as many as fit, along trailing axes first. Where one of them is larger than the target it
   * stays one.
   */
  public Chunks follow(Chunks own, DType dtype) {
    long budget = Math.max(1, budget(dtype) / Math.max(1, own.largest()));
    Chunks grid = own;
    for (int axis = own.rank() - 1; axis >= 0; axis--) {
      int count = own.axis(axis).count();
      long together = count <= budget ? count : Long.highestOneBit(budget);
      budget = count <= budget ? budget / count : 1;
      grid = grid.with(axis, own.axis(axis).grouped((int) together));
    }
    return grid;
  }
}
