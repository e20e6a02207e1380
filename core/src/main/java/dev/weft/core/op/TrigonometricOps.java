package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.unary;
import static dev.weft.core.op.TypeRule.FLOATING;

/** Rows for circular and hyperbolic functions and their inverses. Angles are in radians. */
interface TrigonometricOps {
  ElementwiseOp SIN =
      unary("sin")
          .floating(Math::sin, "sin(a)")
          .types(FLOATING)
          .doc("sine of a")
          .vector("SIN")
          .ulps(1)
          .define();

  ElementwiseOp COS =
      unary("cos")
          .floating(Math::cos, "cos(a)")
          .types(FLOATING)
          .doc("cosine of a")
          .vector("COS")
          .ulps(1)
          .define();

  ElementwiseOp TAN =
      unary("tan")
          .floating(Math::tan, "tan(a)")
          .types(FLOATING)
          .doc("tangent of a")
          .vector("TAN")
          .ulps(2)
          .define();

  ElementwiseOp ASIN =
      unary("asin")
          .floating(Math::asin, "weft_asin(a)")
          .types(FLOATING)
          .doc("angle from -pi/2 to pi/2 whose sine is a")
          .alias("arcsin")
          .cudaHelper(ArcSine.CUDA)
          .vector("ASIN")
          .ulps(1)
          .define();

  ElementwiseOp ACOS =
      unary("acos")
          .floating(Math::acos, "acos(a)")
          .types(FLOATING)
          .doc("angle from 0 to pi whose cosine is a")
          .alias("arccos")
          .vector("ACOS")
          .ulps(1)
          .define();

  ElementwiseOp ATAN =
      unary("atan")
          .floating(Math::atan, "atan(a)")
          .types(FLOATING)
          .doc("angle from -pi/2 to pi/2 whose tangent is a")
          .alias("arctan")
          .vector("ATAN")
          .ulps(1)
          .define();

  ElementwiseOp ATAN2 =
      binary("atan2")
          .floating(Math::atan2, "atan2(a, b)")
          .types(FLOATING)
          .doc("angle from -pi to pi of the point with y = a and x = b")
          .alias("arctan2")
          .vector("ATAN2")
          .ulps(2)
          .define();

  ElementwiseOp SINH =
      unary("sinh")
          .floating(Math::sinh, "sinh(a)")
          .types(FLOATING)
          .doc("hyperbolic sine of a")
          .vector("SINH")
          .ulps(2)
          .define();

  ElementwiseOp COSH =
      unary("cosh")
          .floating(Math::cosh, "cosh(a)")
          .types(FLOATING)
          .doc("hyperbolic cosine of a")
          .vector("COSH")
          .ulps(2)
          .define();

  ElementwiseOp TANH =
      unary("tanh")
          .floating(Math::tanh, "tanh(a)")
          .types(FLOATING)
          .doc("hyperbolic tangent of a")
          .vector("TANH")
          .ulps(2)
          .define();

  ElementwiseOp ASINH =
      unary("asinh")
          .floating(InverseHyperbolic::asinh, "asinh(a)")
          .types(FLOATING)
          .doc("number whose hyperbolic sine is a")
          .alias("arcsinh")
          .composed(x -> InverseHyperbolic.asinh(x[0]))
          .ulps(2)
          .cost(40)
          .define();

  ElementwiseOp ACOSH =
      unary("acosh")
          .floating(InverseHyperbolic::acosh, "acosh(a)")
          .types(FLOATING)
          .doc("number, not negative, whose hyperbolic cosine is a")
          .alias("arccosh")
          .composed(x -> InverseHyperbolic.acosh(x[0]))
          .ulps(2)
          .cost(40)
          .define();

  ElementwiseOp ATANH =
      unary("atanh")
          .floating(InverseHyperbolic::atanh, "atanh(a)")
          .types(FLOATING)
          .doc("number whose hyperbolic tangent is a")
          .alias("arctanh")
          .composed(x -> InverseHyperbolic.atanh(x[0]))
          .ulps(2)
          .cost(30)
          .define();
}
