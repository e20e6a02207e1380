package dev.weft.bench.peers;

import dev.weft.testkit.workload.Workloads;
import java.util.List;

/** The formulas of {@code weft_peers/formulas.py} for one element. */
final class Formulas {

  static final double RATE = Workloads.RATE;
  static final double VOLATILITY = Workloads.VOLATILITY;
  static final double DRIFT = Workloads.DRIFT;
  static final double CDF_P = Workloads.CDF_P;
  static final double[] CDF_B = array(Workloads.CDF_B);
  static final double INV_SQRT_2PI = Workloads.INV_SQRT_2PI;
  static final double[] POLY = array(Workloads.POLY);

  private Formulas() {}

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Normal distribution function, Abramowitz and Stegun 26.2.17. */
  static double normalCdf(double d) {
    double a = Math.abs(d);
    double k = 1.0 / (1.0 + CDF_P * a);
    double series =
        k * (CDF_B[0] + k * (CDF_B[1] + k * (CDF_B[2] + k * (CDF_B[3] + k * CDF_B[4]))));
    double tail = INV_SQRT_2PI * Math.exp(-0.5 * a * a) * series;
    return d < 0.0 ? tail : 1.0 - tail;
  }

  /** Prices of the European call and put: spot s, strike k, years t. */
  static void blackScholes(double s, double k, double t, double[] call, double[] put, int i) {
    double spread = VOLATILITY * Math.sqrt(t);
    double d1 = (Math.log(s / k) + DRIFT * t) / spread;
    double n1 = normalCdf(d1);
    double n2 = normalCdf(d1 - spread);
    double discounted = k * Math.exp(-RATE * t);
    call[i] = s * n1 - discounted * n2;
    put[i] = discounted * (1.0 - n2) - s * (1.0 - n1);
  }

  static double expSin(double x, double y) {
    return Math.exp(-x * x) * Math.sin(y) + 1.0;
  }

  static double poly8(double x) {
    double p = POLY[0];
    for (int i = 1; i < POLY.length; i++) {
      p = p * x + POLY[i];
    }
    return p;
  }

  static double whereMix(double x, double y) {
    return x > 0.0 && y < 1.0 ? x * 2.0 : y - 1.0;
  }

  /** One row of the 5-point stencil: interior of row {@code i} of the {@code side}-square q. */
  static void stencilRow(double[] q, int side, int i, double[] out) {
    int inner = side - 2;
    for (int j = 1; j <= inner; j++) {
      int at = i * side + j;
      double sum = q[at - side] + q[at + side] + q[at - 1] + q[at + 1] + q[at];
      out[(i - 1) * inner + j - 1] = sum * 0.2;
    }
  }

  static void softmaxRow(double[] m, int columns, int i, double[] out) {
    int from = i * columns;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = from; j < from + columns; j++) {
      largest = Math.max(largest, m[j]);
    }
    double total = 0;
    for (int j = from; j < from + columns; j++) {
      out[j] = Math.exp(m[j] - largest);
      total += out[j];
    }
    for (int j = from; j < from + columns; j++) {
      out[j] /= total;
    }
  }

  /** Row {@code i} of a · b, both {@code size}-square, in the order that reads b by rows. */
  static void matmulRow(double[] a, double[] b, int size, int i, double[] out) {
    int row = i * size;
    for (int k = 0; k < size; k++) {
      double factor = a[row + k];
      for (int j = 0; j < size; j++) {
        out[row + j] += factor * b[k * size + j];
      }
    }
  }
}
