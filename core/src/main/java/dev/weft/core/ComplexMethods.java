package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ComplexPair;
import dev.weft.core.op.ElementwiseOps;

/**
 * Complex arrays and their parts. All operations that NumPy has for complex numbers take them:
 * {@code add}, {@code exp}, {@code matmul}, {@code sum} and so on.
 */
public sealed interface ComplexMethods permits NDArray {
  /** This array, for the methods here. */
  NDArray self();

  /** The real parts; of real numbers the numbers themselves. */
  default NDArray real() {
    return self().dtype().isComplex() ? self().apply(ElementwiseOps.REAL) : self();
  }

  /** The imaginary parts; of real numbers 0. */
  default NDArray imag() {
    return self().apply(ElementwiseOps.IMAG);
  }

  /** With imaginary parts of the other sign; real arrays as they are. */
  default NDArray conj() {
    return self().dtype().isComplex() ? self().apply(ElementwiseOps.CONJ) : self();
  }

  /** The angles to the positive real axis in radians, from -pi to pi. */
  default NDArray angle() {
    return imag().atan2(real());
  }

  /**
   * Complex numbers of which these are the real parts; shapes broadcast. Of float32 and smaller
   * types complex64, of others complex128.
   *
   * <pre>{@code
   * NDArray onCircle = angles.cos().complex(angles.sin());
   * }</pre>
   *
   * @param imaginary the imaginary parts
   * @throws UsageException for parts that are complex themselves
   */
  default NDArray complex(NDArray imaginary) {
    NDArray re = self();
    NDArray im = re.session().own(imaginary);
    if (re.dtype().isComplex() || im.dtype().isComplex()) {
      throw new UsageException(
          "complex: the parts are %s and %s; use real numbers".formatted(re.dtype(), im.dtype()));
    }
    DType part = Promotion.of(re.dtype(), im.dtype()).complex().part();
    return re.with(ComplexPair.of(re.cast(part).expr(), im.cast(part).expr()).join());
  }

  /** The same with one imaginary part for all. */
  default NDArray complex(double imaginary) {
    return complex(self().weak(self().dtype(), imaginary));
  }
}
