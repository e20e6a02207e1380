package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;

/** A complex array in a formula: arithmetic as NumPy does it. */
record ComplexTerm(RealTerm re, RealTerm im) {
  static ComplexTerm of(Expr x, DType dtype) {
    ComplexPair pair = ComplexPair.of(x, dtype.part());
    return new ComplexTerm(new RealTerm(pair.re()), new RealTerm(pair.im()));
  }

  Expr join() {
    return ComplexPair.of(re.expr(), im.expr()).join();
  }

  ComplexTerm cast(DType part) {
    return new ComplexTerm(re.cast(part), im.cast(part));
  }

  /** The same number as a real one. */
  ComplexTerm number(double value) {
    return new ComplexTerm(re.number(value), re.number(0));
  }

  ComplexTerm plus(ComplexTerm other) {
    return new ComplexTerm(re.plus(other.re), im.plus(other.im));
  }

  ComplexTerm minus(ComplexTerm other) {
    return new ComplexTerm(re.minus(other.re), im.minus(other.im));
  }

  ComplexTerm times(ComplexTerm other) {
    return new ComplexTerm(
        re.times(other.re).minus(im.times(other.im)), re.times(other.im).plus(im.times(other.re)));
  }

  ComplexTerm times(double factor) {
    return new ComplexTerm(re.times(factor), im.times(factor));
  }

  ComplexTerm negative() {
    return new ComplexTerm(re.negative(), im.negative());
  }

  ComplexTerm conjugate() {
    return new ComplexTerm(re, im.negative());
  }

  /** Times the imaginary unit. */
  ComplexTerm turned() {
    return new ComplexTerm(im.negative(), re);
  }

  /** Times the imaginary unit, the other way round. */
  ComplexTerm turnedBack() {
    return new ComplexTerm(im, re.negative());
  }

  /**
   * Division by Smith's method: R. L. Smith, Algorithm 116: Complex division, Communications of the
   * ACM 5 (1962).
   */
  ComplexTerm over(ComplexTerm other) {
    RealTerm realIsLarger = other.re.abs().apply(ElementwiseOps.GREATER_EQUAL, other.im.abs());
    RealTerm large = realIsLarger.where(other.re, other.im);
    RealTerm small = realIsLarger.where(other.im, other.re);
    RealTerm ratio = small.over(large);
    RealTerm scale = large.number(1).over(large.plus(small.times(ratio)));
    RealTerm first = realIsLarger.where(re.plus(im.times(ratio)), re.times(ratio).plus(im));
    RealTerm second = realIsLarger.where(im.minus(re.times(ratio)), im.times(ratio).minus(re));
    // Parts divided by 0 tell more than NaN.
    RealTerm nothing = large.isZero().and(small.isZero());
    RealTerm zero = large.abs();
    return new ComplexTerm(
        nothing.where(re.over(zero), first.times(scale)),
        nothing.where(im.over(zero), second.times(scale)));
  }

  /** 1 divided by the number. */
  ComplexTerm reciprocal() {
    RealTerm realIsLarger = im.abs().apply(ElementwiseOps.LESS_EQUAL, re.abs());
    RealTerm large = realIsLarger.where(re, im);
    RealTerm small = realIsLarger.where(im, re);
    RealTerm ratio = small.over(large);
    RealTerm divisor = large.plus(small.times(ratio));
    RealTerm one = large.number(1);
    return new ComplexTerm(
        realIsLarger.where(one, ratio).over(divisor),
        realIsLarger.where(ratio, one).negative().over(divisor));
  }

  RealTerm abs() {
    return re.apply(ElementwiseOps.HYPOT, im);
  }

  RealTerm angle() {
    return im.apply(ElementwiseOps.ATAN2, re);
  }

  RealTerm isTrue() {
    return re.isZero().and(im.isZero()).not();
  }

  RealTerm isEqual(ComplexTerm other) {
    RealTerm first = re.apply(ElementwiseOps.EQUAL, other.re);
    return first.and(im.apply(ElementwiseOps.EQUAL, other.im));
  }

  /** One number where a condition holds, else another. */
  static ComplexTerm where(RealTerm condition, ComplexTerm yes, ComplexTerm no) {
    return new ComplexTerm(condition.where(yes.re, no.re), condition.where(yes.im, no.im));
  }
}
