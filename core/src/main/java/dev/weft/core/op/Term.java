package dev.weft.core.op;

import dev.weft.core.dtype.DType;

/**
 * A value in a composition: the language in which a row of the op table says how it is made of
 * other rows. Whoever lowers the composition supplies the implementation.
 */
public interface Term {
  /** Element type of the value. */
  DType dtype();

  /** {@code op} applied to this value and then {@code others}; types are resolved by the row. */
  Term apply(ElementwiseOp op, Term... others);

  /** A constant of this value's type (bool: 0 or 1). */
  Term constant(double value);

  /** This value as another type. */
  Term cast(DType dtype);
}
