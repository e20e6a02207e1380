package dev.weft.bench.npbench;

import java.util.function.IntToDoubleFunction;

/** A small row-major table with the loops that plain programs are made of; a vector is one row. */
record Table(int rows, int columns, double[] data) {

  interface Cell {
    double at(int i, int j);
  }

  static Table of(int rows, int columns, Cell cell) {
    double[] data = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        data[i * columns + j] = cell.at(i, j);
      }
    }
    return new Table(rows, columns, data);
  }

  static double[] vector(int n, IntToDoubleFunction element) {
    double[] data = new double[n];
    for (int i = 0; i < n; i++) {
      data[i] = element.applyAsDouble(i);
    }
    return data;
  }

  double at(int i, int j) {
    return data[i * columns + j];
  }

  Table t() {
    return of(columns, rows, (i, j) -> at(j, i));
  }

  Table times(Table other) {
    return of(
        rows,
        other.columns,
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < columns; k++) {
            sum += at(i, k) * other.at(k, j);
          }
          return sum;
        });
  }

  double[] times(double[] x) {
    return times(new Table(x.length, 1, x)).data;
  }

  /** {@code p * this + q * other}. */
  Table mixed(double p, double q, Table other) {
    return of(rows, columns, (i, j) -> p * at(i, j) + q * other.at(i, j));
  }
}
