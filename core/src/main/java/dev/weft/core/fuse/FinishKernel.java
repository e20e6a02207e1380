package dev.weft.core.fuse;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.expr.Expr.Finish;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a reduction from its partial results as a kernel: the same arithmetic as where
 * partial results are joined on the host.
 *
 * @param kernel one parameter for each plane that it reads
 * @param planes which planes these are
 * @param scalars the bits of its scalars
 */
record FinishKernel(FusedKernel kernel, List<Integer> planes, List<Long> scalars) {

  /** The plane of the partial result that is the value but for its type; -1 where none is. */
  static int plane(Finish finish) {
    return switch (finish) {
      case Finish.Value value -> 0;
      case Finish.Position position -> 1;
      case Finish.Mean mean -> 1;
      case Finish.Variance variance -> -1;
    };
  }

  /** The type of the words of that plane. */
  static DType word(Finish finish, boolean integer) {
    return finish instanceof Finish.Position || integer && finish instanceof Finish.Value
        ? DType.INT64
        : DType.FLOAT64;
  }

  /** The kernel that gives values of {@code dtype}. */
  static FinishKernel of(Finish finish, boolean integer, DType dtype) {
    if (finish instanceof Finish.Variance(double ddof)) {
      return variance(ddof, dtype);
    }
    DType word = word(finish, integer);
    List<SsaValue> body = new ArrayList<>(List.of(new SsaValue.Load(0, word)));
    return new FinishKernel(
        kernel(List.of(word), 0, body, dtype), List.of(plane(finish)), List.of());
  }

  private static FinishKernel variance(double ddof, DType dtype) {
    List<SsaValue> body =
        new ArrayList<>(
            List.of(
                new SsaValue.Load(0, DType.INT64),
                new SsaValue.Convert(0, DType.FLOAT64),
                new SsaValue.ScalarParam(0, DType.FLOAT64),
                apply(ElementwiseOps.SUBTRACT, 1, 2),
                new SsaValue.ScalarParam(1, DType.FLOAT64),
                apply(ElementwiseOps.MAXIMUM, 4, 3),
                new SsaValue.Load(1, DType.FLOAT64),
                apply(ElementwiseOps.DIVIDE, 6, 5)));
    List<Long> scalars = new ArrayList<>();
    for (double scalar : new double[] {ddof, 0}) {
      scalars.add(Scalar.of(DType.FLOAT64, scalar).bits());
    }
    return new FinishKernel(
        kernel(List.of(DType.INT64, DType.FLOAT64), 2, body, dtype), List.of(0, 2), scalars);
  }

  private static SsaValue apply(ElementwiseOp op, int left, int right) {
    return new SsaValue.Apply(op, List.of(left, right), DType.FLOAT64);
  }

  private static FusedKernel kernel(
      List<DType> params, int scalars, List<SsaValue> body, DType dtype) {
    if (body.getLast().dtype() != dtype) {
      body.add(new SsaValue.Convert(body.size() - 1, dtype));
    }
    return new FusedKernel(
        params.stream().map(type -> (Param) new Param.Buffer(type)).toList(),
        scalars,
        body,
        List.of(new Sink.Store(body.size() - 1, dtype)));
  }
}
