package dev.weft.gpu.device;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.kernel.SsaValue.Apply;
import dev.weft.core.kernel.SsaValue.Load;
import dev.weft.core.kernel.SsaValue.ScalarParam;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Workloads of {@code bench/peers} that are one kernel, and what they compute of an element.
 *
 * @param reads elements read for each element of x
 * @param writes elements written for each
 */
record BenchKernels(
    String name,
    FusedKernel kernel,
    double[] scalars,
    int reads,
    int writes,
    DoubleBinaryOperator element) {
  /** Highest power first, as in bench/peers/weft_peers/formulas.py. */
  private static final double[] POLY = {0.5, -0.4, 0.3, -0.25, 0.2, -0.15, 0.1, -0.05, 1.0};

  static List<BenchKernels> all(DType dtype) {
    return List.of(add(dtype), expSin(dtype), poly8(dtype), sumSqrt(dtype), sum(dtype));
  }

  boolean reduces() {
    return writes == 0;
  }

  /** A body under construction. */
  private static final class Body {
    private final DType dtype;
    private final List<SsaValue> list = new ArrayList<>();

    Body(DType dtype, int loads) {
      this.dtype = dtype;
      for (int i = 0; i < loads; i++) {
        list.add(new Load(i, dtype));
      }
    }

    int scalar(int number) {
      list.add(new ScalarParam(number, dtype));
      return list.size() - 1;
    }

    int apply(ElementwiseOp op, Integer... operands) {
      list.add(new Apply(op, Arrays.asList(operands), dtype));
      return list.size() - 1;
    }

    FusedKernel finish(int loads, int scalars, Sink sink) {
      List<Param> params = new ArrayList<>();
      for (int i = 0; i < loads; i++) {
        params.add(new Param.Buffer(dtype));
      }
      return new FusedKernel(params, scalars, list, List.of(sink));
    }
  }

  private static BenchKernels add(DType dtype) {
    Body body = new Body(dtype, 2);
    int sum = body.apply(ElementwiseOps.ADD, 0, 1);
    return new BenchKernels(
        "add", body.finish(2, 0, new Sink.Store(sum, dtype)), new double[0], 2, 1, (x, y) -> x + y);
  }

  private static BenchKernels expSin(DType dtype) {
    Body body = new Body(dtype, 2);
    int square = body.apply(ElementwiseOps.MULTIPLY, 0, 0);
    int exp = body.apply(ElementwiseOps.EXP, body.apply(ElementwiseOps.NEGATIVE, square));
    int product = body.apply(ElementwiseOps.MULTIPLY, exp, body.apply(ElementwiseOps.SIN, 1));
    int one = body.scalar(0);
    int value = body.apply(ElementwiseOps.ADD, product, one);
    return new BenchKernels(
        "exp_sin",
        body.finish(2, 1, new Sink.Store(value, dtype)),
        new double[] {1},
        2,
        1,
        (x, y) -> Math.exp(-x * x) * Math.sin(y) + 1);
  }

  private static BenchKernels poly8(DType dtype) {
    Body body = new Body(dtype, 1);
    int value = body.scalar(0);
    for (int i = 1; i < POLY.length; i++) {
      int product = body.apply(ElementwiseOps.MULTIPLY, value, 0);
      value = body.apply(ElementwiseOps.ADD, product, body.scalar(i));
    }
    return new BenchKernels(
        "poly8",
        body.finish(1, POLY.length, new Sink.Store(value, dtype)),
        POLY.clone(),
        1,
        1,
        (x, y) -> Arrays.stream(POLY).reduce(0, (p, c) -> p * x + c));
  }

  private static BenchKernels sumSqrt(DType dtype) {
    Body body = new Body(dtype, 2);
    int x = body.apply(ElementwiseOps.MULTIPLY, 0, 0);
    int y = body.apply(ElementwiseOps.MULTIPLY, 1, 1);
    int root = body.apply(ElementwiseOps.SQRT, body.apply(ElementwiseOps.ADD, x, y));
    return new BenchKernels(
        "sum_sqrt",
        body.finish(2, 0, new Sink.Reduce(root, Reduction.SUM, dtype)),
        new double[0],
        2,
        0,
        Math::hypot);
  }

  private static BenchKernels sum(DType dtype) {
    return new BenchKernels(
        "sum",
        new Body(dtype, 1).finish(1, 0, new Sink.Reduce(0, Reduction.SUM, dtype)),
        new double[0],
        1,
        0,
        (x, y) -> x);
  }
}
