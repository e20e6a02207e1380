package dev.weft.bench.npbench;

import java.util.List;
import java.util.function.UnaryOperator;

/** The programs that look at neighbours as plain loops over small grids, from their definitions. */
final class PlainGrids {
  private PlainGrids() {}

  /** The fields a and b after double steps; {@code inner} gives a step's inner elements. */
  static List<double[]> doubleSteps(
      double[] a, double[] b, int steps, int[] shape, UnaryOperator<double[]> inner) {
    double[] from = a;
    double[] other = b;
    for (int t = 0; t < steps; t++) {
      other = kept(inner.apply(from), other, shape);
      from = kept(inner.apply(other), from, shape);
    }
    return List.of(from, other);
  }

  /** {@code inner}, but {@code border} on the border. */
  private static double[] kept(double[] inner, double[] border, int[] shape) {
    return Table.vector(
        inner.length,
        flat -> {
          int rest = flat;
          for (int axis = shape.length - 1; axis >= 0; axis--) {
            int at = rest % shape[axis];
            rest /= shape[axis];
            if (at == 0 || at == shape[axis] - 1) {
              return border[flat];
            }
          }
          return inner[flat];
        });
  }

  private static double get(double[] u, int at) {
    return at < 0 || at >= u.length ? 0 : u[at];
  }

  static UnaryOperator<double[]> jacobi1d() {
    return u -> Table.vector(u.length, i -> (get(u, i - 1) + u[i] + get(u, i + 1)) / 3);
  }

  static UnaryOperator<double[]> jacobi2d(int n) {
    return u ->
        Table.vector(
            u.length,
            i -> 0.2 * (u[i] + get(u, i - 1) + get(u, i + 1) + get(u, i - n) + get(u, i + n)));
  }

  static UnaryOperator<double[]> heat3d(int n) {
    return u ->
        Table.vector(
            u.length,
            i -> {
              double around = 0;
              for (int stride : new int[] {1, n, n * n}) {
                around += get(u, i - stride) - 2 * u[i] + get(u, i + stride);
              }
              return u[i] + 0.125 * around;
            });
  }

  /** Fields of n × n cells. */
  static List<double[]> fdtd(double[] ex0, double[] ey0, double[] hz0, int n, int steps) {
    double[] ex = ex0.clone();
    double[] ey = ey0.clone();
    double[] hz = hz0.clone();
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          int at = i * n + j;
          ey[at] = i == 0 ? t : ey[at] - 0.5 * (hz[at] - hz[at - n]);
          ex[at] = j == 0 ? ex[at] : ex[at] - 0.5 * (hz[at] - hz[at - 1]);
        }
      }
      for (int i = 0; i < n - 1; i++) {
        for (int j = 0; j < n - 1; j++) {
          int at = i * n + j;
          hz[at] -= 0.7 * (ex[at + 1] - ex[at] + ey[at + n] - ey[at]);
        }
      }
    }
    return List.of(ex, ey, hz);
  }

  static double[] shortestPaths(double[] path, int n) {
    double[] shortest = path.clone();
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double through = shortest[i * n + k] + shortest[k * n + j];
          shortest[i * n + j] = Math.min(shortest[i * n + j], through);
        }
      }
    }
    return shortest;
  }

  /** Diffusion of a field (n + 4, n + 4, levels). */
  static double[] diffusion(double[] field, double[] coeff, int n, int levels) {
    int side = n + 4;
    return Table.vector(
        n * n * levels,
        flat -> {
          int k = flat % levels;
          int j = flat / levels % n + 2;
          int i = flat / levels / n + 2;
          Point f = (p, q) -> field[(p * side + q) * levels + k];
          double change =
              flux(f, i, j, 1, 0)
                  - flux(f, i - 1, j, 1, 0)
                  + flux(f, i, j, 0, 1)
                  - flux(f, i, j - 1, 0, 1);
          return f.at(i, j) - coeff[flat] * change;
        });
  }

  private interface Point {
    double at(int i, int j);
  }

  private static double laplace(Point f, int i, int j) {
    return 4 * f.at(i, j) - f.at(i + 1, j) - f.at(i - 1, j) - f.at(i, j + 1) - f.at(i, j - 1);
  }

  /** The flux from (i, j) to the next point in a direction, or none up the slope. */
  private static double flux(Point f, int i, int j, int di, int dj) {
    double flux = laplace(f, i + di, j + dj) - laplace(f, i, j);
    return flux * (f.at(i + di, j + dj) - f.at(i, j)) > 0 ? 0 : flux;
  }

  /** Convolution of images (count, side, side, channels) with weights (5, 5, channels, outputs). */
  static double[] convolution(
      double[] x, double[] w, double[] bias, int count, int side, int channels) {
    int inner = side - 4;
    int outputs = bias.length;
    return Table.vector(
        count * inner * inner * outputs,
        flat -> {
          int o = flat % outputs;
          int j = flat / outputs % inner;
          int i = flat / outputs / inner % inner;
          int n = flat / outputs / inner / inner;
          double total = bias[o];
          for (int tap = 0; tap < 25 * channels; tap++) {
            int c = tap % channels;
            int row = i + tap / channels / 5;
            int column = j + tap / channels % 5;
            total += x[((n * side + row) * side + column) * channels + c] * w[tap * outputs + o];
          }
          return total;
        });
  }

  /**
   * The largest of each 2 × 2 pixels of images (count, side, side, channels), and not below zero.
   */
  static double[] pooled(double[] x, int count, int side, int channels) {
    double[] out = new double[count * side / 2 * (side / 2) * channels];
    for (int flat = 0; flat < x.length; flat++) {
      int c = flat % channels;
      int j = flat / channels % side / 2;
      int i = flat / channels / side % side / 2;
      int n = flat / channels / side / side;
      int at = ((n * (side / 2) + i) * (side / 2) + j) * channels + c;
      out[at] = Math.max(out[at], x[flat]);
    }
    return out;
  }
}
