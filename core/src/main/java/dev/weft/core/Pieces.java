package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Arrays cut along an axis, and with parts put in or left out. */
final class Pieces {
  /** Runs of neighbours up to which parts are joined; beyond, elements are gathered. */
  private static final int FEW = 16;

  private Pieces() {}

  /** The positions from {@code from} to before {@code to} of an axis. */
  static NDArray part(NDArray x, int axis, long from, long to) {
    return along(x, axis, Index.range(from, to));
  }

  /** An index of one axis, and all of the others. */
  static NDArray along(NDArray x, int axis, Index item) {
    Index[] items = new Index[axis + 1];
    Arrays.fill(items, Index.all());
    items[axis] = item;
    return x.slice(items);
  }

  static NDArray[] split(NDArray x, long sections, int axis, boolean even) {
    int checked = x.shape().axis("split", axis);
    long extent = x.shape().extent(checked);
    if (sections < 1 || sections > Integer.MAX_VALUE) {
      throw new UsageException(
          "split: %d sections of shape %s; use 1 or more".formatted(sections, x.shape()));
    }
    if (even && extent % sections != 0) {
      throw new UsageException(
          "split: axis %d of shape %s is %d, which does not divide into %d sections; use array_split for uneven ones"
              .formatted(checked, x.shape(), extent, sections));
    }
    long[] cuts = new long[(int) sections - 1];
    // The first extent % sections pieces are longer by one.
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = (i + 1) * (extent / sections) + Math.min(i + 1, extent % sections);
    }
    return at(x, cuts, checked);
  }

  /** Cut before each of these positions; those beyond the end leave empty pieces. */
  static NDArray[] at(NDArray x, long[] cuts, int axis) {
    int checked = x.shape().axis("split", axis);
    NDArray[] pieces = new NDArray[cuts.length + 1];
    long extent = x.shape().extent(checked);
    for (int i = 0; i <= cuts.length; i++) {
      long from = i == 0 ? 0 : cuts[i - 1];
      long to = i == cuts.length ? extent : cuts[i];
      pieces[i] = part(x, checked, from, to);
    }
    return pieces;
  }

  static NDArray[] unstack(NDArray x, int axis) {
    int checked = x.shape().axis("unstack", axis);
    long extent = x.shape().extent(checked);
    NDArray moved = x.moveaxis(checked, 0);
    return LongStream.range(0, extent)
        .mapToObj(i -> moved.slice(Index.at(i)))
        .toArray(NDArray[]::new);
  }

  static NDArray delete(NDArray x, long[] positions, int axis) {
    int checked = x.shape().axis("delete", axis);
    long extent = x.shape().extent(checked);
    long[] gone =
        Arrays.stream(checked("delete", x, checked, extent - 1, positions))
            .sorted()
            .distinct()
            .toArray();
    if (gone.length > FEW) {
      return x.take(left(extent, gone), checked);
    }
    List<NDArray> kept = new ArrayList<>();
    long from = 0;
    for (long position : gone) {
      kept.add(part(x, checked, from, position));
      from = position + 1;
    }
    kept.add(part(x, checked, from, extent));
    return joined(x, checked, kept);
  }

  private static long[] left(long extent, long[] gone) {
    long[] left = new long[Math.toIntExact(extent - gone.length)];
    int next = 0;
    int skipped = 0;
    for (long i = 0; i < extent; i++) {
      if (skipped < gone.length && gone[skipped] == i) {
        skipped++;
      } else {
        left[next++] = i;
      }
    }
    return left;
  }

  /** Values of one thickness before each position of the array as it was. */
  static NDArray insert(NDArray x, long[] positions, NDArray values, int axis) {
    int along = x.shape().axis("insert", axis);
    long extent = x.shape().extent(along);
    long[] places = checked("insert", x, along, extent, positions);
    NDArray typed = spread(x, values, along, places.length);
    Integer[] order = IntStream.range(0, places.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingLong(i -> places[i]));
    List<NDArray> parts = new ArrayList<>();
    long from = 0;
    for (int i : order) {
      parts.add(part(x, along, from, places[i]));
      parts.add(part(typed, along, i, i + 1));
      from = places[i];
    }
    parts.add(part(x, along, from, extent));
    return joined(x, along, parts);
  }

  /** All of the values before one position. */
  static NDArray insert(NDArray x, long position, NDArray values, int axis) {
    int along = x.shape().axis("insert", axis);
    long extent = x.shape().extent(along);
    long place = checked("insert", x, along, extent, position)[0];
    NDArray typed = spread(x, values, along, -1);
    NDArray before = part(x, along, 0, place);
    return joined(x, along, List.of(before, typed, part(x, along, place, extent)));
  }

  /** Values of the array's type and other extents, as thick as they are or as asked for. */
  private static NDArray spread(NDArray x, NDArray values, int axis, long thickness) {
    NDArray typed = values.cast(x.dtype());
    while (typed.rank() < x.rank()) {
      typed = typed.expandDims(0);
    }
    if (typed.rank() > x.rank()) {
      throw new UsageException(
          "insert: values of shape %s into shape %s; they may have no more axes than the array"
              .formatted(values.shape(), x.shape()));
    }
    long own = typed.shape().extent(axis);
    Shape shape = x.shape().with(axis, thickness < 0 ? own : thickness);
    return typed.broadcastTo(shape.extents());
  }

  /** Parts one after the other, those left out that have no elements. */
  static NDArray joined(NDArray x, int axis, List<NDArray> parts) {
    NDArray[] filled =
        parts.stream().filter(part -> part.shape().extent(axis) > 0).toArray(NDArray[]::new);
    return filled.length == 0 ? part(x, axis, 0, 0) : x.session().concatenate(axis, filled);
  }

  /** Positions counted from the beginning, up to {@code last}. */
  private static long[] checked(String name, NDArray x, int axis, long last, long... positions) {
    long extent = x.shape().extent(axis);
    return Arrays.stream(positions)
        .map(
            position -> {
              if (position < -extent || position > last) {
                throw new UsageException(
                    "%s: position %d is out of bounds for axis %d of shape %s, which allows %d to %d"
                        .formatted(name, position, axis, x.shape(), -extent, last));
              }
              return position < 0 ? position + extent : position;
            })
        .toArray();
  }
}
