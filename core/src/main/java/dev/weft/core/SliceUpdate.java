package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays with other values in a slice. Along axes of which values cover a part and differ, the
 * parts are joined; along all others an element is chosen by its index.
 */
final class SliceUpdate {
  private final NDArray x;

  /** One for each axis. */
  private final List<Covered> axes;

  /** What an index covers of an axis. */
  private sealed interface Covered {
    /** How many positions. */
    long count();

    /** Positions in steps of 1 or more. */
    record Range(long start, long step, long count) implements Covered {}

    /** For each position of the axis the value that it takes, or -1. */
    record Listed(long[] sources, long count) implements Covered {}
  }

  private SliceUpdate(NDArray x, List<Covered> axes) {
    this.x = x;
    this.axes = axes;
  }

  static NDArray number(NDArray x, long value) {
    Session session = x.session();
    return x.dtype() == DType.BOOL ? session.scalar(value) : session.full(x.dtype(), value);
  }

  static NDArray where(NDArray x, NDArray mask, NDArray values) {
    for (NDArray operand : new NDArray[] {mask, values}) {
      if (!Broadcasting.stretches(operand.shape(), x.shape())) {
        throw new UsageException(
            "with: shape %s does not broadcast to %s, that of the array"
                .formatted(operand.shape(), x.shape()));
      }
    }
    if (mask.dtype() != DType.BOOL) {
      throw new UsageException(
          "with: the mask is %s; compare or cast it to bool first".formatted(mask.dtype()));
    }
    return mask.where(values.cast(x.dtype()), x);
  }

  static NDArray of(NDArray x, Index[] items, NDArray values) {
    if (items.length == 1
        && items[0] instanceof Index.Masked(NDArray mask)
        && (mask.rank() != 1 || values.rank() == 0)) {
      return masked(x, x.session().own(mask), values);
    }
    List<Index> full = Indexing.expand(x.shape(), List.of(items));
    requireOneArray(full);
    Index[] basic = full.stream().map(SliceUpdate::basic).toArray(Index[]::new);
    View view = Indexing.view(x.shape(), List.of(basic));
    List<Covered> axes = new ArrayList<>();
    Shape shape = view.shape();
    int base = 0;
    int axis = 0;
    for (Index item : full) {
      boolean isNew = item instanceof Index.NewAxis;
      if (Picking.isNeeded(item)) {
        Covered.Listed listed = listed(x, base, item);
        axes.add(listed);
        shape = shape.with(axis, listed.count());
      } else if (item instanceof Index.Range) {
        axes.add(range(view, base, axis));
      } else if (!isNew) {
        axes.add(new Covered.Range(view.offset()[base], 1, 1));
      }
      base += isNew ? 0 : 1;
      axis += item instanceof Index.At ? 0 : 1;
    }
    NDArray aligned = aligned(x, full, shape, view, values);
    return axes.stream().anyMatch(covered -> covered.count() == 0)
        ? x
        : new SliceUpdate(x, axes).updated(aligned);
  }

  private static Index basic(Index item) {
    return Picking.isNeeded(item) ? Index.all() : item;
  }

  private static void requireOneArray(List<Index> items) {
    long arrays = items.stream().filter(Picking::isNeeded).count();
    boolean others =
        items.stream().anyMatch(i -> i instanceof Index.At || i instanceof Index.NewAxis);
    boolean flat = items.stream().allMatch(SliceUpdate::isAlongAnAxis);
    if (arrays > 1 || arrays == 1 && others || !flat) {
      throw new UsageException(
          "with: an index of %d arrays, or of one beside positions and new axes; use one array of positions or mask along an axis beside ranges, or withWhere with a mask of the array's shape"
              .formatted(arrays));
    }
  }

  private static boolean isAlongAnAxis(Index item) {
    return switch (item) {
      case Index.Chosen(NDArray positions) -> positions.rank() == 1;
      case Index.Listed(HostArray positions) -> positions.shape().rank() == 1;
      case Index.Masked(NDArray mask) -> mask.rank() == 1;
      case Index.At at -> true;
      case Index.Range range -> true;
      case Index.NewAxis none -> true;
      case Index.Ellipsis none -> true;
    };
  }

  /** A mask of the array's first axes, and one number or what broadcasts to what it chooses. */
  private static NDArray masked(NDArray x, NDArray mask, NDArray values) {
    boolean fits = mask.rank() <= x.rank();
    for (int axis = 0; fits && axis < mask.rank(); axis++) {
      fits = mask.shape().extent(axis) == x.shape().extent(axis);
    }
    if (!fits || values.rank() > x.rank() - mask.rank()) {
      throw new UsageException(
          "with: values of shape %s where a mask of shape %s is true, in shape %s; the mask must have the array's first axes, and values only the axes after them: to choose by place, use withWhere or where"
              .formatted(values.shape(), mask.shape(), x.shape()));
    }
    NDArray deep = mask;
    while (deep.rank() < x.rank()) {
      deep = deep.expandDims(deep.rank());
    }
    return where(x, deep, values);
  }

  private static Covered.Range range(View view, int base, int axis) {
    long start = view.offset()[base];
    long step = view.step()[axis];
    long count = view.shape().extent(axis);
    return step > 0
        ? new Covered.Range(start, step, count)
        : new Covered.Range(start + (count - 1) * step, -step, count);
  }

  private static Covered.Listed listed(NDArray x, int axis, Index item) {
    long extent = x.shape().extent(axis);
    long[] sources = new long[Math.toIntExact(extent)];
    Arrays.fill(sources, -1);
    long count = 0;
    NDArray all = x.session().arange(extent);
    try (HostArray positions = all.slice(item).compute()) {
      for (long position : positions.toLongArray()) {
        sources[(int) position] = count++;
      }
    }
    return new Covered.Listed(sources, count);
  }

  /** The values with an axis for each of the array, in its order and direction. */
  private static NDArray aligned(
      NDArray x, List<Index> items, Shape shape, View view, NDArray values) {
    NDArray typed = values.cast(x.dtype());
    while (typed.rank() > shape.rank() && typed.shape().extent(0) == 1) {
      typed = typed.squeeze(0);
    }
    if (!Broadcasting.stretches(typed.shape(), shape)) {
      throw new UsageException(
          "with: values of shape %s do not broadcast to the slice, whose shape is %s"
              .formatted(values.shape(), shape));
    }
    while (typed.rank() < shape.rank()) {
      typed = typed.expandDims(0);
    }
    int axis = 0;
    int viewed = 0;
    for (Index item : items) {
      switch (item) {
        case Index.NewAxis none -> {
          typed = typed.squeeze(axis);
          viewed++;
        }
        case Index.At at -> typed = typed.expandDims(axis++);
        case Index.Range range -> {
          typed = view.step()[viewed++] < 0 ? typed.flip(axis) : typed;
          axis++;
        }
        case Index.Ellipsis none -> throw new IllegalStateException("expanded already");
        case Index.Chosen _, Index.Listed _, Index.Masked _ -> {
          axis++;
          viewed++;
        }
      }
    }
    return typed;
  }

  private NDArray updated(NDArray values) {
    for (int axis = 0; axis < axes.size(); axis++) {
      long extent = x.shape().extent(axis);
      boolean differs = values.shape().extent(axis) > 1;
      switch (axes.get(axis)) {
        case Covered.Range(long start, long step, long count)
            when differs && step == 1 && count < extent -> {
          return joined(values, axis, start, count);
        }
        case Covered.Range(long start, long step, long count) when differs && step > 1 -> {
          return updated(values.take(sources(start, step, count, extent), axis), axis);
        }
        case Covered.Range range -> {}
        case Covered.Listed(long[] sources, long count) -> {
          if (differs) {
            return updated(values.take(atLeastZero(sources), axis), axis);
          }
        }
      }
    }
    NDArray mask = mask();
    return mask == null ? values.broadcastTo(x.shape().extents()) : mask.where(values, x);
  }

  /** The same where values have been stretched over an axis: the rest is a matter of choice. */
  private NDArray updated(NDArray stretched, int axis) {
    NDArray rest = stretched;
    for (int i = axis + 1; i < axes.size(); i++) {
      if (rest.shape().extent(i) > 1) {
        long extent = x.shape().extent(i);
        rest =
            switch (axes.get(i)) {
              case Covered.Range(long start, long step, long count) ->
                  count == extent ? rest : rest.take(sources(start, step, count, extent), i);
              case Covered.Listed(long[] sources, long count) -> rest.take(atLeastZero(sources), i);
            };
      }
    }
    NDArray mask = mask();
    return mask == null ? rest.broadcastTo(x.shape().extents()) : mask.where(rest, x);
  }

  /** What stands before, the values, what stands behind. */
  private NDArray joined(NDArray values, int axis, long start, long count) {
    NDArray middle = Pieces.part(x, axis, start, start + count);
    List<Covered> inner = new ArrayList<>(axes);
    inner.set(axis, new Covered.Range(0, 1, count));
    return Pieces.joined(
        x,
        axis,
        List.of(
            Pieces.part(x, axis, 0, start),
            new SliceUpdate(middle, inner).updated(values),
            Pieces.part(x, axis, start + count, x.shape().extent(axis))));
  }

  /** Which value each position of an axis would take. */
  private static long[] sources(long start, long step, long count, long extent) {
    long[] sources = new long[Math.toIntExact(extent)];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Math.clamp(Math.floorDiv(i - start, step), 0, count - 1);
    }
    return sources;
  }

  private static long[] atLeastZero(long[] sources) {
    return Arrays.stream(sources).map(source -> Math.max(0, source)).toArray();
  }

  /** Where the index is, broadcast over the array; null if everywhere. */
  private @org.jspecify.annotations.Nullable NDArray mask() {
    NDArray mask = null;
    for (int axis = 0; axis < axes.size(); axis++) {
      long extent = x.shape().extent(axis);
      if (axes.get(axis).count() == extent && axes.get(axis) instanceof Covered.Range) {
        continue;
      }
      long[] along = new long[axes.size()];
      Arrays.fill(along, 1);
      along[axis] = extent;
      NDArray own = x.session().indices(axis, along);
      NDArray inside =
          switch (axes.get(axis)) {
            case Covered.Range range -> inside(own, range, extent);
            case Covered.Listed(long[] sources, long count) ->
                x.session().array(HostArray.of(sources)).greaterEqual(0L).reshape(along);
          };
      mask = mask == null ? inside : mask.logicalAnd(inside);
    }
    return mask;
  }

  private static NDArray inside(NDArray position, Covered.Range range, long extent) {
    if (range.count() == 1) {
      return position.equal(range.start());
    }
    NDArray inside =
        range.start() == 0
            ? position.lessEqual(range.start() + (range.count() - 1) * range.step())
            : position.greaterEqual(range.start());
    if (range.start() > 0 && range.start() + range.count() * range.step() < extent) {
      long last = range.start() + (range.count() - 1) * range.step();
      inside = inside.logicalAnd(position.lessEqual(last));
    }
    return range.step() == 1
        ? inside
        : inside.logicalAnd(position.subtract(range.start()).remainder(range.step()).equal(0L));
  }
}
