package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.Reduction;
import java.util.List;

/**
 * Reductions of float16, made of those of float32 and rounded once:
 *
 * <pre>{@code
 * sum(a)             ->  float16(float64 sum(float32(a)))
 * max(a)             ->  float16(max(float32(a)))
 * }</pre>
 */
final class HalfExprs {
  private HalfExprs() {}

  static Expr reduce(Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish) {
    Expr wide = Exprs.cast(input, DType.FLOAT32);
    return switch (reduction) {
      case SUM, PROD, MOMENTS ->
          Exprs.cast(Exprs.reduceWide(wide, reduction, axes, finish), DType.FLOAT16);
      case MIN, MAX -> Exprs.cast(Exprs.reduce(wide, reduction, axes, finish), DType.FLOAT16);
      case ARGMIN, ARGMAX -> Exprs.reduce(wide, reduction, axes, finish);
    };
  }
}
