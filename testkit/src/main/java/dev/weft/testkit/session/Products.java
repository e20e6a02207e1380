package dev.weft.testkit.session;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Exprs;
import dev.weft.core.expr.ProductCut;

/** Matrix products of small arrays that are cut as those of large ones are, and plain loops. */
public final class Products {
  private Products() {}

  /** The product in tiles of 4 rows and columns, in pieces of 8 of the inner axis. */
  public static NDArray inPieces(NDArray left, NDArray right) {
    return inPieces(left, right, 8);
  }

  /** The same in pieces of another length. */
  public static NDArray inPieces(NDArray left, NDArray right, long piece) {
    return left.with(Exprs.matmul(left.expr(), right.expr(), new ProductCut(4, 1, piece)));
  }

  /** The product of two matrices of float64, row by row. */
  public static double[] loops(NDArray left, NDArray right) {
    int rows = (int) left.shape().extent(0);
    int inner = (int) left.shape().extent(1);
    int columns = (int) right.shape().extent(1);
    double[] a = values(left);
    double[] b = values(right);
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          product[i * columns + j] += a[i * inner + k] * b[k * columns + j];
        }
      }
    }
    return product;
  }

  /** All elements, as float64. */
  public static double[] values(NDArray array) {
    try (HostArray host = array.cast(DType.FLOAT64).compute()) {
      return host.toDoubleArray();
    }
  }
}
