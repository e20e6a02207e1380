package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.FloatingLimits;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.util.List;

/** Functions of values that are neither one row of the op table nor one reduction. */
final class NumericFunctions {
  static final List<String> ROWS =
      List.of(
          "where(condition, x, y): x where the condition is true, else y",
          "clip(x, min=None, max=None): x kept between min and max",
          "round(x, decimals=0): nearest number with so many decimals, halves to even",
          "around(x, decimals=0): nearest number with so many decimals, halves to even",
          "astype(x, dtype): the elements as another type",
          "cumsum(x, axis=None, dtype=None): running sum",
          "cumprod(x, axis=None, dtype=None): running product",
          "nancumsum(x, axis=None, dtype=None): running sum without NaN",
          "nancumprod(x, axis=None, dtype=None): running product without NaN",
          "cumulative_sum(x, axis=None, dtype=None, include_initial=False): running sum",
          "cumulative_prod(x, axis=None, dtype=None, include_initial=False): running product",
          "diff(x, n=1, axis=-1, prepend=None, append=None): differences of neighbours",
          "nan_to_num(x, nan=0.0, posinf=None, neginf=None): numbers instead of NaN and infinities",
          "isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False): whether |a - b| <= atol + rtol |b|",
          "allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False): whether all elements are close",
          "matmul(a, b): matrix product, as a @ b",
          "dot(a, b): sum of products over the last axis of a and the last but one of b",
          "outer(a, b): all products of an element of a and one of b",
          "tensordot(a, b, axes=2): sum of products over pairs of axes",
          "len(x): extent of the first axis");

  private NumericFunctions() {}

  static Value apply(Call call) {
    Operators operators = call.evaluator().operators();
    return switch (call.name()) {
      case "where" ->
          operators.apply(
              ElementwiseOps.WHERE,
              List.of(call.value("condition"), call.value("x"), call.value("y")));
      case "clip" -> clip(call, operators);
      case "astype" ->
          new Array(call.array("x").cast(call.dtype("dtype", call.array("x").dtype())));
      case "isclose" -> new Array(isclose(call));
      case "allclose" -> new Array(isclose(call).all());
      case "len" -> length(call);
      default -> new Array(compute(call));
    };
  }

  private static NDArray isclose(Call call) {
    double rtol = call.number("rtol", 1e-5);
    double atol = call.number("atol", 1e-8);
    return call.array("a").isclose(call.array("b"), rtol, atol, call.truth("equal_nan"));
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "cumsum", "cumprod", "nancumsum", "nancumprod" -> running(call);
      case "cumulative_sum", "cumulative_prod" -> cumulative(call);
      case "round", "around" -> call.array("x").round(call.small("decimals", 0));
      case "diff" -> diff(call);
      case "nan_to_num" -> nanToNum(call);
      case "matmul" -> call.array("a").matmul(call.array("b"));
      case "dot" -> call.array("a").dot(call.array("b"));
      case "outer" -> call.array("a").ravel().outer(call.array("b").ravel());
      case "tensordot" -> tensordot(call);
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray running(Call call) {
    NDArray x = call.array("x");
    DType given = call.dtype("dtype", x.dtype());
    NDArray typed = x.cast(given);
    NDArray values = call.has("axis") && x.rank() > 0 ? typed : typed.ravel();
    int axis = call.axis("axis", 0);
    NDArray totals =
        switch (call.name()) {
          case "cumsum" -> values.cumsum(axis);
          case "cumprod" -> values.cumprod(axis);
          case "nancumsum" -> values.nancumsum(axis);
          default -> values.nancumprod(axis);
        };
    return call.has("dtype") ? totals.cast(given) : totals;
  }

  /** The Array API's names: an axis may be left out of vectors only. */
  private static NDArray cumulative(Call call) {
    NDArray x = call.array("x");
    if (!call.has("axis") && x.rank() != 1) {
      throw new UsageException(
          "%s: an array of %d axes needs one to be named, as in axis=0"
              .formatted(call.name(), x.rank()));
    }
    DType dtype = call.has("dtype") ? call.dtype("dtype", x.dtype()) : null;
    boolean initial = call.truth("include_initial");
    int axis = call.axis("axis", 0);
    return call.name().equals("cumulative_sum")
        ? x.cumulativeSum(axis, dtype, initial)
        : x.cumulativeProd(axis, dtype, initial);
  }

  private static NDArray diff(Call call) {
    NDArray before = call.has("prepend") ? call.array("prepend") : null;
    NDArray behind = call.has("append") ? call.array("append") : null;
    return call.array("x").diff(call.integer("n", 1), call.axis("axis", -1), before, behind);
  }

  private static NDArray nanToNum(Call call) {
    NDArray x = call.array("x");
    // Integers have no infinities.
    double most = x.dtype().isInexact() ? FloatingLimits.largest(x.dtype()) : 0;
    return x.nanToNum(
        call.number("nan", 0), call.number("posinf", most), call.number("neginf", -most));
  }

  private static Value clip(Call call, Operators operators) {
    Value x = call.value("x");
    if (call.has("min") && call.has("max")) {
      return operators.apply(ElementwiseOps.CLIP, List.of(x, call.value("min"), call.value("max")));
    }
    if (call.has("min")) {
      return operators.apply(ElementwiseOps.MAXIMUM, List.of(x, call.value("min")));
    }
    return call.has("max")
        ? operators.apply(ElementwiseOps.MINIMUM, List.of(x, call.value("max")))
        : new Array(call.array("x"));
  }

  static NDArray tensordot(Call call) {
    NDArray a = call.array("a");
    NDArray b = call.array("b");
    if (call.value("axes") instanceof Items(List<Value> pair, boolean list)) {
      if (pair.size() != 2) {
        throw call.wrong("axes", "an integer, or two lists of axes such as ([1], [0])");
      }
      return a.tensordot(b, axes(pair.get(0)), axes(pair.get(1)));
    }
    return a.tensordot(b, call.small("axes", 2));
  }

  private static int[] axes(Value value) {
    long[] extents = Conversion.extents(value);
    int[] axes = new int[extents.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Math.clamp(extents[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return axes;
  }

  private static Value length(Call call) {
    if (call.value("x") instanceof Items(List<Value> items, boolean list)) {
      return new Whole(items.size());
    }
    Shape shape = call.array("x").shape();
    if (shape.rank() == 0) {
      throw new UsageException("len: an array without axes has no length");
    }
    return new Whole(shape.extent(0));
  }
}
