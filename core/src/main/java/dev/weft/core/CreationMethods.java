package dev.weft.core;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Coarsening;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays from nothing, from Java and from sources. */
public sealed interface CreationMethods permits Session {
  /** The session itself. */
  Session self();

  /** The array that an expression of this session describes. */
  NDArray array(Expr expr);

  /** Elements that exist already, cut into chunks. */
  default NDArray array(ArraySource source, ChunkSpec chunks) {
    Chunks grid = chunks.resolve(source, self().chunkSize());
    return array(new Expr.Source(source, new Expr.Type(source.dtype(), source.shape(), grid)));
  }

  /**
   * Elements that exist already, cut automatically: along the source's own chunks, if it has any.
   */
  default NDArray array(ArraySource source) {
    return array(source, ChunkSpec.auto());
  }

  /** A computed array as an input; it must stay open while it is used. */
  default NDArray array(HostArray values) {
    return array(values.asSource());
  }

  /** A copy of a Java array, nested as deep as there are axes. */
  default NDArray array(Object values) {
    return array(HostArray.of(values).asSource());
  }

  /** Memory of the caller's, dense and in C order, used in place. */
  default NDArray array(MemorySegment memory, DType dtype, long... extents) {
    return array(HostArray.wrap(memory, dtype, Shape.of(extents)).asSource());
  }

  /** One number, float64. */
  default NDArray scalar(double value) {
    return array(Exprs.scalar(Scalar.of(DType.FLOAT64, value)));
  }

  /** One integer, int64. */
  default NDArray scalar(long value) {
    return array(Exprs.scalar(Scalar.of(DType.INT64, value)));
  }

  /** One complex number, complex128. */
  default NDArray scalar(Complex value) {
    return scalar(value.re()).complex(scalar(value.im()));
  }

  /** The same number everywhere. */
  default NDArray full(DType dtype, double value, long... extents) {
    return full(dtype, Scalar.of(dtype.part(), value), Shape.of(extents));
  }

  /** The same complex number everywhere. */
  default NDArray full(DType dtype, Complex value, long... extents) {
    NDArray re = full(dtype.part(), value.re(), extents);
    return re.complex(full(dtype.part(), value.im(), extents)).cast(dtype);
  }

  /**
   * The same integer everywhere, exactly.
   *
   * @throws UsageException for an integer that the type cannot hold
   */
  default NDArray full(DType dtype, long value, long... extents) {
    return full(dtype, Scalar.of(dtype.part(), value), Shape.of(extents));
  }

  private NDArray full(DType dtype, Scalar value, Shape shape) {
    Chunks chunks = self().chunkSize().auto(shape, dtype);
    return fill(dtype, value, shape, chunks);
  }

  private NDArray fill(DType dtype, Scalar value, Shape shape, Chunks chunks) {
    return array(new Expr.Fill(value, new Expr.Type(value.dtype(), shape, chunks))).cast(dtype);
  }

  /** Zeros, float64. */
  default NDArray zeros(long... extents) {
    return full(DType.FLOAT64, 0, extents);
  }

  /** Zeros. */
  default NDArray zeros(DType dtype, long... extents) {
    return full(dtype, 0, extents);
  }

  /** Ones, float64. */
  default NDArray ones(long... extents) {
    return full(DType.FLOAT64, 1, extents);
  }

  /** Ones. */
  default NDArray ones(DType dtype, long... extents) {
    return full(dtype, 1, extents);
  }

  /** Unspecified elements, as zeros: a lazy array has no memory to leave as it was. */
  default NDArray empty(DType dtype, long... extents) {
    return full(dtype, 0, extents);
  }

  /** Zeros of the other array's type, shape and chunks. */
  default NDArray zerosLike(NDArray like) {
    return fullLike(like, 0);
  }

  /** Ones of the other array's type, shape and chunks. */
  default NDArray onesLike(NDArray like) {
    return fullLike(like, 1);
  }

  /** Unspecified elements of the other array's type, shape and chunks. */
  default NDArray emptyLike(NDArray like) {
    return fullLike(like, 0);
  }

  /** The same number in the other array's type, shape and chunks. */
  default NDArray fullLike(NDArray like, double value) {
    Scalar part = Scalar.of(like.dtype().part(), value);
    return fill(like.dtype(), part, like.shape(), like.chunks());
  }

  /**
   * The same integer in the other array's type, shape and chunks, exactly.
   *
   * @throws UsageException for an integer that the type cannot hold
   */
  default NDArray fullLike(NDArray like, long value) {
    Scalar part = Scalar.of(like.dtype().part(), value);
    return fill(like.dtype(), part, like.shape(), like.chunks());
  }

  /** Position along an axis, int64. */
  default NDArray indices(int axis, long... extents) {
    Shape shape = Shape.of(extents);
    int checked = shape.axis("indices", axis);
    Chunks chunks = self().chunkSize().auto(shape, DType.INT64);
    return array(new Expr.Iota(checked, new Expr.Type(DType.INT64, shape, chunks)));
  }

  /**
   * The frequencies of a Fourier transform of {@code n} elements {@code spacing} apart, in cycles
   * per unit: 0, then the positive, then the negative ones. {@code fftfreq(4, 0.5)} is {@code [0,
   * 0.5, -1, -0.5]}.
   */
  default NDArray fftfreq(long n, double spacing) {
    NDArray index = arange(n);
    NDArray turned = index.less((n + 1) / 2).where(index, index.subtract(n));
    return turned.multiply(1 / (n * spacing));
  }

  /** The frequencies of a Fourier transform of real numbers, none of which is negative. */
  default NDArray rfftfreq(long n, double spacing) {
    return arange(n / 2 + 1).multiply(1 / (n * spacing));
  }

  /** Integers from 0 to before {@code stop}, int64. */
  default NDArray arange(long stop) {
    return indices(0, Math.max(0, stop));
  }

  /** Integers from {@code start} to before {@code stop} in steps, int64. */
  default NDArray arange(long start, long stop, long step) {
    if (step == 0) {
      throw new UsageException(
          "arange: from %d to %d in steps of 0 goes nowhere; use a positive or negative step"
              .formatted(start, stop));
    }
    boolean none = step > 0 ? stop <= start : stop >= start;
    // Distances up to 2^64, and the steps' absolute values up to 2^63, as unsigned numbers.
    long last = (step > 0 ? stop - start : start - stop) - 1;
    long count = none ? 0 : Long.divideUnsigned(last, Math.abs(step)) + 1;
    if (count < 0) {
      throw new UsageException(
          "arange: from %d to %d in steps of %d are more than 2^63-1 elements; use a longer step"
              .formatted(start, stop, step));
    }
    return indices(0, count).multiply(step).add(start);
  }

  /**
   * Numbers start + i * ((start + step) - start) below {@code stop}, float64: NumPy's, to the bit.
   * The difference is the step as it can be told at {@code start}.
   */
  default NDArray arange(double start, double stop, double step) {
    double count = Math.ceil((stop - start) / step);
    if (!(count < 0x1p62)) {
      throw new UsageException(
          "arange: from %s to %s in steps of %s has no countable number of elements; use finite ends and a step that is not 0"
              .formatted(start, stop, step));
    }
    NDArray index = indices(0, (long) Math.max(0, count)).cast(DType.FLOAT64);
    return index.multiply(start + step - start).add(start);
  }

  /** {@code count} evenly spaced numbers, both ends included, float64. */
  default NDArray linspace(double start, double stop, long count) {
    if (count < 0) {
      throw new UsageException("linspace: the count is %d; use 0 or more".formatted(count));
    }
    NDArray index = indices(0, count);
    NDArray inner =
        index.cast(DType.FLOAT64).multiply((stop - start) / Math.max(1, count - 1)).add(start);
    return count > 1 ? index.equal(count - 1).where(stop, inner) : inner;
  }

  /**
   * {@code count} evenly spaced numbers from {@code start} to before {@code stop}, float64: {@code
   * linspaceOpen(0, 1, 4)} is 0, 0.25, 0.5, 0.75.
   */
  default NDArray linspaceOpen(double start, double stop, long count) {
    if (count < 0) {
      throw new UsageException("linspace: the count is %d; use 0 or more".formatted(count));
    }
    NDArray index = indices(0, count).cast(DType.FLOAT64);
    return index.multiply((stop - start) / Math.max(1, count)).add(start);
  }

  /** Powers of {@code base} whose exponents are evenly spaced, both ends included, float64. */
  default NDArray logspace(double start, double stop, long count, double base) {
    return self().scalar(base).pow(linspace(start, stop, count));
  }

  /**
   * {@code count} numbers of which each is the one before it times the same, both ends included,
   * float64: {@code geomspace(1, 8, 4)} is 1, 2, 4, 8.
   *
   * @throws UsageException for an end of 0, or ends of different signs
   */
  default NDArray geomspace(double start, double stop, long count) {
    if (!(start * stop > 0)) {
      throw new UsageException(
          "geomspace: from %s to %s; use ends of one sign, neither of them 0"
              .formatted(start, stop));
    }
    double sign = Math.signum(start);
    double first = Math.log10(Math.abs(start));
    NDArray powers = logspace(first, Math.log10(Math.abs(stop)), count, 10).multiply(sign);
    NDArray index = indices(0, count);
    NDArray begun = index.equal(0L).where(start, powers);
    return count > 1 ? index.equal(count - 1).where(stop, begun) : begun;
  }

  /** Ones where column - row is {@code k}, zeros elsewhere, float64. */
  default NDArray eye(long rows, long columns, long k) {
    NDArray row = indices(0, rows, columns);
    NDArray column = indices(1, rows, columns);
    return column.subtract(row).equal(k).cast(DType.FLOAT64);
  }

  /** The identity matrix, float64. */
  default NDArray eye(long rows) {
    return eye(rows, rows, 0);
  }

  /** Elements given by the user's Java function of the index, float64. */
  default NDArray fromFunction(UserFunctions.OfIndex function, long... extents) {
    return UserFunctions.fromFunction(self(), Shape.of(extents), function);
  }

  /** Random arrays numbered from this seed. */
  default RandomArrays random(long seed) {
    return new RandomArrays(self(), seed);
  }

  /** Arrays one after the other along an existing axis. */
  default NDArray concatenate(int axis, NDArray... parts) {
    List<Expr> exprs = exprs("concatenate", parts);
    int checked = exprs.getFirst().shape().axis("concatenate", axis);
    return exprs.size() == 1
        ? parts[0]
        : array(Coarsening.ofParts(Exprs.concatenate(exprs, checked), self().chunkSize()));
  }

  /** Arrays of equal shape side by side along a new axis. */
  default NDArray stack(int axis, NDArray... parts) {
    List<Expr> exprs = exprs("stack", parts);
    for (Expr part : exprs) {
      if (!part.shape().equals(exprs.getFirst().shape())) {
        throw new UsageException(
            "stack: shapes %s and %s differ; broadcast or reshape them to one shape first"
                .formatted(exprs.getFirst().shape(), part.shape()));
      }
    }
    NDArray[] expanded =
        Arrays.stream(parts).map(part -> part.expandDims(axis)).toArray(NDArray[]::new);
    return concatenate(axis, expanded);
  }

  private List<Expr> exprs(String name, NDArray... parts) {
    if (parts.length == 0) {
      throw new UsageException(name + ": no arrays given; at least one is needed");
    }
    List<Expr> exprs = new ArrayList<>();
    for (NDArray part : parts) {
      exprs.add(self().own(part).expr());
    }
    return exprs;
  }

  /** {@code yes} where {@code mask} is true, {@code no} elsewhere. */
  default NDArray where(NDArray mask, NDArray yes, NDArray no) {
    return mask.apply(ElementwiseOps.WHERE, yes, no);
  }
}
