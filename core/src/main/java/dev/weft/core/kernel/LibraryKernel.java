package dev.weft.core.kernel;

import dev.weft.core.dtype.DType;

/**
 * A routine that is not elementwise and that every device supplies.
 *
 * @param routine what is computed
 * @param dtype element type of operands and result
 */
public record LibraryKernel(Routine routine, DType dtype) implements Kernel {

  /** The routines. Operands and their meaning at launch are given with each. */
  public enum Routine {
    /**
     * Matrix product added to the output: extents (m, n, k); operands A (strides m, k) and B
     * (strides k, n); output strides (m, n). Scalar 0 is 1 to overwrite and 0 to accumulate.
     */
    MATMUL,
    /**
     * Gather along one axis: out[o, i, j] = in[o, index[i], j]. Extents (o, i, j); operand 0 the
     * input with strides (o, index, j), operand 1 the int64 indices with stride (0, i, 0).
     */
    GATHER,
    /** Running sum along axis 1 of extents (o, r, j); scalar 0 is 1 to go on from operand 1. */
    CUMSUM,
    /** Running product along axis 1 of extents (o, r, j); scalar 0 is 1 to go on from operand 1. */
    CUMPROD
  }

  @Override
  public String name() {
    return routine.name().toLowerCase(java.util.Locale.ROOT) + "_" + dtype;
  }

  @Override
  public String toString() {
    return name();
  }
}
