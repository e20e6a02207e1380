package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.Set;

/**
 * Says in which precision a row computes float32. Rows are defined in float64 and rounded; single
 * precision is taken where it gives the same bits, or stays within the row's ulps.
 */
final class Precision {
  /**
   * Inexact rows whose float function keeps to the row's ulps by the table of maximum errors in the
   * CUDA C++ Programming Guide (mathematical functions, single precision). Others, such as sin with
   * 2 ulps where the row allows 1, are computed in float64; so is exp, which an H200 gave with 2
   * ulps at 2.0408828258514404.
   */
  private static final Set<String> ACCURATE =
      Set.of("expm1", "log", "log1p", "log2", "cbrt", "cosh", "tanh");

  private Precision() {}

  /** Whether {@code op} over float32 is computed by float functions. */
  static boolean single(ElementwiseOp op) {
    if (op.meaning(DType.FLOAT32) != op.meaning(DType.FLOAT64)) {
      return true;
    }
    // A row outside the table may round more than once on the way.
    boolean ofTable = ElementwiseOps.find(op.name()).filter(row -> row == op).isPresent();
    return ofTable && (op.ulps() == 0 || ACCURATE.contains(op.name()));
  }
}
