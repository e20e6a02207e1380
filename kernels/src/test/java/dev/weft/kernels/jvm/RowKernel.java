package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.TypeRule;
import dev.weft.kernels.BodyBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The kernel that applies one row to operands of the types that the row computes in. */
final class RowKernel {
  private RowKernel() {}

  /** The kernel, if the row computes in {@code dtype} without casting its operands. */
  static Optional<FusedKernel> of(ElementwiseOp row, DType dtype) {
    List<DType> operands =
        row.rule() == TypeRule.SELECT
            ? List.of(DType.BOOL, dtype, dtype)
            : Collections.nCopies(row.arity(), dtype);
    if (!row.accepts(dtype) || !row.resolve(operands).operands().equals(operands)) {
      return Optional.empty();
    }
    BodyBuilder body = new BodyBuilder();
    Integer[] args = operands.stream().map(body::load).toArray(Integer[]::new);
    return Optional.of(body.store(body.apply(row, args)));
  }
}
