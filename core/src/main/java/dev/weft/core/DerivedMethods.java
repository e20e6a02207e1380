package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import org.jspecify.annotations.Nullable;

/** Functions that are made of other functions, by NumPy's names and rules. */
public sealed interface DerivedMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * Differences of neighbours along an axis, taken {@code n} times: {@code [1, 4, 9].diff(1, 0)} is
   * {@code [3, 5]}. Of bool, whether they differ. The axis loses {@code n} elements, at most all.
   *
   * @param n how often, 0 or more; 0 gives the array itself
   * @throws UsageException for a negative {@code n}, or an axis out of range
   */
  default NDArray diff(long n, int axis) {
    return Derived.diff(self(), n, axis);
  }

  /**
   * The same of the array between two others: {@code [4, 9].diff(1, 0, session.scalar(1L), null)}
   * is {@code [3, 5]}.
   *
   * @param before what stands in front along the axis; without axes, one element; null for nothing
   * @param behind what stands behind
   * @throws UsageException for arrays that do not fit there, and as {@link #diff(long, int)} does
   */
  default NDArray diff(long n, int axis, @Nullable NDArray before, @Nullable NDArray behind) {
    return Derived.diff(Derived.between(self(), axis, before, behind), n, axis);
  }

  /**
   * The nearest number with so many decimals, halves to even: {@code 2.345} with 2 is {@code 2.34}
   * (by NumPy's rule: scaled, rounded, and scaled back). A negative number rounds to tens, hundreds
   * and so on; integers are then rounded exactly and keep their type, and are as they are for 0 or
   * more.
   *
   * @throws UsageException for bool
   */
  default NDArray round(int decimals) {
    return Derived.round(self(), decimals);
  }

  /**
   * Sum of products over the last {@code axes} axes of this and the first {@code axes} of the
   * other; 0 gives all products.
   *
   * @throws UsageException when either has not so many axes, or their extents differ
   */
  default NDArray tensordot(NDArray other, int axes) {
    return LinearAlgebra.tensordot(self(), self().session().own(other), axes);
  }

  /** Largest minus smallest element; no axes means all. NaN if there is one. */
  default NDArray ptp(int... axes) {
    return self().max(axes).subtract(self().min(axes));
  }

  /**
   * The sum of products with weights divided by the sum of the weights.
   *
   * @param weights of the same shape, or a vector for the one axis
   * @param axes none for all
   * @throws UsageException for weights of other shapes
   */
  default NDArray average(NDArray weights, int... axes) {
    return Statistics.average(self(), self().session().own(weights), axes);
  }

  /**
   * The elements of a matrix where column - row is {@code offset}: {@code x[i, i + offset]}. Of
   * more axes than two, the diagonals of all matrices that these two axes form, as the last axis.
   *
   * @throws UsageException for axes out of range or equal
   */
  default NDArray diagonal(long offset, int axis1, int axis2) {
    return Diagonals.diagonal(self(), offset, axis1, axis2);
  }

  /** The sum of {@link #diagonal}. */
  default NDArray trace(long offset, int axis1, int axis2) {
    return Diagonals.trace(self(), offset, axis1, axis2);
  }

  /** The sum of the elements {@code x[i, i]}. */
  default NDArray trace() {
    return trace(0, 0, 1);
  }

  /**
   * Of a matrix its diagonal, of a vector the matrix that has it as its diagonal and zeros
   * elsewhere.
   *
   * @throws UsageException for other ranks
   */
  default NDArray diag(long offset) {
    return self().rank() == 2 ? diagonal(offset, 0, 1) : Diagonals.matrix(self(), offset);
  }

  /** The elements on and below a diagonal, zeros above; of a vector, of a matrix of such rows. */
  default NDArray tril(long offset) {
    return Diagonals.triangle(self(), true, offset);
  }

  /** The elements on and above a diagonal, zeros below; of a vector, of a matrix of such rows. */
  default NDArray triu(long offset) {
    return Diagonals.triangle(self(), false, offset);
  }

  /**
   * Covariances of variables, one a row, whose columns are observations; float64. A vector is one
   * variable.
   *
   * @param ddof the divisor is the number of observations - ddof; 1 is usual
   * @throws UsageException for more than two axes
   */
  default NDArray cov(double ddof) {
    return cov(null, true, ddof);
  }

  /**
   * The same with more variables.
   *
   * @param others observed together with these; null for none
   * @param rows whether variables are rows, else they are columns
   */
  default NDArray cov(@Nullable NDArray others, boolean rows, double ddof) {
    return Statistics.covariance(self(), others, rows, ddof);
  }

  /** Pearson's correlations of variables, one a row; float64. */
  default NDArray corrcoef() {
    return corrcoef(null, true);
  }

  /** The same with more variables; arguments as {@link #cov(NDArray, boolean, double)} has them. */
  default NDArray corrcoef(@Nullable NDArray others, boolean rows) {
    return Statistics.correlation(self(), others, rows);
  }

  /**
   * Slopes along an axis of points that are {@code spacing} apart: central differences, at both
   * ends one-sided ones. Integers become float64.
   *
   * @throws UsageException for less than two elements
   */
  default NDArray gradient(double spacing, int axis) {
    return Statistics.gradient(self(), spacing, axis);
  }

  /** The area under points that are {@code dx} apart along an axis, by the trapezoidal rule. */
  default NDArray trapezoid(double dx, int axis) {
    return Statistics.trapezoid(self(), pairs -> pairs.multiply(dx), axis);
  }

  /**
   * The area under points along an axis, by the trapezoidal rule.
   *
   * @param at where the points are: of the same shape, or a vector along the axis
   */
  default NDArray trapezoid(NDArray at, int axis) {
    NDArray own = self().session().own(at);
    NDArray widths = own.rank() == 1 ? own.diff(1, 0) : own.diff(1, axis).moveaxis(axis, -1);
    return Statistics.trapezoid(self(), widths::multiply, axis);
  }

  /**
   * Powers of a vector's elements by columns, of falling exponents to 0, or of rising ones from 0.
   *
   * @throws UsageException for other ranks, or a negative number of columns
   */
  default NDArray vander(long columns, boolean increasing) {
    return Diagonals.vander(self(), columns, increasing);
  }

  /** Kronecker's product: the other array times each element of this, side by side. */
  default NDArray kron(NDArray other) {
    return Products.kron(self(), self().session().own(other));
  }

  /**
   * The products of vectors in space along an axis.
   *
   * @throws UsageException for vectors that have not 3 components
   */
  default NDArray cross(NDArray other, int axis) {
    return Products.cross(self(), self().session().own(other), axis);
  }

  /** Sin(pi x) / (pi x), and 1 at 0. Integers become float64. */
  default NDArray sinc() {
    return Pointwise.sinc(self());
  }

  /**
   * Angles, or other numbers that count up to a period, along an axis without jumps of more than
   * half a period.
   *
   * @param period {@code 2 pi} for radians
   */
  default NDArray unwrap(double period, int axis) {
    return Pointwise.unwrap(self(), period, axis);
  }

  /** Power computed as float64, whatever the types. */
  default NDArray floatPower(NDArray other) {
    return self().cast(DType.FLOAT64).pow(other.cast(DType.FLOAT64));
  }

  /**
   * Fractional and whole parts, both with this array's sign: -1.5 is -0.5 and -1. Of an infinity
   * they are a zero and the infinity.
   *
   * @return two arrays
   */
  default NDArray[] modf() {
    return Pointwise.modf(self());
  }

  /**
   * Mantissas and exponents: {@code x == m * 2^e} with m from 0.5 to below 1 in size, so that 6 is
   * 0.75 and 3. Of 0, NaN and infinities they are the number and 0.
   *
   * @return two arrays, of floating numbers and of int32
   */
  default NDArray[] frexp() {
    NDArray exponents = self().apply(ElementwiseOps.FREXP_EXPONENT);
    return new NDArray[] {self().apply(ElementwiseOps.FREXP_MANTISSA), exponents.cast(DType.INT32)};
  }

  /**
   * This times 2 to the power of integers, rounded once. The type does not depend on theirs.
   *
   * @throws UsageException for exponents that are not integers
   */
  default NDArray ldexp(NDArray exponents) {
    return Pointwise.scaled(self(), self().session().own(exponents));
  }

  /**
   * Quotients rounded down and remainders: {@code -7} and {@code 3} give {@code -3} and {@code 2}.
   *
   * @return two arrays, {@link BinaryMethods#floorDivide} and {@link BinaryMethods#remainder}
   */
  default NDArray[] divmod(NDArray other) {
    return new NDArray[] {self().floorDivide(other), self().remainder(other)};
  }

  /** Number of bits set in the size of integers or bool, uint8. */
  default NDArray bitwiseCount() {
    return self().apply(ElementwiseOps.BIT_COUNT).cast(DType.UINT8);
  }

  /** Numbers instead of NaN and the infinities; integers as they are. */
  default NDArray nanToNum(double nan, double posinf, double neginf) {
    return Pointwise.numbers(self(), nan, posinf, neginf);
  }

  /** Whether infinite and positive. */
  default NDArray isposinf() {
    return self().isinf().logicalAnd(self().signbit().logicalNot());
  }

  /** Whether infinite and negative. */
  default NDArray isneginf() {
    return self().isinf().logicalAnd(self().signbit());
  }

  /** Whether both have one shape and equal elements; bool without axes. */
  default NDArray arrayEqual(NDArray other) {
    return arrayEqual(other, false);
  }

  /**
   * The same.
   *
   * @param equalNan whether NaN equals NaN
   */
  default NDArray arrayEqual(NDArray other, boolean equalNan) {
    return Pointwise.arrayEqual(self(), self().session().own(other), equalNan);
  }
}
