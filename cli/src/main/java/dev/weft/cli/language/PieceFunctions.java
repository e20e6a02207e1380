package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.Pad;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** Functions that cut arrays, pad them, and put elements in or leave them out. */
final class PieceFunctions {
  static final List<String> ROWS =
      List.of(
          "pad(x, pad_width, mode='constant', *, constant_values=0, end_values=0, stat_length=None, reflect_type='even'): elements around",
          "split(x, indices_or_sections, axis=0): equal parts, or cut at positions; a tuple",
          "array_split(x, indices_or_sections, axis=0): parts that may differ by one; a tuple",
          "hsplit(x, indices_or_sections): split along the second axis; a tuple",
          "vsplit(x, indices_or_sections): split along the first axis; a tuple",
          "dsplit(x, indices_or_sections): split along the third axis; a tuple",
          "unstack(x, axis=0): the elements of an axis; a tuple",
          "insert(x, obj, values, axis=None): with values before positions",
          "delete(x, obj, axis=None): without positions, or what a mask is true for",
          "append(x, values, axis=None): with values behind it",
          "take_along_axis(x, indices, axis=-1): elements at positions, each of its own row",
          "rot90(m, k=1, axes=None): turned by quarters, against the clock",
          "ediff1d(x, to_end=None, to_begin=None): differences of neighbours in C order",
          "argwhere(x): positions of what is not 0, one a row",
          "nonzero(x): positions of what is not 0 along each axis; a tuple",
          "tril_indices_from(x, k=0): positions on and below a diagonal of a matrix; a tuple",
          "triu_indices_from(x, k=0): positions on and above a diagonal of a matrix; a tuple",
          "flatnonzero(x): positions in C order of what is not 0",
          "unravel_index(x, shape): positions along each axis of positions in C order; a tuple",
          "resize(x, new_shape): the elements in C order again and again, under another shape");

  private PieceFunctions() {}

  static Value apply(Call call) {
    NDArray x = call.array(call.name().equals("rot90") ? "m" : "x");
    return switch (call.name()) {
      case "split" -> split(call, x, call.axis("axis", 0), true);
      case "array_split" -> split(call, x, call.axis("axis", 0), false);
      case "hsplit" -> split(call, x, x.rank() == 1 ? 0 : 1, true);
      case "vsplit" -> split(call, x, 0, true);
      case "dsplit" -> split(call, x, 2, true);
      case "unstack" -> ElementFunctions.tuple(x.unstack(call.axis("axis", 0)));
      case "unravel_index" -> ElementFunctions.tuple(x.unravelIndex(call.extents("shape")));
      case "nonzero" -> ElementFunctions.tuple(x.nonzero());
      case "tril_indices_from", "triu_indices_from" -> {
        boolean lower = call.name().startsWith("tril");
        yield CreationFunctions.triangle(call, lower, x.shape().extents(), call.integer("k", 0));
      }
      default -> new Array(compute(call, x));
    };
  }

  private static NDArray compute(Call call, NDArray x) {
    return switch (call.name()) {
      case "pad" -> pad(call, x);
      case "insert" -> insert(call, flat(call, x), call.axis("axis", 0));
      case "delete" -> delete(call, flat(call, x), call.axis("axis", 0));
      case "append" -> append(call, x);
      case "take_along_axis" ->
          call.isNone("axis")
              ? x.ravel().takeAlongAxis(call.array("indices"), 0)
              : x.takeAlongAxis(call.array("indices"), call.axis("axis", -1));
      case "rot90" -> rot90(call, x);
      case "ediff1d" -> x.ediff1d(ends(call, x, "to_begin"), ends(call, x, "to_end"));
      case "argwhere" -> x.argwhere();
      case "flatnonzero" -> x.flatnonzero();
      case "resize" -> resize(x, Shape.of(call.extents("new_shape")));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  /** Of nothing, zeros. */
  private static NDArray resize(NDArray x, Shape shape) {
    if (x.size() == 0 || shape.size() == 0) {
      return x.session().zeros(x.dtype(), shape.extents());
    }
    long times = (shape.size() - 1) / x.size() + 1;
    NDArray all = times == 1 ? x.ravel() : x.ravel().tile(times);
    return all.slice(Index.range(0, shape.size())).reshape(shape.extents());
  }

  private static NDArray flat(Call call, NDArray x) {
    return call.has("axis") ? x : x.ravel();
  }

  private static Value split(Call call, NDArray x, int axis, boolean even) {
    if (call.value("indices_or_sections") instanceof Value.Whole(long sections)) {
      int count = Math.clamp(sections, Integer.MIN_VALUE, Integer.MAX_VALUE);
      return ElementFunctions.tuple(even ? x.split(count, axis) : x.arraySplit(count, axis));
    }
    return ElementFunctions.tuple(x.splitAt(call.integers("indices_or_sections"), axis));
  }

  private static NDArray ends(Call call, NDArray x, String parameter) {
    return call.has(parameter) ? call.array(parameter) : call.session().zeros(x.dtype(), 0);
  }

  private static NDArray rot90(Call call, NDArray x) {
    int[] axes = call.has("axes") ? call.axes("axes") : new int[] {0, 1};
    if (axes.length != 2) {
      throw call.wrong("axes", "two axes");
    }
    return x.rot90(call.small("k", 1), axes[0], axes[1]);
  }

  private static NDArray append(Call call, NDArray x) {
    NDArray values = call.array("values");
    return call.has("axis")
        ? x.append(values, call.axis("axis"))
        : x.ravel().append(values.ravel(), 0);
  }

  private static NDArray insert(Call call, NDArray x, int axis) {
    NDArray values = call.array("values");
    if (call.value("obj") instanceof Value.Whole(long position)) {
      // A position takes a slice of the array, as x[:, position] = values does.
      return x.insert(position, placed(values, x.rank(), axis), axis);
    }
    long[] positions = positions(call, x, axis);
    return positions.length == 1
        ? x.insert(positions[0], values, axis)
        : x.insert(positions, values, axis);
  }

  /** Values with new axes in front, the first of which goes to the place of an axis. */
  private static NDArray placed(NDArray values, int rank, int axis) {
    NDArray deep = values;
    while (deep.rank() < rank) {
      deep = deep.expandDims(0);
    }
    return deep.moveaxis(0, axis);
  }

  private static NDArray delete(Call call, NDArray x, int axis) {
    return x.delete(positions(call, x, axis), axis);
  }

  /** Positions given as a number, a mask or integers. */
  private static long[] positions(Call call, NDArray x, int axis) {
    long extent = x.shape().extent(x.shape().axis(call.name(), axis));
    Value given = call.value("obj");
    if (given instanceof Items || given instanceof Array) {
      NDArray array = call.array("obj");
      if (array.size() == 0) {
        return new long[0];
      }
      if (array.dtype() == DType.BOOL) {
        if (array.rank() != 1 || array.size() != extent) {
          throw new UsageException(
              "%s: a mask of shape %s for axis %d of shape %s; use one of %d elements"
                  .formatted(call.name(), array.shape(), axis, x.shape(), extent));
        }
        return longs(array.flatnonzero());
      }
    }
    return call.integers("obj");
  }

  private static long[] longs(NDArray array) {
    try (var values = array.compute()) {
      return values.toLongArray();
    }
  }

  private static NDArray pad(Call call, NDArray x) {
    if (x.rank() == 0) {
      return x;
    }
    String mode = call.word("mode", "constant");
    Pad pad =
        switch (mode) {
          case "constant" -> Pad.constant(0).each(reals(call, "constant_values"));
          case "edge" -> Pad.edge();
          case "linear_ramp" -> Pad.linearRamp(0).each(reals(call, "end_values"));
          case "maximum" -> Pad.maximum();
          case "mean" -> Pad.mean();
          case "minimum" -> Pad.minimum();
          case "reflect" -> Pad.reflect();
          case "symmetric" -> Pad.symmetric();
          case "wrap" -> Pad.wrap();
          case "empty" -> Pad.empty();
          default ->
              throw call.wrong(
                  "mode",
                  "'constant', 'edge', 'linear_ramp', 'maximum', 'mean', 'minimum', 'reflect', 'symmetric', 'wrap' or 'empty'");
        };
    String type = call.word("reflect_type", "even");
    if (!type.equals("even") && !type.equals("odd")) {
      throw call.wrong("reflect_type", "'even' or 'odd'");
    }
    Pad turned = type.equals("odd") ? pad.odd() : pad;
    Pad full = call.has("stat_length") ? turned.over(wholes(call, "stat_length")) : turned;
    return x.pad(full, wholes(call, "pad_width"));
  }

  private static long[][] wholes(Call call, String parameter) {
    return pairs(call, parameter).stream()
        .map(pair -> pair.stream().mapToLong(PythonNumbers::whole).toArray())
        .toArray(long[][]::new);
  }

  private static double[][] reals(Call call, String parameter) {
    if (!call.has(parameter)) {
      return new double[][] {{0, 0}};
    }
    return pairs(call, parameter).stream()
        .map(pair -> pair.stream().mapToDouble(PythonNumbers::real).toArray())
        .toArray(double[][]::new);
  }

  /** A number, a pair, or pairs for each axis; one number stands for a pair. */
  private static List<List<Value>> pairs(Call call, String parameter) {
    Value given = call.value(parameter);
    if (!(given instanceof Items(List<Value> items, boolean list))) {
      return List.of(List.of(given, given));
    }
    if (items.stream().allMatch(Value::isNumber)) {
      return List.of(pair(call, parameter, items));
    }
    List<List<Value>> pairs = new ArrayList<>();
    for (Value item : items) {
      if (!(item instanceof Items(List<Value> pair, boolean isList))) {
        throw call.wrong(parameter, "a number, a pair, or a pair for each axis");
      }
      pairs.add(pair(call, parameter, pair));
    }
    return pairs;
  }

  private static List<Value> pair(Call call, String parameter, List<Value> items) {
    if (items.isEmpty() || items.size() > 2) {
      throw call.wrong(parameter, "a number, a pair, or a pair for each axis");
    }
    return List.of(items.getFirst(), items.getLast());
  }
}
