package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.List;

/**
 * Algebra that keeps every bit, signed zeros and NaN included.
 *
 * <pre>{@code
 * x * 1, x / 1, x ** 1, x - 0        ->  x
 * x + 0 (integers), x + -0.0         ->  x
 * -(-x)                              ->  x
 * x ** 2                             ->  square(x)
 * cast(cast(x, wider), narrower)     ->  cast(x, narrower)   (integers)
 * }</pre>
 *
 * Not done, because results would change: {@code x + 0.0} (loses -0.0), {@code x * 0} (loses NaN),
 * reassociation.
 */
final class Simplify implements Pass {
  @Override
  public String name() {
    return "simplify";
  }

  @Override
  public List<Expr> apply(List<Expr> roots) {
    return Graphs.rewrite(roots, (was, node) -> simplify(node));
  }

  private static Expr simplify(Expr node) {
    return switch (node) {
      case Expr.Elementwise e -> elementwise(e);
      case Expr.Cast(Expr.Cast(Expr inner, Expr.Type wide), Expr.Type narrow)
          when keepsLowBits(inner.dtype(), wide.dtype(), narrow.dtype()) ->
          inner.dtype() == narrow.dtype() ? inner : new Expr.Cast(inner, narrow);
      default -> node;
    };
  }

  /** Whether going through {@code wide} leaves the low bits that {@code narrow} keeps. */
  private static boolean keepsLowBits(DType inner, DType wide, DType narrow) {
    return inner.isInteger()
        && wide.isInteger()
        && narrow.isInteger()
        && wide.itemSize() >= inner.itemSize()
        && wide.itemSize() >= narrow.itemSize();
  }

  private static Expr elementwise(Expr.Elementwise e) {
    Expr a = e.inputs().getFirst();
    if (e.op() == ElementwiseOps.NEGATIVE
        && a instanceof Expr.Elementwise inner
        && inner.op() == ElementwiseOps.NEGATIVE) {
      return inner.inputs().getFirst();
    }
    if (e.inputs().size() != 2 || e.dtype() == DType.BOOL) {
      return e;
    }
    Expr b = e.inputs().getLast();
    if (isRightNeutral(e.op(), b) && a.dtype() == e.dtype()) {
      return a;
    }
    boolean commutes = e.op() == ElementwiseOps.MULTIPLY || e.op() == ElementwiseOps.ADD;
    if (commutes && isRightNeutral(e.op(), a) && b.dtype() == e.dtype()) {
      return b;
    }
    if (e.op() == ElementwiseOps.POW && Constants.is(b, 2)) {
      return new Expr.Elementwise(ElementwiseOps.SQUARE, List.of(a), e.type());
    }
    return e;
  }

  private static boolean isRightNeutral(ElementwiseOp op, Expr b) {
    if (op == ElementwiseOps.MULTIPLY || op == ElementwiseOps.DIVIDE || op == ElementwiseOps.POW) {
      return Constants.is(b, 1);
    }
    if (op == ElementwiseOps.SUBTRACT) {
      return Constants.is(b, 0.0);
    }
    return op == ElementwiseOps.ADD && Constants.is(b, b.dtype().isFloating() ? -0.0 : 0.0);
  }
}
