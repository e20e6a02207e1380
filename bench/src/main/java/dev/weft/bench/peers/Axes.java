package dev.weft.bench.peers;

import java.util.Arrays;
import java.util.List;

/**
 * The 2-d workloads of the Java baselines, over a row-major table, by blocks of rows or columns.
 */
final class Axes {

  private final JavaBaseline loops;
  private final double[] m;
  private final int rows;
  private final int columns;

  Axes(JavaBaseline loops, double[] m, int rows, int columns) {
    this.loops = loops;
    this.m = m;
    this.rows = rows;
    this.columns = columns;
  }

  private interface Each {
    void run(int index);
  }

  /** Runs {@code each} for every row. */
  private void eachRow(Each each) {
    loops.sum(
        rows,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            each.run(i);
          }
          return 0;
        });
  }

  // Sum and min have loops of their own, so that each is compiled without calls.

  private double[] sumColumns() {
    double[] out = new double[columns];
    loops.sum(
        columns,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            for (int j = from; j < to; j++) {
              out[j] += m[i * columns + j];
            }
          }
          return 0;
        });
    return out;
  }

  private double[] sumRows() {
    double[] out = new double[rows];
    eachRow(
        i -> {
          double sum = 0;
          for (int j = i * columns; j < (i + 1) * columns; j++) {
            sum += m[j];
          }
          out[i] = sum;
        });
    return out;
  }

  private static List<DenseArray> vector(double[] values) {
    return List.of(DenseArray.of(values, values.length));
  }

  List<DenseArray> sum0() {
    return vector(sumColumns());
  }

  List<DenseArray> sum1() {
    return vector(sumRows());
  }

  List<DenseArray> min0() {
    double[] out = new double[columns];
    Arrays.fill(out, Double.POSITIVE_INFINITY);
    loops.sum(
        columns,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            for (int j = from; j < to; j++) {
              out[j] = Math.min(out[j], m[i * columns + j]);
            }
          }
          return 0;
        });
    return vector(out);
  }

  List<DenseArray> min1() {
    double[] out = new double[rows];
    eachRow(
        i -> {
          double min = Double.POSITIVE_INFINITY;
          for (int j = i * columns; j < (i + 1) * columns; j++) {
            min = Math.min(min, m[j]);
          }
          out[i] = min;
        });
    return vector(out);
  }

  List<DenseArray> meanStd0() {
    double[] mean = sumColumns();
    divide(mean, rows);
    double[] std = new double[columns];
    loops.sum(
        columns,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            for (int j = from; j < to; j++) {
              double d = m[i * columns + j] - mean[j];
              std[j] += d * d;
            }
          }
          return 0;
        });
    root(std, rows);
    return List.of(DenseArray.of(mean, columns), DenseArray.of(std, columns));
  }

  List<DenseArray> meanStd1() {
    double[] mean = sumRows();
    divide(mean, columns);
    double[] std = new double[rows];
    eachRow(
        i -> {
          double squares = 0;
          for (int j = i * columns; j < (i + 1) * columns; j++) {
            squares += (m[j] - mean[i]) * (m[j] - mean[i]);
          }
          std[i] = squares;
        });
    root(std, columns);
    return List.of(DenseArray.of(mean, rows), DenseArray.of(std, rows));
  }

  private static void divide(double[] values, int by) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= by;
    }
  }

  private static void root(double[] squares, int count) {
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Math.sqrt(squares[i] / count);
    }
  }

  List<DenseArray> transposeMean() {
    // As written, element by element: summing rows and columns apart would be another algorithm.
    double[] out = new double[columns];
    loops.sum(
        columns,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            for (int j = from; j < to; j++) {
              out[j] += m[i * columns + j] + m[j * columns + i];
            }
          }
          return 0;
        });
    divide(out, rows);
    return vector(out);
  }

  List<DenseArray> stencil() {
    int inner = rows - 2;
    double[] out = new double[inner * inner];
    loops.sum(
        inner,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            Formulas.stencilRow(m, columns, i + 1, out);
          }
          return 0;
        });
    return List.of(DenseArray.of(out, inner, inner));
  }

  List<DenseArray> softmax() {
    double[] out = new double[m.length];
    eachRow(i -> Formulas.softmaxRow(m, columns, i, out));
    return List.of(DenseArray.of(out, rows, columns));
  }
}
