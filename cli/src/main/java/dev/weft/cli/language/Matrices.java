package dev.weft.cli.language;

import dev.weft.core.NDArray;
import org.jspecify.annotations.Nullable;

/** Functions of matrices and of ranks that NumPy makes them of. */
final class Matrices {
  private Matrices() {}

  static NDArray apply(Call call) {
    return switch (call.name()) {
      case "cov" -> covariance(call);
      case "corrcoef" -> call.array("x").corrcoef(optional(call, "y"), call.isTrue("rowvar"));
      case "diagonal" -> call.array("x").diagonal(offset(call), axis1(call), axis2(call));
      case "trace" -> call.array("x").trace(offset(call), axis1(call), axis2(call));
      case "diag" -> call.array("v").diag(call.integer("k", 0));
      case "diagflat" -> call.array("v").ravel().diag(call.integer("k", 0));
      case "tril" -> call.array("m").tril(call.integer("k", 0));
      case "triu" -> call.array("m").triu(call.integer("k", 0));
      case "fliplr" -> call.array("m").flip(1);
      case "flipud" -> call.array("m").flip(0);
      case "atleast_1d" -> atLeast(1, call.array("x"));
      case "atleast_2d" -> atLeast(2, call.array("x"));
      case "atleast_3d" -> atLeast(3, call.array("x"));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static @Nullable NDArray optional(Call call, String parameter) {
    return call.has(parameter) ? call.array(parameter) : null;
  }

  private static long offset(Call call) {
    return call.integer("offset", 0);
  }

  private static int axis1(Call call) {
    return call.axis("axis1", 0);
  }

  private static int axis2(Call call) {
    return call.axis("axis2", 1);
  }

  private static NDArray covariance(Call call) {
    double ddof = call.number("ddof", call.truth("bias") ? 0 : 1);
    return call.array("m").cov(optional(call, "y"), call.isTrue("rowvar"), ddof);
  }

  /** New axes stand in front, but for the third, which stands behind. */
  private static NDArray atLeast(int rank, NDArray x) {
    NDArray result = x.rank() == 0 ? x.reshape(1) : x;
    if (rank > 1 && result.rank() == 1) {
      result = result.expandDims(0);
    }
    return rank > 2 && result.rank() == 2 ? result.expandDims(2) : result;
  }
}
