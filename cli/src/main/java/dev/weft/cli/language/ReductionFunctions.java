package dev.weft.cli.language;

import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;

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
          case "var", "std" -> ", ddof=0";
          case "sum", "prod", "mean" -> ", dtype=None";
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
    NDArray x = call.array("x");
    int[] axes = call.axes("axis");
    NDArray result = reduce(call, x, axes);
    return new Value.Array(call.truth("keepdims") ? result.keepdims(x.shape(), axes) : result);
  }

  private static NDArray reduce(Call call, NDArray x, int[] axes) {
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
      default -> throw new UsageException(call.name() + " has no argument 'ddof'");
    };
  }
}
