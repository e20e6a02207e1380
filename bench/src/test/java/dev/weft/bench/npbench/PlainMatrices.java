package dev.weft.bench.npbench;

import java.util.List;
import java.util.function.Function;

/** The programs of linear algebra as plain loops over small inputs, from their definitions. */
final class PlainMatrices {
  private static final double ALPHA = 1.5;
  private static final double BETA = 1.2;

  private final Function<String, Table> tables;
  private final Function<String, double[]> vectors;

  PlainMatrices(Function<String, Table> tables, Function<String, double[]> vectors) {
    this.tables = tables;
    this.vectors = vectors;
  }

  private Table table(String name) {
    return tables.apply(name);
  }

  private double[] vector(String name) {
    return vectors.apply(name);
  }

  List<double[]> results(String name) {
    return switch (name) {
      case "atax" -> List.of(table("a").t().times(table("a").times(vector("x"))));
      case "bicg" -> List.of(table("a").t().times(vector("r")), table("a").times(vector("p")));
      case "mvt" ->
          List.of(
              sum(vector("x1"), 1, table("a").times(vector("y1"))),
              sum(vector("x2"), 1, table("a").t().times(vector("y2"))));
      case "gesummv" -> {
        double[] one = table("a").times(vector("x"));
        double[] other = table("b").times(vector("x"));
        yield List.of(Table.vector(one.length, i -> ALPHA * one[i] + BETA * other[i]));
      }
      case "gemver" -> gemver();
      case "gemm" -> List.of(scaled(table("a").times(table("b")), table("c")).data());
      case "k2mm" ->
          List.of(scaled(table("a").times(table("b")).times(table("c")), table("d")).data());
      case "k3mm" ->
          List.of(table("a").times(table("b")).times(table("c").times(table("d"))).data());
      case "symm" -> List.of(scaled(symmetric().times(table("b")), table("c")).data());
      case "syrk" -> List.of(lower(table("a").times(table("a").t())).data());
      case "syr2k" -> {
        Table product = table("a").times(table("b").t());
        yield List.of(lower(product.mixed(1, 1, product.t())).data());
      }
      case "trmm" -> List.of(trmm().data());
      case "cholesky2" -> List.of(cholesky().data());
      case "trisolv" -> List.of(trisolv());
      default -> statistics(name);
    };
  }

  private static double[] sum(double[] a, double factor, double[] b) {
    return Table.vector(a.length, i -> a[i] + factor * b[i]);
  }

  private static Table scaled(Table product, Table c) {
    return product.mixed(ALPHA, BETA, c);
  }

  private Table symmetric() {
    Table a = table("a");
    return Table.of(a.rows(), a.rows(), (i, j) -> j <= i ? a.at(i, j) : a.at(j, i));
  }

  private Table lower(Table product) {
    Table c = table("c");
    Table all = scaled(product, c);
    return Table.of(c.rows(), c.rows(), (i, j) -> j <= i ? all.at(i, j) : c.at(i, j));
  }

  private Table trmm() {
    Table a = table("a");
    Table b = table("b");
    return Table.of(
        b.rows(),
        b.columns(),
        (i, j) -> {
          double total = b.at(i, j);
          for (int k = i + 1; k < b.rows(); k++) {
            total += a.at(k, i) * b.at(k, j);
          }
          return ALPHA * total;
        });
  }

  private List<double[]> gemver() {
    Table a = table("a");
    double[] u1 = vector("u1");
    double[] v1 = vector("v1");
    double[] u2 = vector("u2");
    double[] v2 = vector("v2");
    Table updated =
        Table.of(a.rows(), a.rows(), (i, j) -> a.at(i, j) + u1[i] * v1[j] + u2[i] * v2[j]);
    double[] x = sum(sum(vector("x"), BETA, updated.t().times(vector("y"))), 1, vector("z"));
    return List.of(updated.data(), x, sum(vector("w"), ALPHA, updated.times(x)));
  }

  private Table cholesky() {
    Table a = table("a");
    int n = a.rows();
    double[] l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a.at(i, j);
        for (int k = 0; k < j; k++) {
          rest -= l[i * n + k] * l[j * n + k];
        }
        l[i * n + j] = i == j ? Math.sqrt(rest) : rest / l[j * n + j];
      }
    }
    return new Table(n, n, l);
  }

  private double[] trisolv() {
    Table l = table("l");
    double[] b = vector("b");
    double[] x = new double[b.length];
    for (int i = 0; i < b.length; i++) {
      double rest = b[i];
      for (int k = 0; k < i; k++) {
        rest -= l.at(i, k) * x[k];
      }
      x[i] = rest / l.at(i, i);
    }
    return x;
  }

  private List<double[]> statistics(String name) {
    Table data = table("data");
    int n = data.rows();
    double[] mean = Table.vector(data.columns(), j -> mean(data, j));
    Table around = Table.of(n, data.columns(), (i, j) -> data.at(i, j) - mean[j]);
    Table products = around.t().times(around);
    Table.Cell cell =
        switch (name) {
          case "covariance", "covariance2" -> (i, j) -> products.at(i, j) / (n - 1);
          case "correlation" ->
              (i, j) -> products.at(i, j) / n / (std(products, i, n) * std(products, j, n));
          default -> throw new AssertionError("no plain loop for " + name);
        };
    return List.of(Table.of(data.columns(), data.columns(), cell).data());
  }

  private static double mean(Table data, int column) {
    double total = 0;
    for (int i = 0; i < data.rows(); i++) {
      total += data.at(i, column);
    }
    return total / data.rows();
  }

  private static double std(Table products, int column, int n) {
    double std = Math.sqrt(products.at(column, column) / n);
    return std <= 0.1 ? 1 : std;
  }
}
