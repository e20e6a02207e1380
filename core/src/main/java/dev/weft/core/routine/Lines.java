package dev.weft.core.routine;

import dev.weft.core.expr.Block;

/**
 * The lines of a dense block along one of its axes: {@code outer} times {@code inner} of them, each
 * of {@code length} elements {@code step} bytes apart.
 */
public record Lines(long outer, long length, long inner, int itemSize) {
  /** The lines of a block along an axis. */
  public static Lines of(Block block, int axis) {
    long outer = 1;
    long inner = 1;
    long[] extents = block.region().extents();
    for (int a = 0; a < extents.length; a++) {
      outer *= a < axis ? extents[a] : 1;
      inner *= a > axis ? extents[a] : 1;
    }
    return new Lines(outer, extents[axis], inner, block.dtype().itemSize());
  }

  /** Number of lines. */
  public long count() {
    return outer * inner;
  }

  /** Bytes between neighbours of a line. */
  public long step() {
    return inner * itemSize;
  }

  /** The byte offset of a line's first element. */
  public long offset(long line) {
    return (line / inner * length * inner + line % inner) * itemSize;
  }
}
