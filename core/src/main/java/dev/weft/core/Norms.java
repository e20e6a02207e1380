package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Inner products, norms, powers and chains of matrices. */
final class Norms {
  private Norms() {}

  static NDArray inner(NDArray a, NDArray b) {
    return a.rank() == 0 || b.rank() == 0
        ? a.multiply(b)
        : a.tensordot(b, new int[] {-1}, new int[] {-1});
  }

  static NDArray vecdot(NDArray a, NDArray b, int axis) {
    int left = a.shape().axis("vecdot", axis);
    int right = b.shape().axis("vecdot", axis);
    long extent = a.shape().extent(left);
    if (b.shape().extent(right) != extent) {
      throw new UsageException(
          "vecdot: axis %d of shape %s is %d, of shape %s it is %d; both must be equally long"
              .formatted(axis, a.shape(), extent, b.shape(), b.shape().extent(right)));
    }
    DType dtype = Promotion.of(a.dtype(), b.dtype());
    return a.conj().moveaxis(left, -1).multiply(b.moveaxis(right, -1)).sum(-1).cast(dtype);
  }

  private static NDArray sizes(NDArray x) {
    DType wide = x.dtype().isComplex() ? DType.COMPLEX128 : DType.FLOAT64;
    return x.cast(wide).abs();
  }

  static NDArray vector(NDArray x, double order, int... axes) {
    DType dtype = Reductions.real(x).part();
    NDArray size = sizes(x);
    if (order == 2) {
      return size.square().sum(axes).sqrt().cast(dtype);
    }
    if (Double.isInfinite(order)) {
      // Of nothing the largest is 0, as NumPy begins with it.
      return (order < 0 ? size.min(axes) : empty(x, axes) ? size.sum(axes) : size.max(axes))
          .cast(dtype);
    }
    if (order == 0) {
      return size.notEqual(0.0).sum(axes).cast(dtype);
    }
    NDArray sum = order == 1 ? size.sum(axes) : size.pow(order).sum(axes).pow(1 / order);
    return sum.cast(dtype);
  }

  private static boolean empty(NDArray x, int... axes) {
    boolean empty = axes.length == 0 && x.size() == 0;
    for (int axis : axes) {
      empty |= x.shape().extent(x.shape().axis("vector_norm", axis)) == 0;
    }
    return empty;
  }

  static void requireMatrices(String name, NDArray x) {
    if (x.rank() < 2) {
      throw new UsageException(
          "%s: shape %s has no matrices; use two axes or more".formatted(name, x.shape()));
    }
  }

  static NDArray matrix(NDArray x, double order) {
    requireMatrices("matrix_norm", x);
    if (Math.abs(order) == 2) {
      NDArray values = Factorizations.svdvals(x);
      return order > 0 ? values.max(-1) : values.min(-1);
    }
    NDArray size = sizes(x);
    boolean columns = Math.abs(order) == 1;
    if (!columns && !Double.isInfinite(order)) {
      throw new UsageException(
          "matrix_norm: order %s; use 1, -1, 2, -2, an infinity, or the Frobenius or nuclear norm"
              .formatted(order));
    }
    NDArray sums = size.sum(columns ? -2 : -1);
    return (order > 0 ? sums.max(-1) : sums.min(-1)).cast(Reductions.real(x).part());
  }

  /** The largest over the smallest stretch; infinite for singular matrices. */
  static NDArray cond(NDArray x, UnaryOperator<NDArray> norm) {
    NDArray a = Matrices.square("cond", x);
    NDArray product = norm.apply(a).multiply(norm.apply(Solving.inv(a, true)));
    return finished(a, product);
  }

  static NDArray cond(NDArray x, double order) {
    if (Math.abs(order) != 2) {
      return cond(x, a -> matrix(a, order));
    }
    NDArray a = Matrices.checked("cond", x);
    if (Matrices.isEmpty(a)) {
      throw new UsageException(
          "cond: matrices of shape %s have no elements; add some".formatted(x.shape()));
    }
    NDArray values = Factorizations.svdvals(a);
    NDArray largest = values.max(-1);
    NDArray smallest = values.min(-1);
    return finished(a, order > 0 ? largest.divide(smallest) : smallest.divide(largest));
  }

  /** Of matrices without NaN, what is no number is infinite. */
  private static NDArray finished(NDArray a, NDArray cond) {
    NDArray singular = cond.isnan().logicalAnd(a.isnan().any(-2, -1).logicalNot());
    return singular.where(Double.POSITIVE_INFINITY, cond);
  }

  static NDArray power(NDArray x, long power) {
    requireMatrices("matrix_power", x);
    Matrices.requireSquare("matrix_power", x);
    if (power < 0) {
      return power(Solving.inv(x, false), Math.negateExact(power));
    }
    if (power == 0) {
      return Matrices.identities(x, Matrices.rows(x), Matrices.rows(x));
    }
    NDArray square = x;
    @Nullable NDArray result = null;
    for (long rest = power; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = result == null ? square : result.matmul(square);
      }
      square = rest > 1 ? square.matmul(square) : square;
    }
    return result == null ? x : result;
  }

  /** Matrices multiplied in the order that takes the fewest multiplications. */
  static NDArray chain(NDArray... matrices) {
    int n = matrices.length;
    for (int i = 0; i < n; i++) {
      boolean end = i == 0 || i == n - 1;
      if (matrices[i].rank() != 2 && !(end && matrices[i].rank() == 1)) {
        throw new UsageException(
            "multi_dot: operand %d has shape %s; use matrices, vectors only as the first and the last"
                .formatted(i, matrices[i].shape()));
      }
    }
    if (n < 2) {
      throw new UsageException("multi_dot: %d operands; use 2 or more".formatted(n));
    }
    double[] sizes = new double[n + 1];
    for (int i = 0; i < n; i++) {
      // A vector in front is a row.
      sizes[i] = i == 0 && matrices[i].rank() == 1 ? 1 : matrices[i].shape().extent(0);
    }
    sizes[n] = matrices[n - 1].rank() == 2 ? matrices[n - 1].shape().extent(1) : 1;
    return product(matrices, cuts(sizes), 0, n - 1);
  }

  /** Where the product of matrices i to j is cut in two at best. */
  private static int[][] cuts(double[] sizes) {
    int n = sizes.length - 1;
    double[][] costs = new double[n][n];
    int[][] cuts = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int i = 0; i + length < n; i++) {
        int j = i + length;
        costs[i][j] = Double.POSITIVE_INFINITY;
        for (int k = i; k < j; k++) {
          double cost = costs[i][k] + costs[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
          if (cost < costs[i][j]) {
            costs[i][j] = cost;
            cuts[i][j] = k;
          }
        }
      }
    }
    return cuts;
  }

  private static NDArray product(NDArray[] matrices, int[][] cuts, int i, int j) {
    if (i == j) {
      return matrices[i];
    }
    int cut = cuts[i][j];
    return product(matrices, cuts, i, cut).matmul(product(matrices, cuts, cut + 1, j));
  }
}
