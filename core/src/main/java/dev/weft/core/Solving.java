package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.FloatingLimits;
import dev.weft.core.error.UsageException;
import dev.weft.core.linalg.Inverse;
import dev.weft.core.linalg.MatrixRoutine;
import dev.weft.core.linalg.Solve;
import dev.weft.core.linalg.TriangularSolve;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Linear equations, inverses, and what is made of them and of singular values. */
final class Solving {
  private Solving() {}

  static NDArray inv(NDArray x, boolean lenient) {
    NDArray a = Matrices.square("inv", x);
    int n = Matrices.rows(a);
    return n == 0
        ? a
        : Matrices.apply(threads -> new Inverse(a.dtype(), n, lenient, threads), n, n, a);
  }

  static NDArray solve(NDArray a, NDArray b) {
    return solve(
        "solve",
        a,
        b,
        (typed, columns) ->
            threads -> new Solve(typed.dtype(), Matrices.rows(typed), columns, threads));
  }

  static NDArray triangular(NDArray a, NDArray b, boolean lower, boolean transposed, boolean unit) {
    return solve(
        "solve_triangular",
        a,
        b,
        (typed, columns) ->
            threads ->
                new TriangularSolve(
                    typed.dtype(),
                    Matrices.rows(typed),
                    columns,
                    !lower,
                    transposed,
                    unit,
                    threads));
  }

  private static NDArray solve(
      String name,
      NDArray a,
      NDArray b,
      BiFunction<NDArray, Integer, IntFunction<MatrixRoutine>> routine) {
    Matrices.square(name, a);
    boolean vector = b.rank() == 1;
    if (b.rank() == 0) {
      throw new UsageException(
          "%s: the right side has shape %s; use a vector, or matrices".formatted(name, b.shape()));
    }
    NDArray right = vector ? b.expandDims(1) : b;
    if (Matrices.rows(right) != Matrices.rows(a)) {
      throw new UsageException(
          "%s: matrices of shape %s and a right side of shape %s; it needs %d rows%s"
              .formatted(
                  name,
                  a.shape(),
                  b.shape(),
                  Matrices.rows(a),
                  vector ? "" : ", the last but one of its axes"));
    }
    Shape common =
        Broadcasting.common(
            name, List.of(Shape.of(Matrices.batch(a)), Shape.of(Matrices.batch(right))));
    NDArray[] typed = Matrices.together(name, a, right);
    NDArray left = over(common, typed[0]);
    NDArray sides = over(common, typed[1]);
    int columns = Matrices.columns(sides);
    NDArray result =
        Matrices.isEmpty(sides)
            ? sides
            : Matrices.apply(
                routine.apply(left, columns), Matrices.rows(left), columns, left, sides);
    return vector ? result.squeeze(-1) : result;
  }

  /** The matrices repeated over other axes in front. */
  private static NDArray over(Shape batch, NDArray x) {
    long[] extents = Arrays.copyOf(batch.extents(), batch.rank() + 2);
    extents[batch.rank()] = Matrices.rows(x);
    extents[batch.rank() + 1] = Matrices.columns(x);
    return x.broadcastTo(extents);
  }

  static NDArray tensorsolve(NDArray a, NDArray b) {
    long[] extents = a.shape().extents();
    int leading = b.rank();
    boolean fits =
        leading <= a.rank() && Arrays.equals(Arrays.copyOf(extents, leading), b.shape().extents());
    if (!fits || elements(extents, leading) != b.size()) {
      throw new UsageException(
          "tensorsolve: shapes %s and %s; the first must begin with the second, and have as many elements behind it"
              .formatted(a.shape(), b.shape()));
    }
    NDArray x = solve(a.reshape(b.size(), b.size()), b.ravel());
    return x.reshape(Arrays.copyOfRange(extents, leading, extents.length));
  }

  static NDArray tensorinv(NDArray a, int leading) {
    long[] extents = a.shape().extents();
    if (leading < 1
        || leading > extents.length
        || elements(Arrays.copyOf(extents, leading), 0) != elements(extents, leading)) {
      throw new UsageException(
          "tensorinv: %d leading axes of shape %s; they must have as many elements as the others"
              .formatted(leading, a.shape()));
    }
    long n = elements(extents, leading);
    long[] result = Arrays.copyOfRange(extents, leading, extents.length + leading);
    System.arraycopy(extents, 0, result, extents.length - leading, leading);
    return inv(a.reshape(n, n), false).reshape(result);
  }

  /** Elements along the axes from {@code from} on. */
  private static long elements(long[] extents, int from) {
    return Arrays.stream(extents, from, extents.length).reduce(1, (p, q) -> p * q);
  }

  /** Which singular values count, from {@code (..., k)}: those above a part of the largest. */
  private static NDArray counted(NDArray x, NDArray s, @Nullable NDArray given) {
    NDArray largest = s.max(-1).expandDims(-1);
    if (given != null) {
      return s.greater(largest.multiply(given.cast(s.dtype()).expandDims(-1)));
    }
    double epsilon = FloatingLimits.epsilon(s.dtype());
    return s.greater(largest.multiply(Math.max(Matrices.rows(x), Matrices.columns(x)) * epsilon));
  }

  static NDArray rank(NDArray x, @Nullable NDArray rtol) {
    if (x.rank() < 2) {
      return x.notEqual(0.0).any().cast(DType.INT64);
    }
    NDArray s = Factorizations.svdvals(x);
    return Matrices.isEmpty(x)
        ? x.session().zeros(DType.INT64, Matrices.batch(x))
        : counted(x, s, rtol).sum(-1);
  }

  static NDArray pinv(NDArray x, @Nullable NDArray rtol) {
    NDArray a = Matrices.checked("pinv", x);
    if (Matrices.isEmpty(a)) {
      return Matrices.full(a, 0, Matrices.columns(a), Matrices.rows(a));
    }
    Linalg.Svd parts = Factorizations.svd(a, false);
    NDArray left = reciprocal(a, parts.s(), rtol).expandDims(-1);
    return Matrices.adjoint(parts.vh()).matmul(left.multiply(Matrices.adjoint(parts.u())));
  }

  /** Of the singular values that count; 0 for the others. */
  private static NDArray reciprocal(NDArray x, NDArray s, @Nullable NDArray rtol) {
    return counted(x, s, rtol).where(s.reciprocal(), 0.0);
  }

  static Linalg.Lstsq lstsq(NDArray a, NDArray b, @Nullable NDArray rcond) {
    NDArray left = Matrices.checked("lstsq", a);
    boolean vector = b.rank() == 1;
    if (b.rank() == 0 || b.shape().extent(vector ? 0 : b.rank() - 2) != Matrices.rows(a)) {
      throw new UsageException(
          "lstsq: matrices of shape %s and a right side of shape %s; it needs %d rows"
              .formatted(a.shape(), b.shape(), Matrices.rows(a)));
    }
    NDArray[] typed = Matrices.together("lstsq", left, vector ? b.expandDims(1) : b);
    int m = Matrices.rows(left);
    int n = Matrices.columns(left);
    int k = Math.min(m, n);
    NDArray right = typed[1];
    NDArray s;
    NDArray x;
    if (k == 0) {
      s = Matrices.full(typed[0], 0, 0).real();
      x = Matrices.full(right, 0, n, Matrices.columns(right));
    } else {
      Linalg.Svd parts = Factorizations.svd(typed[0], false);
      s = parts.s();
      NDArray inner = Matrices.adjoint(parts.u()).matmul(right);
      x =
          Matrices.adjoint(parts.vh())
              .matmul(reciprocal(typed[0], s, rcond).expandDims(-1).multiply(inner));
    }
    NDArray rank =
        k == 0
            ? right.session().zeros(DType.INT32, Matrices.batch(left))
            : counted(typed[0], s, rcond).sum(-1).cast(DType.INT32);
    NDArray residuals =
        m > n
            ? right.subtract(typed[0].matmul(x)).abs().square().sum(-2)
            : right.session().zeros(right.dtype().part(), 0);
    return new Linalg.Lstsq(vector ? x.squeeze(-1) : x, residuals, rank, s);
  }
}
