package dev.weft.bench.npbench;

import java.util.List;

/**
 * Bodies that attract each other as plain loops over pairs; changes the arrays that it is given.
 */
final class PlainBodies {
  private static final double SOFTENING = 0.1;
  private static final double TIME_STEP = 0.01;

  private PlainBodies() {}

  static List<double[]> run(double[] mass, double[][] place, double[][] speed, int steps) {
    double total = 0;
    for (double one : mass) {
      total += one;
    }
    for (double[] along : speed) {
      double momentum = 0;
      for (int i = 0; i < mass.length; i++) {
        momentum += mass[i] * along[i];
      }
      for (int i = 0; i < mass.length; i++) {
        along[i] -= momentum / total;
      }
    }
    double[] kinetic = new double[steps + 1];
    double[] potential = new double[steps + 1];
    for (int t = 0; t <= steps; t++) {
      if (t > 0) {
        kick(mass, place, speed);
        for (int axis = 0; axis < 3; axis++) {
          for (int i = 0; i < mass.length; i++) {
            place[axis][i] += speed[axis][i] * TIME_STEP;
          }
        }
        kick(mass, place, speed);
      }
      for (int i = 0; i < mass.length; i++) {
        for (double[] along : speed) {
          kinetic[t] += 0.5 * mass[i] * along[i] * along[i];
        }
        for (int j = 0; j < i; j++) {
          potential[t] -= mass[i] * mass[j] / Math.sqrt(squared(place, i, j));
        }
      }
    }
    return List.of(kinetic, potential, place[0], place[1], place[2]);
  }

  private static double squared(double[][] place, int i, int j) {
    double sum = 0;
    for (double[] along : place) {
      sum += (along[i] - along[j]) * (along[i] - along[j]);
    }
    return sum;
  }

  /** Half a step of acceleration. */
  private static void kick(double[] mass, double[][] place, double[][] speed) {
    for (int i = 0; i < mass.length; i++) {
      for (int j = 0; j < mass.length; j++) {
        double cubed = Math.pow(squared(place, i, j) + SOFTENING * SOFTENING, 1.5);
        for (int axis = 0; axis < 3; axis++) {
          double pull = mass[j] * (place[axis][j] - place[axis][i]) / cubed;
          speed[axis][i] += pull * TIME_STEP / 2;
        }
      }
    }
  }
}
