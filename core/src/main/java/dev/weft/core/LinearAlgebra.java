package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Products of arrays, all through the matrix product. */
final class LinearAlgebra {
  private LinearAlgebra() {}

  /** NumPy's {@code @}: vectors count as a row on the left and as a column on the right. */
  static NDArray matmul(NDArray a, NDArray b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new UsageException(
          "matmul: shapes %s and %s: scalars are not allowed; use multiply instead"
              .formatted(a.shape(), b.shape()));
    }
    if (a.dtype() == DType.BOOL && b.dtype() == DType.BOOL) {
      // Whether any product is true; a sum of ones is never rounded to 0.
      return matmul(a.cast(DType.FLOAT32), b.cast(DType.FLOAT32)).notEqual(0.0);
    }
    NDArray left = a.rank() == 1 ? a.expandDims(0) : a;
    NDArray right = b.rank() == 1 ? b.expandDims(1) : b;
    Expr product = Exprs.matmul(left.expr(), right.expr(), ProductCut.STANDARD);
    NDArray result = a.with(product);
    if (b.rank() == 1) {
      result = result.squeeze(-1);
    }
    return a.rank() == 1 ? result.squeeze(b.rank() == 1 ? -1 : -2) : result;
  }

  /** NumPy's {@code dot}: sums over the last axis of a and the last but one of b. */
  static NDArray dot(NDArray a, NDArray b) {
    if (a.rank() == 0 || b.rank() == 0) {
      return a.multiply(b);
    }
    return tensordot(a, b, new int[] {a.rank() - 1}, new int[] {b.rank() == 1 ? 0 : b.rank() - 2});
  }

  static NDArray outer(NDArray a, NDArray b) {
    return a.ravel().expandDims(1).multiply(b.ravel().expandDims(0));
  }

  /** Sums products over the last axes of a and the first of b. */
  static NDArray tensordot(NDArray a, NDArray b, int axes) {
    if (axes < 0 || axes > a.rank() || axes > b.rank()) {
      throw new UsageException(
          "tensordot: %d axes of shapes %s and %s; use 0 to %d, or name the axes"
              .formatted(axes, a.shape(), b.shape(), Math.min(a.rank(), b.rank())));
    }
    return tensordot(
        a,
        b,
        IntStream.range(a.rank() - axes, a.rank()).toArray(),
        IntStream.range(0, axes).toArray());
  }

  /** Sums products over pairs of axes. */
  static NDArray tensordot(NDArray a, NDArray b, int[] axesA, int[] axesB) {
    if (axesA.length != axesB.length) {
      throw new UsageException(
          "tensordot: %d axes of the first array and %d of the second; give as many of each, they pair up"
              .formatted(axesA.length, axesB.length));
    }
    List<Integer> sumA = normalized(a, axesA);
    List<Integer> sumB = normalized(b, axesB);
    requireOnce(a, axesA, sumA);
    requireOnce(b, axesB, sumB);
    for (int i = 0; i < sumA.size(); i++) {
      long left = a.shape().extent(sumA.get(i));
      long right = b.shape().extent(sumB.get(i));
      if (left != right) {
        throw new UsageException(
            "tensordot: axis %d of shape %s is %d, axis %d of shape %s is %d; paired axes must be equally long"
                .formatted(sumA.get(i), a.shape(), left, sumB.get(i), b.shape(), right));
      }
    }
    List<Integer> freeA = rest(a, sumA);
    List<Integer> freeB = rest(b, sumB);
    NDArray left = matrix(a, freeA, sumA);
    NDArray right = matrix(b, sumB, freeB);
    Shape result = Shape.SCALAR;
    for (int axis : freeA) {
      result = result.insert(result.rank(), a.shape().extent(axis));
    }
    for (int axis : freeB) {
      result = result.insert(result.rank(), b.shape().extent(axis));
    }
    return matmul(left, right).reshape(result.extents());
  }

  private static List<Integer> normalized(NDArray x, int[] axes) {
    return Arrays.stream(axes).map(axis -> x.shape().axis("tensordot", axis)).boxed().toList();
  }

  private static void requireOnce(NDArray x, int[] given, List<Integer> axes) {
    if (axes.stream().distinct().count() != axes.size()) {
      throw new UsageException(
          "tensordot: axes %s name an axis of shape %s twice; name each once"
              .formatted(Arrays.toString(given), x.shape()));
    }
  }

  private static List<Integer> rest(NDArray x, List<Integer> taken) {
    return IntStream.range(0, x.rank()).filter(axis -> !taken.contains(axis)).boxed().toList();
  }

  private static NDArray matrix(NDArray x, List<Integer> rows, List<Integer> columns) {
    List<Integer> order = new ArrayList<>(rows);
    order.addAll(columns);
    long m = rows.stream().mapToLong(x.shape()::extent).reduce(1, (p, q) -> p * q);
    long n = columns.stream().mapToLong(x.shape()::extent).reduce(1, (p, q) -> p * q);
    NDArray moved =
        order.isEmpty() ? x : x.transpose(order.stream().mapToInt(Integer::intValue).toArray());
    return moved.reshape(m, n);
  }
}
