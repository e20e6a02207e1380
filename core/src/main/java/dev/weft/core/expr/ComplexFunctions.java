package dev.weft.core.expr;

import dev.weft.core.op.ElementwiseOps;

/**
 * Functions of complex numbers as formulas of their parts, with the values of C99's Annex G at
 * zeros, infinities and NaN, as NumPy has them. Branch cuts follow the signs of zeros: W. Kahan,
 * Branch cuts for complex elementary functions, in: The State of the Art in Numerical Analysis
 * (1987).
 */
final class ComplexFunctions {
  /** Above it, e to the power of a float64 overflows. */
  private static final double MOST_EXPONENT = 709;

  /** Beyond it, tanh is 1. */
  private static final double FLAT = 22;

  private static final double HUGE = 0x1p1000;
  private static final double TINY = 0x1p-900;

  private ComplexFunctions() {}

  static ComplexTerm exp(ComplexTerm z) {
    // e^x may overflow where e^x cos(y) does not.
    RealTerm overflows = z.re().isAbove(MOST_EXPONENT);
    RealTerm rest = overflows.where(z.re().plus(-MOST_EXPONENT), z.re());
    RealTerm factor = overflows.where(z.re().number(Math.exp(MOST_EXPONENT)), z.re().number(1));
    RealTerm size = rest.apply(ElementwiseOps.EXP);
    RealTerm re = size.times(z.im().apply(ElementwiseOps.COS)).times(factor);
    RealTerm im = size.times(z.im().apply(ElementwiseOps.SIN)).times(factor);
    RealTerm noAngle = isEndless(z);
    RealTerm limit = z.re().isBelow(0).where(z.re().number(0), z.re());
    RealTerm none = z.re().isBelow(0).where(z.re().number(0), z.re().number(Double.NaN));
    return new ComplexTerm(
        noAngle.where(limit, z.im().isZero().where(z.re().apply(ElementwiseOps.EXP), re)),
        noAngle.where(none, z.im().isZero().where(z.im(), im)));
  }

  static ComplexTerm expm1(ComplexTerm z) {
    RealTerm half = z.im().times(0.5).apply(ElementwiseOps.SIN);
    RealTerm near =
        z.re()
            .apply(ElementwiseOps.EXPM1)
            .times(z.im().apply(ElementwiseOps.COS))
            .minus(half.square().times(2))
            .plus(0);
    ComplexTerm whole = exp(z);
    RealTerm far = whole.re().plus(-1);
    RealTerm small = z.re().abs().isBelow(1).and(z.im().isFinite());
    return new ComplexTerm(small.where(near, far), whole.im());
  }

  static ComplexTerm log(ComplexTerm z) {
    RealTerm x = z.re().abs();
    RealTerm y = z.im().abs();
    RealTerm large = x.apply(ElementwiseOps.MAXIMUM, y);
    RealTerm small = x.apply(ElementwiseOps.MINIMUM, y);
    // Near 1 the size says too little: log|z| = log1p(|z|^2 - 1) / 2.
    RealTerm near = large.isAbove(0.5).and(large.isBelow(1.5)).and(small.isBelow(1.5));
    RealTerm above = large.plus(-1).times(large.plus(1)).plus(small.square());
    RealTerm size =
        near.where(above.apply(ElementwiseOps.LOG1P).times(0.5), logOfSize(x, y, large));
    return new ComplexTerm(size, z.angle());
  }

  private static RealTerm logOfSize(RealTerm x, RealTerm y, RealTerm large) {
    RealTerm scale = bySize(large, 0x1p-100, 0x1p200, 1);
    RealTerm undone = bySize(large, 100 * Math.log(2), -200 * Math.log(2), 0);
    RealTerm size = x.times(scale).apply(ElementwiseOps.HYPOT, y.times(scale));
    return size.apply(ElementwiseOps.LOG).plus(undone);
  }

  /** A number for sizes whose squares overflow, one for those that vanish, and one for others. */
  private static RealTerm bySize(RealTerm size, double huge, double tiny, double other) {
    RealTerm small = size.isBelow(TINY).where(size.number(tiny), size.number(other));
    return size.isAbove(HUGE).where(size.number(huge), small);
  }

  static ComplexTerm log1p(ComplexTerm z) {
    ComplexTerm whole = log(new ComplexTerm(z.re().plus(1), z.im()));
    RealTerm small = z.re().abs().isBelow(0.5).and(z.im().abs().isBelow(0.5));
    RealTerm above = z.re().times(z.re().plus(2)).plus(z.im().square());
    RealTerm near = above.apply(ElementwiseOps.LOG1P).times(0.5);
    return new ComplexTerm(small.where(near, whole.re()), whole.im());
  }

  static ComplexTerm sqrt(ComplexTerm z) {
    RealTerm large = z.re().abs().apply(ElementwiseOps.MAXIMUM, z.im().abs());
    RealTerm scale = bySize(large, 0x1p-100, 0x1p200, 1);
    RealTerm undone = bySize(large, 0x1p50, 0x1p-100, 1);
    RealTerm x = z.re().times(scale);
    RealTerm y = z.im().times(scale);
    RealTerm size = x.abs().apply(ElementwiseOps.HYPOT, y);
    RealTerm main = size.plus(x.abs()).times(0.5).sqrt();
    RealTerm beside = main.isZero().where(y.abs(), y.abs().over(main.times(2)));
    // Of an infinite size nothing but the direction is known.
    beside = x.isInfinite().and(y.isFinite()).where(x.number(0), beside);
    RealTerm left = x.isBelow(0);
    RealTerm re = left.where(beside, main).times(undone);
    RealTerm im = left.where(main, beside).times(undone).copySign(y);
    RealTerm unknown = x.isNan().and(y.isNan());
    RealTerm endless = z.im().isInfinite();
    re = endless.where(z.im().abs(), re);
    im = endless.where(z.im(), unknown.where(y, im));
    return new ComplexTerm(re, im);
  }

  static ComplexTerm sinh(ComplexTerm z) {
    RealTerm cos = z.im().apply(ElementwiseOps.COS);
    RealTerm sin = z.im().apply(ElementwiseOps.SIN);
    RealTerm re = cos.timesOrZero(z.re().apply(ElementwiseOps.SINH));
    return new ComplexTerm(
        isEndless(z).where(z.re(), re), z.re().apply(ElementwiseOps.COSH).timesOrZero(sin));
  }

  static ComplexTerm cosh(ComplexTerm z) {
    RealTerm cos = z.im().apply(ElementwiseOps.COS);
    RealTerm sin = z.im().apply(ElementwiseOps.SIN);
    RealTerm re = z.re().apply(ElementwiseOps.COSH).times(cos);
    RealTerm im = z.re().apply(ElementwiseOps.SINH).timesOrZero(sin);
    return new ComplexTerm(
        isEndless(z).where(z.re().abs(), re), z.re().isZero().where(sin.timesOrZero(z.re()), im));
  }

  /** Infinite real parts, with an angle that is not known. */
  private static RealTerm isEndless(ComplexTerm z) {
    return z.re().isInfinite().and(z.im().isFinite().not());
  }

  static ComplexTerm tanh(ComplexTerm z) {
    RealTerm tan = z.im().apply(ElementwiseOps.TAN);
    RealTerm beta = tan.square().plus(1);
    RealTerm sinh = z.re().apply(ElementwiseOps.SINH);
    RealTerm rho = sinh.square().plus(1).sqrt();
    RealTerm divisor = beta.times(sinh.square()).plus(1);
    RealTerm steep = z.re().abs().isAbove(FLAT);
    RealTerm fallen = z.re().abs().times(-2).apply(ElementwiseOps.EXP);
    RealTerm turn = z.im().apply(ElementwiseOps.SIN).times(z.im().apply(ElementwiseOps.COS));
    RealTerm rest = fallen.times(turn).times(4);
    RealTerm nothing = z.re().number(0).copySign(z.im());
    RealTerm flat = z.im().isFinite().where(rest, z.re().isInfinite().where(nothing, turn));
    RealTerm known = z.im().isFinite().or(z.re().isInfinite());
    RealTerm one = z.re().number(1).copySign(z.re());
    RealTerm flatRe = known.where(one, z.re().number(Double.NaN));
    RealTerm re = beta.times(rho).times(sinh).over(divisor);
    return new ComplexTerm(
        steep.where(flatRe, z.re().isZero().where(z.re(), re)),
        steep.where(flat, z.im().isZero().where(z.im(), tan.over(divisor))));
  }

  static ComplexTerm sin(ComplexTerm z) {
    return sinh(z.turned()).turnedBack();
  }

  static ComplexTerm cos(ComplexTerm z) {
    return cosh(z.turned());
  }

  static ComplexTerm tan(ComplexTerm z) {
    return tanh(z.turned()).turnedBack();
  }

  static ComplexTerm asin(ComplexTerm z) {
    ComplexTerm below = sqrt(oneMinus(z));
    ComplexTerm above = sqrt(onePlus(z));
    RealTerm re = z.re().apply(ElementwiseOps.ATAN2, below.times(above).re());
    RealTerm im = below.conjugate().times(above).im().apply(ElementwiseOps.ASINH).abs();
    RealTerm far = isFar(z);
    RealTerm direction = z.re().apply(ElementwiseOps.ATAN2, z.im().abs());
    return new ComplexTerm(
        z.re().isZero().where(z.re(), far.where(direction, re)),
        far.where(logOfTwice(z), im).copySign(z.im()));
  }

  static ComplexTerm acos(ComplexTerm z) {
    ComplexTerm below = sqrt(oneMinus(z));
    ComplexTerm above = sqrt(onePlus(z));
    RealTerm re = below.re().apply(ElementwiseOps.ATAN2, above.re()).times(2);
    RealTerm im = above.conjugate().times(below).im().apply(ElementwiseOps.ASINH).abs();
    RealTerm far = isFar(z);
    RealTerm direction = z.im().abs().apply(ElementwiseOps.ATAN2, z.re());
    return new ComplexTerm(
        z.re().isZero().where(z.re().number(Math.PI / 2), far.where(direction, re)),
        far.where(logOfTwice(z), im).copySign(z.im().negative()));
  }

  /** So large that 1 is nothing beside it. */
  private static RealTerm isFar(ComplexTerm z) {
    return z.abs().isAbove(0x1p100);
  }

  private static RealTerm logOfTwice(ComplexTerm z) {
    RealTerm x = z.re().abs();
    RealTerm y = z.im().abs();
    return logOfSize(x, y, x.apply(ElementwiseOps.MAXIMUM, y)).plus(Math.log(2));
  }

  static ComplexTerm asinh(ComplexTerm z) {
    return asin(z.turned()).turnedBack();
  }

  static ComplexTerm acosh(ComplexTerm z) {
    ComplexTerm below = sqrt(new ComplexTerm(z.re().plus(-1), z.im()));
    ComplexTerm above = sqrt(onePlus(z));
    RealTerm re = below.conjugate().times(above).re().apply(ElementwiseOps.ASINH);
    RealTerm im = below.im().apply(ElementwiseOps.ATAN2, above.re()).times(2);
    RealTerm far = isFar(z);
    RealTerm quarter = z.re().number(Math.PI / 2).copySign(z.im());
    RealTerm turn = z.re().isZero().and(z.im().isNan());
    return new ComplexTerm(
        far.where(logOfTwice(z), re), turn.where(quarter, far.where(z.angle(), im)));
  }

  static ComplexTerm atanh(ComplexTerm z) {
    RealTerm x = z.re().abs();
    RealTerm y = z.im();
    RealTerm distance = x.negative().plus(1).apply(ElementwiseOps.HYPOT, y);
    RealTerm wide = x.times(4).over(distance.square()).apply(ElementwiseOps.LOG1P).times(0.25);
    RealTerm close = distance.apply(ElementwiseOps.LOG).times(-0.5).plus(Math.log(2) / 2);
    RealTerm re = distance.isBelow(0x1p-100).where(close, wide);
    RealTerm inside = x.negative().plus(1).times(x.plus(1)).minus(y.square());
    RealTerm im = y.times(2).apply(ElementwiseOps.ATAN2, inside).times(0.5);
    RealTerm infinite = x.isInfinite().or(y.isInfinite());
    RealTerm little = infinite.where(x.number(0), z.reciprocal().re().abs());
    RealTerm quarter = y.isNan().where(y, x.number(Math.PI / 2).copySign(y));
    RealTerm far = isFar(z);
    RealTerm size = z.re().isZero().where(x, far.where(little, re));
    return new ComplexTerm(size.copySign(z.re()), far.where(quarter, im));
  }

  static ComplexTerm atan(ComplexTerm z) {
    return atanh(z.turned()).turnedBack();
  }

  private static ComplexTerm onePlus(ComplexTerm z) {
    return new ComplexTerm(z.re().plus(1), z.im());
  }

  private static ComplexTerm oneMinus(ComplexTerm z) {
    return new ComplexTerm(z.re().negative().plus(1), z.im().negative());
  }

  /** A number divided by its size; 0 for 0. */
  static ComplexTerm sign(ComplexTerm z) {
    RealTerm size = z.abs();
    return new ComplexTerm(sign(z.re(), z.im(), size), sign(z.im(), z.re(), size));
  }

  /** Beside an infinite part a finite one is nothing; of two nobody knows the direction. */
  private static RealTerm sign(RealTerm part, RealTerm other, RealTerm size) {
    RealTerm unknown = other.isInfinite().where(part.number(Double.NaN), part.number(1));
    RealTerm end = part.isInfinite().where(unknown.copySign(part), part.number(0));
    RealTerm finite = size.isZero().where(size.number(0), part.over(size));
    return part.isInfinite().or(other.isInfinite()).where(end, finite);
  }

  /** NumPy's rules: 1 for the exponent 0, and 0 for a base of 0 to a positive power. */
  static ComplexTerm pow(ComplexTerm base, ComplexTerm exponent) {
    ComplexTerm general = exp(exponent.times(log(base)));
    RealTerm zero = base.isTrue().not();
    RealTerm positive = exponent.re().isAbove(0);
    RealTerm nan = base.re().number(Double.NaN);
    ComplexTerm ofZero = ComplexTerm.where(positive, base.number(0), new ComplexTerm(nan, nan));
    ComplexTerm known = ComplexTerm.where(zero, ofZero, general);
    return ComplexTerm.where(exponent.isTrue().not(), base.number(1), known);
  }
}
