package dev.weft.core.place;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernels with which rates are measured, over float64, the type that arrays have by default.
 */
final class RateKernels {
  static final DType TYPE = DType.FLOAT64;

  /** Values that are computed side by side, about as many as an expression has branches. */
  private static final int CHAINS = 4;

  private RateKernels() {}

  /** Stores a scalar. */
  static FusedKernel fill() {
    return new FusedKernel(
        List.of(), 1, List.of(new SsaValue.ScalarParam(0, TYPE)), List.of(new Sink.Store(0, TYPE)));
  }

  /** Adds a scalar. */
  static FusedKernel add() {
    return new FusedKernel(
        List.of(new Param.Buffer(TYPE)),
        1,
        List.of(
            new SsaValue.Load(0, TYPE),
            new SsaValue.ScalarParam(0, TYPE),
            new SsaValue.Apply(ElementwiseOps.ADD, List.of(0, 1), TYPE)),
        List.of(new Sink.Store(2, TYPE)));
  }

  /**
   * Multiplies by the first scalar and adds the second one, over and over.
   *
   * @param steps operations one after the other; four times as many are made in all
   */
  static FusedKernel arithmetic(int steps) {
    List<SsaValue> body = new ArrayList<>();
    body.add(new SsaValue.Load(0, TYPE));
    body.add(new SsaValue.ScalarParam(0, TYPE));
    body.add(new SsaValue.ScalarParam(1, TYPE));
    int[] last = new int[CHAINS];
    for (int chain = 0; chain < CHAINS; chain++) {
      // Each begins in another way, so that nobody may merge them.
      ElementwiseOp op = chain < 2 ? ElementwiseOps.MULTIPLY : ElementwiseOps.ADD;
      last[chain] = apply(body, op, 0, chain % 2);
    }
    for (int step = 1; step < steps; step++) {
      boolean even = step % 2 == 0;
      for (int chain = 0; chain < CHAINS; chain++) {
        ElementwiseOp op = even ? ElementwiseOps.MULTIPLY : ElementwiseOps.ADD;
        last[chain] = apply(body, op, last[chain], even ? 1 : 2);
      }
    }
    int sum = last[0];
    for (int chain = 1; chain < CHAINS; chain++) {
      sum = apply(body, ElementwiseOps.ADD, sum, last[chain]);
    }
    return new FusedKernel(
        List.of(new Param.Buffer(TYPE)), 2, body, List.of(new Sink.Store(sum, TYPE)));
  }

  private static int apply(List<SsaValue> body, ElementwiseOp op, int a, int b) {
    body.add(new SsaValue.Apply(op, List.of(a, b), TYPE));
    return body.size() - 1;
  }

  /** Price of a kernel for one element, in additions. */
  static double additions(FusedKernel kernel) {
    double sum = 0;
    for (SsaValue value : kernel.body()) {
      if (value instanceof SsaValue.Apply apply) {
        sum += apply.op().cost();
      }
    }
    return sum;
  }
}
