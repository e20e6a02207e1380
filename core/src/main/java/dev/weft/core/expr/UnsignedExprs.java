package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import java.util.List;

/**
 * What uint64 has no form of its own for, made of other types, exactly:
 *
 * <pre>{@code
 * max(a)             ->  int64 max(a ^ 2^63) ^ 2^63        (the order of uint64 as that of int64)
 * argmax(a)          ->  argmax(int64(a ^ 2^63))
 * var(a)             ->  var(float64(a))
 * a < b, b signed    ->  where(b < 0, 1 < 0, a < uint64(b))
 * }</pre>
 */
final class UnsignedExprs {
  private static final Scalar TOP = new Scalar(DType.UINT64, Long.MIN_VALUE, 0);

  private UnsignedExprs() {}

  /** A reduction of uint64 that devices do not have. */
  static Expr reduce(Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish) {
    if (reduction == Reduction.MOMENTS) {
      return Exprs.reduce(Exprs.cast(input, DType.FLOAT64), reduction, axes, finish);
    }
    Expr ordered = Exprs.cast(turned(input), DType.INT64);
    Expr reduced = Exprs.reduce(ordered, reduction, axes, finish);
    boolean position = finish instanceof Expr.Finish.Position;
    return position ? reduced : turned(Exprs.cast(reduced, DType.UINT64));
  }

  /** With the highest bit inverted. */
  private static Expr turned(Expr x) {
    return Exprs.apply(ElementwiseOps.BITWISE_XOR, List.of(x, Exprs.scalar(TOP)));
  }

  /** uint64 compared with a signed integer, in either order; every negative number is smaller. */
  static Expr compare(ElementwiseOp op, Expr left, Expr right) {
    boolean first = left.dtype() == DType.UINT64;
    Expr signed = first ? right : left;
    Expr zero = Exprs.scalar(Scalar.of(signed.dtype(), 0L));
    Expr one = Exprs.scalar(Scalar.of(signed.dtype(), 1L));
    Expr negative = Exprs.apply(ElementwiseOps.LESS, List.of(signed, zero));
    Expr always = Exprs.apply(op, first ? List.of(one, zero) : List.of(zero, one));
    List<Expr> whole = List.of(Exprs.cast(left, DType.UINT64), Exprs.cast(right, DType.UINT64));
    return Exprs.apply(ElementwiseOps.WHERE, List.of(negative, always, Exprs.apply(op, whole)));
  }
}
