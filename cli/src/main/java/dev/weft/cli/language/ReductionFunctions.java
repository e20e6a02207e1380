package dev.weft.cli.language;

import dev.weft.core.Axes;
import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.List;

/** The named reductions, with NumPy's arguments. */
final class ReductionFunctions {
  private ReductionFunctions() {}

  private static String canonical(String name) {
    return switch (name) {
      case "amin" -> "min";
      case "amax" -> "max";
      default -> name;
    };
  }

  static boolean isKnown(String name) {
    return Reductions.names().contains(canonical(name));
  }

  static Signature signature(String name) {
    String canonical = canonical(name);
    String more =
        switch (canonical) {
          case "var", "std", "nanvar", "nanstd" -> ", ddof=0";
          case "sum", "prod" -> ", dtype=None, initial=None";
          case "min", "max" -> ", initial=None";
          case "mean", "nansum", "nanprod", "nanmean" -> ", dtype=None";
          default -> "";
        };
    return Signature.parse(
        canonical
            + "(x, axis=None, *, keepdims=False"
            + more
            + "): "
            + Reductions.all().get(canonical));
  }

  static Value apply(Call call) {
    return new Value.Array(axes(call).reduce(call.array("x"), (x, over) -> started(call, x, over)));
  }

  /** The arguments axis and keepdims. */
  static Axes axes(Call call) {
    // A position is along an axis, if not over all.
    boolean none = call.isEmpty("axis") && !call.name().contains("arg");
    Axes axes =
        none || call.has("axis") ? Axes.of(none ? new int[0] : call.axes("axis")) : Axes.all();
    return call.truth("keepdims") ? axes.keepDims() : axes;
  }

  /** A reduction that begins with a number, if one is given. */
  private static NDArray started(Call call, NDArray x, int... axes) {
    if (!call.has("initial")) {
      return reduce(call, x, axes);
    }
    ElementwiseOp row =
        switch (call.name()) {
          case "sum" -> ElementwiseOps.ADD;
          case "prod" -> ElementwiseOps.MULTIPLY;
          case "min" -> ElementwiseOps.MINIMUM;
          default -> ElementwiseOps.MAXIMUM;
        };
    boolean ofNothing =
        x.size() == 0 && (row == ElementwiseOps.MINIMUM || row == ElementwiseOps.MAXIMUM);
    Value initial = call.value("initial");
    if (ofNothing) {
      NDArray constant = call.evaluator().conversion().constant(x.dtype(), initial);
      return constant.broadcastTo(x.countNonzero(axes).shape().extents());
    }
    Value reduced = new Value.Array(reduce(call, x, axes));
    return call.evaluator().operators().apply(row, List.of(reduced, initial)).array();
  }

  private static NDArray reduce(Call call, NDArray x, int... axes) {
    if (call.has("dtype")) {
      DType dtype = call.dtype("dtype", x.dtype());
      return Reductions.reduce(call.name(), x.cast(dtype), axes).cast(dtype);
    }
    double ddof = call.number("ddof", 0);
    if (ddof == 0) {
      return Reductions.reduce(call.name(), x, axes);
    }
    return switch (call.name()) {
      case "var" -> x.var(ddof, axes);
      case "std" -> x.std(ddof, axes);
      case "nanvar" -> x.nanvar(ddof, axes);
      default -> x.nanstd(ddof, axes);
    };
  }
}
