package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.List;

/** Turns basic indices into views, by NumPy's rules. */
final class Indexing {
  private Indexing() {}

  static View view(Shape base, List<Index> items) {
    List<Index> full = expand(base, items);
    long[] offset = new long[base.rank()];
    List<long[]> axes = new ArrayList<>();
    int b = 0;
    for (Index item : full) {
      switch (item) {
        case Index.At(long position) -> {
          offset[b] = position(base, b, position);
          b++;
        }
        case Index.Range range -> {
          long[] bounds = bounds(base.extent(b), range);
          offset[b] = bounds[0];
          axes.add(new long[] {bounds[2], b, bounds[1]});
          b++;
        }
        case Index.NewAxis none -> axes.add(new long[] {1, -1, 0});
        case Index.Ellipsis none -> throw new IllegalStateException("expanded already");
        case Index.Chosen none -> throw new IllegalStateException("no view");
        case Index.Listed none -> throw new IllegalStateException("no view");
        case Index.Masked none -> throw new IllegalStateException("no view");
      }
    }
    long[] extents = axes.stream().mapToLong(axis -> axis[0]).toArray();
    int[] target = axes.stream().mapToInt(axis -> (int) axis[1]).toArray();
    long[] step = axes.stream().mapToLong(axis -> axis[2]).toArray();
    return new View(Shape.of(extents), base, offset, target, step);
  }

  /** How many axes of the array an item stands for; those of an ellipsis are not known yet. */
  static int axes(Index item) {
    return switch (item) {
      case Index.At at -> 1;
      case Index.Range range -> 1;
      case Index.Chosen chosen -> 1;
      case Index.Listed listed -> 1;
      case Index.Masked(NDArray mask) -> mask.rank();
      case Index.NewAxis none -> 0;
      case Index.Ellipsis none -> 0;
    };
  }

  /** The items with whole axes in place of the ellipsis. */
  static List<Index> expand(Shape base, List<Index> items) {
    int used = items.stream().mapToInt(Indexing::axes).sum();
    long dots = items.stream().filter(Index.Ellipsis.class::isInstance).count();
    if (dots > 1) {
      throw new UsageException(
          "index: %d times ...; only one is allowed, since it stands for all axes that are left"
              .formatted(dots));
    }
    if (used > base.rank()) {
      throw new UsageException(
          "index: %d items for shape %s, which has %d; give at most one for each axis"
              .formatted(used, base, base.rank()));
    }
    List<Index> rest = new ArrayList<>();
    for (int i = used; i < base.rank(); i++) {
      rest.add(Index.all());
    }
    List<Index> full = new ArrayList<>();
    for (Index item : items) {
      if (item instanceof Index.Ellipsis) {
        full.addAll(rest);
      } else {
        full.add(item);
      }
    }
    if (dots == 0) {
      full.addAll(rest);
    }
    return full;
  }

  /** A position counted from the beginning; refuses one that is out of bounds. */
  static long position(Shape base, int axis, long position) {
    long extent = base.extent(axis);
    if (position < -extent || position >= extent) {
      throw new UsageException(
          "index %d is out of bounds for axis %d of shape %s, which allows %d to %d"
              .formatted(position, axis, base, -extent, extent - 1));
    }
    return position < 0 ? position + extent : position;
  }

  /** First position, step and number of positions, as Python's {@code slice.indices}. */
  private static long[] bounds(long extent, Index.Range range) {
    long step = range.step() == null ? 1 : range.step();
    if (step == 0) {
      throw new UsageException("index: a step of 0 goes nowhere; use a step of 1 or -1");
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? extent : extent - 1;
    long start = clamp(range.start(), step > 0 ? low : high, low, high, extent);
    long stop = clamp(range.stop(), step > 0 ? high : low, low, high, extent);
    long distance = step > 0 ? stop - start : start - stop;
    long count = distance <= 0 ? 0 : Math.abs((distance - 1) / step) + 1;
    // A step that is never made may be anything, and must not spoil the arithmetic of strides.
    return new long[] {count == 0 ? 0 : start, count <= 1 ? Long.signum(step) : step, count};
  }

  private static long clamp(
      @org.jspecify.annotations.Nullable Long given,
      long otherwise,
      long low,
      long high,
      long extent) {
    if (given == null) {
      return otherwise;
    }
    long value = given < 0 ? given + extent : given;
    return Math.max(low, Math.min(high, value));
  }
}
