package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays with something around them, axis after axis, as NumPy does it: what is added along an axis
 * covers what was added along those before it.
 */
final class Padding {
  private static final int BEFORE = 0;
  private static final int AFTER = 1;

  private final Pad pad;
  private final NDArray x;
  private final int axis;
  private final long extent;

  private Padding(Pad pad, NDArray x, int axis) {
    this.pad = pad;
    this.x = x;
    this.axis = axis;
    this.extent = x.shape().extent(axis);
  }

  static NDArray of(NDArray x, Pad pad, long[]... widths) {
    requirePairs(x, widths);
    if (!pad.fits(x.rank())) {
      throw new UsageException(
          "pad: numbers for the axes of shape %s; give one pair for all axes, or %d pairs"
              .formatted(x.shape(), x.rank()));
    }
    NDArray padded = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      long[] width = widths[widths.length == 1 ? 0 : axis];
      if (width[BEFORE] > 0 || width[AFTER] > 0) {
        padded = new Padding(pad, padded, axis).by(width);
      }
    }
    return padded;
  }

  private static void requirePairs(NDArray x, long[]... widths) {
    boolean pairs = widths.length == 1 || widths.length == x.rank();
    for (long[] width : widths) {
      pairs &= width.length == 2 && width[BEFORE] >= 0 && width[AFTER] >= 0;
    }
    if (!pairs) {
      throw new UsageException(
          "pad: widths %s of shape %s; use two numbers, before and after, each 0 or more, for all axes or for each of the %d"
              .formatted(Arrays.deepToString(widths), x.shape(), x.rank()));
    }
  }

  private NDArray by(long[] width) {
    boolean anything = pad.mode == Pad.Mode.CONSTANT || pad.mode == Pad.Mode.EMPTY;
    if (extent == 0 && !anything) {
      throw new UsageException(
          "pad: axis %d of shape %s has no elements to pad by mode '%s'; use Pad.constant"
              .formatted(axis, x.shape(), pad));
    }
    List<NDArray> parts = new ArrayList<>();
    switch (pad.mode) {
      case CONSTANT, EDGE, LINEAR_RAMP, MAXIMUM, MEAN, MINIMUM, EMPTY -> {
        parts.add(side(BEFORE, width[BEFORE]));
        parts.add(x);
        parts.add(side(AFTER, width[AFTER]));
      }
      case REFLECT, SYMMETRIC, WRAP -> {
        parts.addAll(continued(-width[BEFORE], 0));
        parts.add(x);
        parts.addAll(continued(extent, extent + width[AFTER]));
      }
    }
    parts.removeIf(part -> part != x && part.shape().extent(axis) == 0);
    return x.session().concatenate(axis, parts.toArray(NDArray[]::new));
  }

  private NDArray side(int side, long width) {
    long[] shape = x.shape().with(axis, width).extents();
    NDArray all =
        switch (pad.mode) {
          case CONSTANT -> number(side);
          case EDGE -> end(side);
          case LINEAR_RAMP -> ramp(side, width);
          case MAXIMUM -> nearest(side).max(axis).expandDims(axis);
          case MINIMUM -> nearest(side).min(axis).expandDims(axis);
          case MEAN -> mean(side);
          default -> x.session().zeros(x.dtype());
        };
    return all.cast(x.dtype()).broadcastTo(shape);
  }

  private NDArray number(int side) {
    double number = pad.number(axis, side);
    // Numbers that are whole keep their digits and wrap around, as casts do.
    return number == Math.rint(number) && Math.abs(number) < 0x1p53
        ? x.session().scalar((long) number).cast(x.dtype())
        : x.session().scalar(number).cast(x.dtype());
  }

  private NDArray end(int side) {
    return part(side == BEFORE ? 0 : extent - 1, 1, 1);
  }

  /** The elements that count for a statistic. */
  private NDArray nearest(int side) {
    long length = pad.length(axis, side, extent);
    if (length < 1) {
      throw new UsageException(
          "pad: mode '%s' over %d elements; use 1 or more".formatted(pad, length));
    }
    return part(side == BEFORE ? 0 : extent - length, length, 1);
  }

  private NDArray mean(int side) {
    NDArray mean = nearest(side).mean(axis).expandDims(axis);
    return x.dtype().isFloating() ? mean : mean.apply(ElementwiseOps.RINT);
  }

  /** From the end value, which stands farthest away, to before the element at the end. */
  private NDArray ramp(int side, long width) {
    double outermost = pad.number(axis, side);
    NDArray step = end(side).cast(DType.FLOAT64).subtract(outermost).divide((double) width);
    long[] along = new long[x.rank()];
    Arrays.fill(along, 1);
    along[axis] = width;
    NDArray count = x.session().arange(width).cast(DType.FLOAT64).reshape(along);
    NDArray ramp = count.multiply(step).add(outermost);
    NDArray typed = x.dtype().isFloating() ? ramp : ramp.floor();
    return side == BEFORE ? typed : typed.flip(axis);
  }

  /** The axis from one position to before another, where it goes on beyond its ends. */
  private List<NDArray> continued(long from, long to) {
    boolean mirrors = pad.mode != Pad.Mode.WRAP;
    // Neighbouring pieces of a reflection share the element at which it turns.
    long shared = pad.mode == Pad.Mode.REFLECT && extent > 1 ? 1 : 0;
    long period = extent - shared;
    List<NDArray> pieces = new ArrayList<>();
    long at = from;
    while (at < to) {
      long piece = Math.floorDiv(at, period);
      long offset = at - piece * period;
      long length = Math.min(to, (piece + 1) * period) - at;
      boolean back = mirrors && piece % 2 != 0;
      NDArray part = part(back ? extent - 1 - offset : offset, length, back ? -1 : 1);
      pieces.add(pad.odd && mirrors ? turned(part, piece) : part);
      at += length;
    }
    return pieces;
  }

  /** A mirrored piece whose values are mirrored at the ends too. */
  private NDArray turned(NDArray part, long piece) {
    NDArray first = end(BEFORE);
    NDArray last = end(AFTER);
    NDArray moved = last.subtract(first).multiply(number(piece));
    return piece % 2 == 0 ? part.add(moved) : first.add(last).add(moved).subtract(part);
  }

  private NDArray number(long number) {
    return x.session().scalar(number).cast(x.dtype());
  }

  private NDArray part(long from, long count, long step) {
    long stop = from + count * step;
    return Pieces.along(x, axis, new Index.Range(from, stop < 0 ? null : Long.valueOf(stop), step));
  }
}
