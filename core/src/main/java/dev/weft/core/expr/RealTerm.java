package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.List;

/** A real array in a formula of {@link ComplexExprs}. */
record RealTerm(Expr expr) {
  RealTerm apply(ElementwiseOp op) {
    return new RealTerm(Exprs.apply(op, List.of(expr)));
  }

  RealTerm apply(ElementwiseOp op, RealTerm other) {
    return new RealTerm(Exprs.apply(op, List.of(expr, other.expr)));
  }

  RealTerm number(double value) {
    return new RealTerm(Exprs.scalar(Scalar.of(expr.dtype(), value)));
  }

  RealTerm cast(DType dtype) {
    return new RealTerm(Exprs.cast(expr, dtype));
  }

  RealTerm plus(RealTerm other) {
    return apply(ElementwiseOps.ADD, other);
  }

  RealTerm plus(double value) {
    return plus(number(value));
  }

  RealTerm minus(RealTerm other) {
    return apply(ElementwiseOps.SUBTRACT, other);
  }

  RealTerm times(RealTerm other) {
    return apply(ElementwiseOps.MULTIPLY, other);
  }

  RealTerm times(double value) {
    return times(number(value));
  }

  RealTerm over(RealTerm other) {
    return apply(ElementwiseOps.DIVIDE, other);
  }

  RealTerm negative() {
    return apply(ElementwiseOps.NEGATIVE);
  }

  RealTerm square() {
    return times(this);
  }

  RealTerm sqrt() {
    return apply(ElementwiseOps.SQRT);
  }

  RealTerm abs() {
    return apply(ElementwiseOps.ABS);
  }

  RealTerm copySign(RealTerm sign) {
    return apply(ElementwiseOps.COPYSIGN, sign);
  }

  RealTerm isZero() {
    return apply(ElementwiseOps.EQUAL, number(0));
  }

  RealTerm isAbove(double value) {
    return apply(ElementwiseOps.GREATER, number(value));
  }

  RealTerm isBelow(double value) {
    return apply(ElementwiseOps.LESS, number(value));
  }

  RealTerm isFinite() {
    return apply(ElementwiseOps.ISFINITE);
  }

  RealTerm isInfinite() {
    return apply(ElementwiseOps.ISINF);
  }

  RealTerm isNan() {
    return apply(ElementwiseOps.ISNAN);
  }

  RealTerm and(RealTerm other) {
    return apply(ElementwiseOps.LOGICAL_AND, other);
  }

  RealTerm or(RealTerm other) {
    return apply(ElementwiseOps.LOGICAL_OR, other);
  }

  RealTerm not() {
    return apply(ElementwiseOps.LOGICAL_NOT);
  }

  /** Of a truth value: one term where it is true, else another. */
  RealTerm where(RealTerm yes, RealTerm no) {
    return new RealTerm(Exprs.apply(ElementwiseOps.WHERE, List.of(expr, yes.expr, no.expr)));
  }

  /** The product; 0 where a factor is 0, though the other be infinite or NaN. */
  RealTerm timesOrZero(RealTerm factor) {
    return factor.isZero().where(factor.copySign(factor.times(sign())), times(factor));
  }

  private RealTerm sign() {
    return number(1).copySign(this);
  }
}
