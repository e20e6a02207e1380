package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;

/** Diagonals and triangles of matrices. Offset k is of the diagonal where column - row is k. */
final class Diagonals {
  private Diagonals() {}

  static NDArray diagonal(NDArray x, long offset, int axis1, int axis2) {
    int first = x.shape().axis("diagonal", axis1);
    int second = x.shape().axis("diagonal", axis2);
    if (first == second) {
      throw new UsageException(
          "diagonal: axes %d and %d of shape %s are one; name two"
              .formatted(axis1, axis2, x.shape()));
    }
    int rank = x.rank();
    NDArray matrices = x.moveaxis(new int[] {first, second}, new int[] {rank - 2, rank - 1});
    long rows = matrices.shape().extent(rank - 2);
    long columns = matrices.shape().extent(rank - 1);
    long row = Math.min(rows, Math.max(0, -Math.max(offset, -rows)));
    long column = Math.min(columns, Math.max(0, offset));
    long length = Math.min(rows - row, columns - column);
    NDArray square =
        matrices.slice(
            Index.ellipsis(), Index.range(row, row + length), Index.range(column, column + length));
    // In C order, the diagonal's elements are as far apart as a row and one are long.
    Shape flat = square.shape().remove(rank - 1).with(rank - 2, length * length);
    return square
        .reshape(flat.extents())
        .slice(Index.ellipsis(), Index.range(0, length * length, length + 1));
  }

  static NDArray matrix(NDArray x, long offset) {
    if (x.rank() != 1) {
      throw new UsageException(
          "diag: shape %s; use a vector, or a matrix for its diagonal".formatted(x.shape()));
    }
    long beside = Math.absExact(offset);
    long size = Math.addExact(x.size(), beside);
    Session session = x.session();
    NDArray padded = session.concatenate(0, x, session.zeros(x.dtype(), beside));
    NDArray spread = padded.expandDims(offset >= 0 ? 1 : 0);
    return distance(session, size, size).equal(offset).where(spread, zero(x));
  }

  static NDArray triangle(NDArray x, boolean lower, long offset) {
    if (x.rank() == 0) {
      throw new UsageException("tril, triu: shape () has no rows; use one axis or more");
    }
    long columns = x.shape().extent(x.rank() - 1);
    long rows = x.rank() == 1 ? columns : x.shape().extent(x.rank() - 2);
    NDArray distance = distance(x.session(), rows, columns);
    return (lower ? distance.lessEqual(offset) : distance.greaterEqual(offset)).where(x, zero(x));
  }

  private static NDArray zero(NDArray x) {
    return x.session().zeros(x.dtype());
  }

  /** Column - row. */
  private static NDArray distance(Session session, long rows, long columns) {
    return session.indices(1, 1, columns).subtract(session.indices(0, rows, 1));
  }

  /** The sum keeps NumPy's type: that of a sum. */
  static NDArray trace(NDArray x, long offset, int axis1, int axis2) {
    return diagonal(x, offset, axis1, axis2).sum(-1);
  }

  static NDArray vander(NDArray x, long columns, boolean increasing) {
    if (x.rank() != 1 || columns < 0) {
      throw new UsageException(
          "vander: shape %s, %d columns; use a vector, and 0 columns or more"
              .formatted(x.shape(), columns));
    }
    DType dtype = Promotion.of(x.dtype(), DType.INT64);
    NDArray typed = x.cast(dtype).expandDims(1);
    Session session = x.session();
    NDArray powers = session.zeros(dtype, x.size(), 0);
    if (columns > 0) {
      NDArray repeated = typed.broadcastTo(x.size(), columns - 1);
      powers = session.concatenate(1, session.ones(dtype, x.size(), 1), repeated).cumprod(1);
    }
    return increasing ? powers : powers.flip(1);
  }
}
