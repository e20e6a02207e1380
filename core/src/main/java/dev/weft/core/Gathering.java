package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Elements chosen by positions, and positions of elements. */
final class Gathering {
  private static final int QUARTERS = 4;

  private Gathering() {}

  static NDArray along(NDArray x, NDArray positions, int axis) {
    int checked = x.shape().axis("take_along_axis", axis);
    if (positions.rank() != x.rank() || !positions.dtype().isInteger()) {
      throw new UsageException(
          "take_along_axis: positions %s of shape %s for shape %s; use integers with as many axes"
              .formatted(positions.dtype(), positions.shape(), x.shape()));
    }
    Shape others = x.shape().with(checked, 1);
    Shape common =
        Broadcasting.common("take_along_axis", List.of(others, positions.shape().with(checked, 1)));
    Shape result = common.with(checked, positions.shape().extent(checked));
    NDArray source = x.broadcastTo(common.with(checked, x.shape().extent(checked)).extents());
    if (x.rank() == 1) {
      return source.take(positions, 0);
    }
    Index[] items = new Index[x.rank()];
    for (int i = 0; i < items.length; i++) {
      long[] own = new long[items.length];
      Arrays.fill(own, 1);
      own[i] = result.extent(i);
      items[i] =
          Index.of(
              i == checked ? positions.broadcastTo(result.extents()) : x.session().indices(i, own));
    }
    return source.slice(items);
  }

  static NDArray choose(NDArray x, NDArray... choices) {
    if (!x.dtype().isInteger() && x.dtype() != DType.BOOL) {
      throw new UsageException(
          "choose: the array is %s; use integers, the numbers of the choices".formatted(x.dtype()));
    }
    if (choices.length == 0) {
      throw new UsageException("choose: no choices given; at least one is needed");
    }
    requireWithin("choose", x.cast(DType.INT64), choices.length);
    return chosen(x, choices);
  }

  private static void requireWithin(String name, NDArray numbers, long count) {
    if (numbers.size() == 0) {
      return;
    }
    long[] ends = ends(numbers);
    long low = ends[0];
    long high = ends[1];
    if (low < 0 || high >= count) {
      throw new UsageException(
          "%s: the array has numbers from %d to %d, and there are %d; use 0 to %d"
              .formatted(name, low, high, count, count - 1));
    }
  }

  /** The smallest and the largest of some integers, computed at once. */
  static long[] ends(NDArray integers) {
    List<HostArray> ends = integers.session().compute(integers.min(), integers.max());
    long[] both = {ends.get(0).getLong(), ends.get(1).getLong()};
    ends.forEach(HostArray::close);
    return both;
  }

  /** The last choice for all numbers that none has. */
  static NDArray chosen(NDArray x, NDArray... choices) {
    NDArray numbers = x.cast(DType.INT64);
    NDArray chosen = x.session().own(choices[choices.length - 1]);
    for (int i = choices.length - 2; i >= 0; i--) {
      chosen = numbers.equal((long) i).where(x.session().own(choices[i]), chosen);
    }
    Shape shape = Broadcasting.common("choose", List.of(x.shape(), chosen.shape()));
    return chosen.broadcastTo(shape.extents());
  }

  static NDArray flatnonzero(NDArray x) {
    NDArray mask = x.ravel().cast(DType.BOOL);
    return x.session().array(MaskPositions.of(mask, x.session()));
  }

  static NDArray[] nonzero(NDArray x) {
    if (x.rank() == 0) {
      throw new UsageException("nonzero: shape () has no axes; use flatnonzero");
    }
    return positions(flatnonzero(x), x.shape());
  }

  static NDArray[] unraveled(NDArray x, Shape shape) {
    if (!x.dtype().isInteger()) {
      throw new UsageException(
          "unravel_index: positions are %s; use integers".formatted(x.dtype()));
    }
    NDArray flat = x.cast(DType.INT64);
    requireWithin("unravel_index", flat, shape.size());
    return positions(flat, shape);
  }

  /** The position in C order of positions along each axis. */
  static NDArray raveled(NDArray[] positions, Shape shape) {
    if (positions.length != shape.rank() || positions.length == 0) {
      throw new UsageException(
          "ravel_multi_index: positions along %d axes for shape %s; give an array for each axis"
              .formatted(positions.length, shape));
    }
    NDArray flat = positions[0].cast(DType.INT64);
    requireWithin("ravel_multi_index", flat, shape.extent(0));
    for (int axis = 1; axis < positions.length; axis++) {
      NDArray own = positions[axis].cast(DType.INT64);
      requireWithin("ravel_multi_index", own, shape.extent(axis));
      flat = flat.multiply(shape.extent(axis)).add(own);
    }
    return flat;
  }

  /** Positions in C order as positions along each axis. */
  static NDArray[] positions(NDArray flat, Shape shape) {
    NDArray[] positions = new NDArray[shape.rank()];
    NDArray rest = flat;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long extent = Math.max(1, shape.extent(axis));
      positions[axis] = axis == 0 ? rest : rest.remainder(extent);
      rest = rest.floorDivide(extent);
    }
    return positions;
  }

  static NDArray expanded(NDArray x, int... axes) {
    int rank = x.rank() + axes.length;
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    Shape target = Shape.of(ones);
    int[] places = Arrays.stream(axes).map(axis -> target.axis("expand_dims", axis)).toArray();
    if (Arrays.stream(places).distinct().count() != places.length) {
      throw new UsageException(
          "expand_dims: axes %s name an axis twice; name each once"
              .formatted(Arrays.toString(axes)));
    }
    Index[] items = new Index[rank];
    for (int axis = 0; axis < rank; axis++) {
      int place = axis;
      boolean isNew = IntStream.of(places).anyMatch(p -> p == place);
      items[axis] = isNew ? Index.newAxis() : Index.all();
    }
    return axes.length == 0 ? x : x.slice(items);
  }

  static NDArray turned(NDArray x, int quarters, int axis1, int axis2) {
    int first = x.shape().axis("rot90", axis1);
    int second = x.shape().axis("rot90", axis2);
    if (first == second) {
      throw new UsageException(
          "rot90: axes %d and %d of shape %s are one; name two".formatted(axis1, axis2, x.shape()));
    }
    return switch (Math.floorMod(quarters, QUARTERS)) {
      case 0 -> x;
      case 1 -> x.flip(second).swapaxes(first, second);
      case 2 -> x.flip(first, second);
      default -> x.swapaxes(first, second).flip(second);
    };
  }
}
