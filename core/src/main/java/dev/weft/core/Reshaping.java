package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Coarsening;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rules behind {@link ShapeMethods}. */
final class Reshaping {
  private Reshaping() {}

  static Shape resolve(Shape from, long... extents) {
    long[] wanted = extents.clone();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < wanted.length; axis++) {
      if (wanted[axis] == -1) {
        if (open >= 0) {
          throw new UsageException(
              "reshape: only one extent may be -1, got %s; give the others"
                  .formatted(Arrays.toString(extents)));
        }
        open = axis;
      } else {
        known = times("reshape", known, wanted[axis], from);
      }
    }
    if (open >= 0) {
      if (known == 0 || from.size() % known != 0) {
        throw new UsageException(
            "reshape: %s has %d elements, which do not divide into %s; the extents given must divide that number"
                .formatted(from, from.size(), Arrays.toString(extents)));
      }
      wanted[open] = from.size() / known;
    }
    return Shape.of(wanted);
  }

  static Expr squeeze(Expr input, int... axes) {
    Shape shape = input.shape();
    List<Integer> dropped =
        axes.length == 0
            ? IntStream.range(0, shape.rank()).filter(a -> shape.extent(a) == 1).boxed().toList()
            : Arrays.stream(axes).map(a -> shape.axis("squeeze", a)).boxed().toList();
    Shape kept = Shape.SCALAR;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!dropped.contains(axis)) {
        kept = kept.insert(kept.rank(), shape.extent(axis));
      } else if (shape.extent(axis) != 1) {
        throw new UsageException(
            "squeeze: axis %d of shape %s has extent %d, and only extent 1 can be dropped"
                .formatted(axis, shape, shape.extent(axis)));
      }
    }
    return units(input, kept);
  }

  static Expr expandDims(Expr input, int axis) {
    int position = input.shape().insert(0, 1).axis("expand_dims", axis);
    return units(input, input.shape().insert(position, 1));
  }

  static Expr keepdims(Expr input, Shape before, int... axes) {
    Shape kept = before;
    if (axes.length == 0) {
      for (int axis = 0; axis < before.rank(); axis++) {
        kept = kept.with(axis, 1);
      }
    }
    for (int axis : axes) {
      kept = kept.with(before.axis("keepdims", axis), 1);
    }
    return units(input, kept);
  }

  private static Expr units(Expr input, Shape shape) {
    View view = View.unitAxes(input.shape(), shape);
    if (view == null) {
      throw new UsageException(
          "keepdims: shape %s does not become %s by inserting axes of extent 1; give the shape before the reduction and the axes reduced"
              .formatted(input.shape(), shape));
    }
    return Exprs.view(input, view, "reshape");
  }

  static Expr flip(Expr input, int... axes) {
    Shape shape = input.shape();
    List<Integer> flipped =
        axes.length == 0
            ? IntStream.range(0, shape.rank()).boxed().toList()
            : Arrays.stream(axes).map(a -> shape.axis("flip", a)).boxed().toList();
    long[] start = new long[shape.rank()];
    long[] step = new long[shape.rank()];
    for (int axis = 0; axis < step.length; axis++) {
      boolean reversed = flipped.contains(axis) && shape.extent(axis) > 0;
      start[axis] = reversed ? shape.extent(axis) - 1 : 0;
      step[axis] = reversed ? -1 : 1;
    }
    return Exprs.view(input, View.slice(shape, start, step, shape.extents()), "flip");
  }

  static NDArray moveaxis(NDArray x, int[] from, int[] to) {
    int[] source = Arrays.stream(from).map(axis -> x.shape().axis("moveaxis", axis)).toArray();
    int[] goal = Arrays.stream(to).map(axis -> x.shape().axis("moveaxis", axis)).toArray();
    if (source.length != goal.length || !areDistinct(source) || !areDistinct(goal)) {
      throw new UsageException(
          "moveaxis: axes %s of shape %s to %s; name as many places as axes, and each once"
              .formatted(Arrays.toString(from), x.shape(), Arrays.toString(to)));
    }
    Integer[] order = new Integer[x.rank()];
    for (int i = 0; i < source.length; i++) {
      order[goal[i]] = source[i];
    }
    List<Integer> moved = Arrays.stream(source).boxed().toList();
    int next = 0;
    for (int axis = 0; axis < order.length; axis++) {
      if (order[axis] == null) {
        while (moved.contains(next)) {
          next++;
        }
        order[axis] = next++;
      }
    }
    return order.length == 0
        ? x
        : x.transpose(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
  }

  private static boolean areDistinct(int... axes) {
    return Arrays.stream(axes).distinct().count() == axes.length;
  }

  static NDArray roll(NDArray x, long[] shifts, int[] axes) {
    if (shifts.length != axes.length) {
      throw new UsageException(
          "roll: %d shifts for %d axes; give one for each".formatted(shifts.length, axes.length));
    }
    NDArray rolled = x;
    for (int i = 0; i < axes.length; i++) {
      rolled = roll(rolled, shifts[i], axes[i]);
    }
    return rolled;
  }

  static NDArray roll(NDArray x, long shift, int axis) {
    int checked = x.shape().axis("roll", axis);
    long extent = x.shape().extent(checked);
    long cut = extent == 0 ? 0 : Math.floorMod(-shift, extent);
    if (cut == 0) {
      return x;
    }
    List<Expr> parts =
        List.of(part(x.expr(), checked, cut, extent), part(x.expr(), checked, 0, cut));
    return x.with(Coarsening.ofParts(Exprs.concatenate(parts, checked), x.session().chunkSize()));
  }

  private static Expr part(Expr input, int axis, long from, long to) {
    long[] start = new long[input.shape().rank()];
    long[] step = new long[start.length];
    Arrays.fill(step, 1);
    start[axis] = from;
    long[] extents = input.shape().with(axis, to - from).extents();
    return Exprs.view(input, View.slice(input.shape(), start, step, extents), "slice");
  }

  static NDArray tile(NDArray x, long... repetitions) {
    if (Arrays.stream(repetitions).anyMatch(times -> times < 0)) {
      throw new UsageException(
          "tile: repetitions %s; use 0 or more for each axis"
              .formatted(Arrays.toString(repetitions)));
    }
    int rank = Math.max(x.rank(), repetitions.length);
    Shape padded = x.shape();
    while (padded.rank() < rank) {
      padded = padded.insert(0, 1);
    }
    List<Long> spread = new ArrayList<>();
    List<Long> result = new ArrayList<>();
    List<Long> units = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int r = axis - (rank - repetitions.length);
      long times = r < 0 ? 1 : repetitions[r];
      units.addAll(List.of(1L, padded.extent(axis)));
      spread.addAll(List.of(times, padded.extent(axis)));
      result.add(times("tile", padded.extent(axis), times, x.shape()));
    }
    return x.reshape(longs(units)).broadcastTo(longs(spread)).reshape(longs(result));
  }

  /** NumPy takes the only axis that there could be of an array without axes. */
  static NDArray withAxis(NDArray x, int axis) {
    return x.rank() == 0 && (axis == 0 || axis == -1) ? x.reshape(1) : x;
  }

  static NDArray repeat(NDArray given, long count, int axis) {
    NDArray x = withAxis(given, axis);
    int checked = x.shape().axis("repeat", axis);
    if (count < 0) {
      throw new UsageException("repeat: the count is %d; use 0 or more".formatted(count));
    }
    long extent = times("repeat", x.shape().extent(checked), count, x.shape());
    Shape spread = x.shape().insert(checked + 1, count);
    Shape result = x.shape().with(checked, extent);
    return x.expandDims(checked + 1).broadcastTo(spread.extents()).reshape(result.extents());
  }

  static NDArray repeat(NDArray given, long[] counts, int axis) {
    if (counts.length == 1) {
      return repeat(given, counts[0], axis);
    }
    NDArray x = withAxis(given, axis);
    int checked = x.shape().axis("repeat", axis);
    long extent = x.shape().extent(checked);
    if (counts.length != extent || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new UsageException(
          "repeat: the counts are %s; use %d for axis %d of shape %s, each 0 or more"
              .formatted(Arrays.toString(counts), extent, checked, x.shape()));
    }
    long total = 0;
    for (long count : counts) {
      total = Math.addExact(total, count);
    }
    long[] positions = new long[Math.toIntExact(total)];
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(positions, next, next + (int) counts[i], i);
      next += (int) counts[i];
    }
    return x.take(positions, checked);
  }

  private static long times(String operation, long a, long b, Shape shape) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new UsageException(
          "%s: of shape %s, %d times %d is more than 2^63-1; use smaller numbers"
              .formatted(operation, shape, a, b),
          e);
    }
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** Elements shifted by half of the extents, rounded down, or back. */
  static NDArray shiftHalf(NDArray x, boolean forth, int... axes) {
    NDArray shifted = x;
    int count = axes.length == 0 ? x.rank() : axes.length;
    for (int i = 0; i < count; i++) {
      int axis = axes.length == 0 ? i : x.shape().axis("fftshift", axes[i]);
      long half = x.shape().extent(axis) / 2;
      shifted = shifted.roll(forth ? half : -half, axis);
    }
    return shifted;
  }
}
