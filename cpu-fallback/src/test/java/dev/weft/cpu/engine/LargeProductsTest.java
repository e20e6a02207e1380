package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Matrix products that are cut into several blocks of odd edges. Factors are small integers, so
 * that every order of additions gives the same sums.
 */
final class LargeProductsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 700, 900, 300, FLOAT64",
    "2, 700, 900, 300, FLOAT32",
    "3, 700, 901, 70, FLOAT64",
    "3, 60, 2100, 65, FLOAT64",
    "5, 1500, 7, 130, FLOAT32",
    "7, 257, 513, 64, FLOAT64",
  })
  void agreeWithLoops(int threads, int rows, int columns, int inner, DType dtype) {
    SessionConfig config = SessionConfig.defaults().withDevice("cpu").withThreads(threads);
    try (Session session = Session.open(config)) {
      NDArray left = numbers(session, (long) rows * inner, 11, dtype).reshape(rows, inner);
      NDArray right = numbers(session, (long) inner * columns, 7, dtype).reshape(inner, columns);
      NDArray turned = numbers(session, (long) inner * columns, 7, dtype).reshape(columns, inner);
      double[] a = values(left);
      double[] b = values(right);
      check(
          left.matmul(right),
          rows,
          columns,
          inner,
          (i, j, p) -> a[i * inner + p] * b[p * columns + j]);
      check(
          left.matmul(turned.t()),
          rows,
          columns,
          inner,
          (i, j, p) -> a[i * inner + p] * b[j * inner + p]);
      check(
          left.slice("::-1, ::-1").matmul(right.slice("::-1, ::-1")),
          rows,
          columns,
          inner,
          (i, j, p) -> a[(rows - 1 - i) * inner + p] * b[p * columns + columns - 1 - j]);
    }
  }

  @Test
  void longInnerAxesAreCutIntoPieces() {
    SessionConfig config =
        SessionConfig.defaults().withDevice("cpu").withThreads(2).withMemoryLimit(160L << 20);
    long inner = 5_000_000;
    try (Session session = Session.open(config)) {
      // 5 numbers of 4 bytes for each index: 64 MiB hold 3,355,443, of which 2^21 is used.
      NDArray left = session.random(1).integers(0, 3, 2, inner).cast(DType.FLOAT32);
      NDArray right = session.random(2).integers(0, 2, inner, 3).cast(DType.FLOAT32);
      NDArray product = left.matmul(right);
      assertThat(product.explain()).contains("matmul in 2 pieces of the inner axis");
      double[] found = values(product);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          NDArray row = left.slice(i + ":" + (i + 1)).reshape(inner);
          NDArray column = right.slice(":, " + j + ":" + (j + 1)).reshape(inner);
          double expected =
              row.cast(DType.INT64).multiply(column.cast(DType.INT64)).sum().toDouble();
          assertThat(found[3 * i + j]).isEqualTo(expected);
        }
      }
      assertThat(session.memory().peak()).isLessThanOrEqualTo(session.memory().limit());
    }
  }

  private interface Term {
    double at(int row, int column, int inner);
  }

  private static NDArray numbers(Session session, long count, int modulus, DType dtype) {
    return session.arange(count).remainder(modulus).subtract(modulus / 2).cast(dtype);
  }

  private static double[] values(NDArray array) {
    try (HostArray host = array.cast(DType.FLOAT64).compute()) {
      return host.toDoubleArray();
    }
  }

  private static void check(NDArray product, int rows, int columns, int inner, Term term) {
    double[] expected = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int p = 0; p < inner; p++) {
          sum += term.at(i, j, p);
        }
        expected[i * columns + j] = sum;
      }
    }
    assertThat(values(product)).isEqualTo(expected);
  }
}
