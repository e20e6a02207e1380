package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;
import org.junit.jupiter.api.Test;

class SimplifyTest extends PassTest {
  @Override
  Pass pass() {
    return new Simplify();
  }

  private static final String ONE = "broadcast[*, *](1.0)";

  @Test
  void neutralOperandsDisappear() {
    assertRewrite(x.multiply(1.0), "multiply(x, " + ONE + ")", "x");
    assertRewrite(x.applyFrom(ElementwiseOps.MULTIPLY, 1.0), "multiply(" + ONE + ", x)", "x");
    assertRewrite(x.divide(1.0), "divide(x, " + ONE + ")", "x");
    assertRewrite(x.pow(1.0), "pow(x, " + ONE + ")", "x");
    assertRewrite(x.subtract(0.0), "subtract(x, broadcast[*, *](0.0))", "x");
    assertRewrite(x.add(-0.0), "add(x, broadcast[*, *](-0.0))", "x");
    assertRewrite(i.add(0L), "add(i, broadcast[*, *](0))", "i");
    assertRewrite(i.multiply(1L), "multiply(i, broadcast[*, *](1))", "i");
  }

  @Test
  void squaresAreMultiplied() {
    assertRewrite(x.pow(2.0), "pow(x, broadcast[*, *](2.0))", "square(x)");
  }

  @Test
  void twoNegationsDisappear() {
    assertRewrite(x.negative().negative(), "negative(negative(x))", "x");
    assertRewrite(
        x.negative().negative().negative(), "negative(negative(negative(x)))", "negative(x)");
  }

  @Test
  void castsThatKeepTheLowBitsAreMerged() {
    assertRewrite(i.cast(DType.INT64).cast(DType.INT8), "int8(int64(i))", "int8(i)");
    assertRewrite(i.cast(DType.INT64).cast(DType.INT32), "int32(int64(i))", "i");
  }

  @Test
  void whatWouldChangeABitStays() {
    doesNotFire(x.add(0.0));
    doesNotFire(x.subtract(-0.0));
    doesNotFire(x.multiply(0.0));
    doesNotFire(x.multiply(2.0).divide(2.0));
    doesNotFire(x.applyFrom(ElementwiseOps.SUBTRACT, 0.0));
    doesNotFire(x.applyFrom(ElementwiseOps.DIVIDE, 1.0));
    doesNotFire(x.applyFrom(ElementwiseOps.POW, 1.0));
    doesNotFire(i.divide(1L));
    doesNotFire(i.cast(DType.INT8).cast(DType.INT32));
    doesNotFire(x.cast(DType.FLOAT32).cast(DType.FLOAT64));
    doesNotFire(i.cast(DType.FLOAT64).cast(DType.INT32));
    doesNotFire(i.cast(DType.BOOL).cast(DType.INT32));
  }
}
