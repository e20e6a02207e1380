package dev.weft.core.kernel;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import java.util.List;

/** One value of a kernel's straight-line body; refers to earlier values by their number. */
public sealed interface SsaValue {
  /** Type of the value. */
  DType dtype();

  /** The element of parameter {@code param}. */
  record Load(int param, DType dtype) implements SsaValue {}

  /** Scalar {@code scalar} of the launch: never part of the compiled form. */
  record ScalarParam(int scalar, DType dtype) implements SsaValue {}

  /** {@code op} applied to values that already have the operand types of the row. */
  record Apply(ElementwiseOp op, List<Integer> args, DType dtype) implements SsaValue {
    /** Copies the list. */
    public Apply {
      args = List.copyOf(args);
    }
  }

  /** A value as another type, converted as NumPy's {@code astype} does. */
  record Convert(int arg, DType dtype) implements SsaValue {}
}
