package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldConstantsTest extends PassTest {
  private static final double[] NUMBERS = {0, -0.0, 1, 2, -3, 0.5, 7, 1e300, Double.NaN, -1e9};

  @Override
  Pass pass() {
    return new FoldConstants();
  }

  @Test
  void knownNumbersAreComputed() {
    NDArray two = session.full(DType.FLOAT64, 2, 3);
    assertRewrite(two.add(3.0), "add(2.0, broadcast[*](3.0))", "5.0");
    assertRewrite(two.slice("1:"), "slice[1:3](2.0)", "2.0");
    assertRewrite(two.cast(DType.INT8), "int8(2.0)", "2");
    assertRewrite(two.reshape(3, 1).rechunk(1), "rechunk(reshape[0:3, *](2.0))", "2.0");
    assertRewrite(
        x.add(two.sum().subtract(1.0).multiply(0.0)),
        "add(x, broadcast[*, *](multiply(subtract(sum[0](2.0), 1.0), 0.0)))",
        "add(x, broadcast[*, *](multiply(subtract(sum[0](2.0), 1.0), 0.0)))");
  }

  @Test
  void whatOnlyAKernelCanSayStays() {
    NDArray two = session.full(DType.FLOAT64, 2, 3);
    doesNotFire(two.exp());
    doesNotFire(x.add(x));
    doesNotFire(session.arange(3));
    doesNotFire(two.sum());
  }

  /** Folded numbers have the bits that the kernel computes from the same number in memory. */
  @Test
  void foldingGivesWhatKernelsGive() {
    for (ElementwiseOp op : ElementwiseOps.all()) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT32, DType.UINT8)) {
        compare(op, dtype);
      }
    }
  }

  private void compare(ElementwiseOp op, DType dtype) {
    double[] numbers = NUMBERS;
    for (int k = 0; k + op.arity() <= numbers.length; k++) {
      double[] chosen = Arrays.copyOfRange(numbers, k, k + op.arity());
      NDArray constant;
      NDArray loaded;
      try {
        constant = apply(op, dtype, chosen, false);
        loaded = apply(op, dtype, chosen, true);
      } catch (dev.weft.core.error.UsageException refused) {
        return;
      }
      Expr folded = pass().apply(List.of(constant.expr())).getFirst();
      if (folded instanceof Expr.Fill fill) {
        try (HostArray computed = loaded.compute()) {
          assertThat(text(fill.value()))
              .as("%s %s %s", op, dtype, Arrays.toString(chosen))
              .isEqualTo(text(computed));
        }
      }
    }
  }

  private NDArray apply(ElementwiseOp op, DType dtype, double[] numbers, boolean inMemory) {
    NDArray[] operands = new NDArray[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      double number = dtype.isFloating() ? numbers[k] : (int) Math.abs(Math.min(numbers[k], 100));
      operands[k] = session.full(dtype, number, 1);
      if (inMemory) {
        operands[k] = operands[k].persist();
      }
    }
    return operands[0].apply(op, Arrays.copyOfRange(operands, 1, operands.length));
  }

  private static String text(Scalar value) {
    return value.dtype().isFloating()
        ? Double.toString(value.floating())
        : Long.toString(value.integer());
  }

  private static String text(HostArray computed) {
    return computed.dtype().isFloating()
        ? Double.toString(computed.getDouble(0))
        : Long.toString(computed.getLong(0));
  }
}
