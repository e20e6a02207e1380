package dev.weft.core.op;

import static dev.weft.core.op.ElementwiseOp.Family.BOOL;
import static dev.weft.core.op.ElementwiseOp.Family.FLOATING;
import static dev.weft.core.op.ElementwiseOp.Family.INTEGER;
import static dev.weft.core.op.ElementwiseOp.Family.UINT64;
import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.ternary;

import java.util.Set;

/** Rows for the smaller and the larger of two numbers. -0 counts as smaller than 0. */
interface ExtremumOps {
  ElementwiseOp MINIMUM =
      binary("minimum")
          .bool((a, b) -> a & b, "a & b")
          .integer(Math::min, "a < b ? a : b")
          .unsigned(ExtremumOps::unsignedMin, "a < b ? a : b")
          .floating(Math::min, "isnan(a) || a < b ? a : isnan(b) || b < a ? b : signbit(a) ? a : b")
          .doc("the smaller of a and b; nan if one is nan")
          .vector("MIN")
          .vector(UINT64, "UMIN")
          .vector(BOOL, "AND")
          .define();

  ElementwiseOp MAXIMUM =
      binary("maximum")
          .bool((a, b) -> a | b, "a | b")
          .integer(Math::max, "a > b ? a : b")
          .unsigned(ExtremumOps::unsignedMax, "a > b ? a : b")
          .floating(Math::max, "isnan(a) || a > b ? a : isnan(b) || b > a ? b : signbit(a) ? b : a")
          .doc("the larger of a and b; nan if one is nan")
          .vector("MAX")
          .vector(UINT64, "UMAX")
          .vector(BOOL, "OR")
          .define();

  ElementwiseOp FMIN =
      binary("fmin")
          .bool((a, b) -> a & b, "a & b")
          .integer(Math::min, "a < b ? a : b")
          .unsigned(ExtremumOps::unsignedMin, "a < b ? a : b")
          .floating(
              (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b),
              "isnan(b) || a < b ? a : isnan(a) || b < a ? b : signbit(a) ? a : b")
          .doc("the smaller of a and b; the other if one is nan")
          .vector(BOOL, "AND")
          .vector(INTEGER, "MIN")
          .vector(UINT64, "UMIN")
          .composed(Set.of(FLOATING), x -> ignoringNan(MINIMUM, x[0], x[1]))
          .define();

  ElementwiseOp FMAX =
      binary("fmax")
          .bool((a, b) -> a | b, "a | b")
          .integer(Math::max, "a > b ? a : b")
          .unsigned(ExtremumOps::unsignedMax, "a > b ? a : b")
          .floating(
              (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b),
              "isnan(b) || a > b ? a : isnan(a) || b > a ? b : signbit(a) ? b : a")
          .doc("the larger of a and b; the other if one is nan")
          .vector(BOOL, "OR")
          .vector(INTEGER, "MAX")
          .vector(UINT64, "UMAX")
          .composed(Set.of(FLOATING), x -> ignoringNan(MAXIMUM, x[0], x[1]))
          .define();

  ElementwiseOp CLIP =
      ternary("clip")
          .doc("a, but at least b and then at most c; nan if one is nan")
          .composed(
              Set.of(BOOL, INTEGER, FLOATING), x -> x[0].apply(MAXIMUM, x[1]).apply(MINIMUM, x[2]))
          .define();

  private static long unsignedMin(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }

  private static long unsignedMax(long a, long b) {
    return Long.compareUnsigned(a, b) > 0 ? a : b;
  }

  private static Term ignoringNan(ElementwiseOp extremum, Term a, Term b) {
    Term first = a.apply(ComparisonOps.EQUAL, a).apply(LogicalOps.WHERE, a, b);
    Term second = b.apply(ComparisonOps.EQUAL, b).apply(LogicalOps.WHERE, b, a);
    return first.apply(extremum, second);
  }
}
