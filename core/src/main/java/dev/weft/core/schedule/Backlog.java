package dev.weft.core.schedule;

import dev.weft.core.place.Place;
import java.util.Arrays;
import java.util.List;

/**
 * When a set of places would be done with all tasks that can run, if they shared them as they are
 * fast: each place by the busiest of its kernels, its link in and its link out.
 */
final class Backlog {
  private static final int HALVINGS = 40;

  /** Of a time from now that is an estimate anyway. */
  private static final double PRECISION = 1e-3;

  private static final int RESOURCES = 3;

  private final int places;
  private final double[][] free;
  private final double[][] sums;
  private final boolean[] usable;
  private double now;

  Backlog(List<Place> places) {
    this.places = places.size();
    this.free = new double[this.places][RESOURCES];
    this.sums = new double[this.places][RESOURCES];
    this.usable = new boolean[this.places];
  }

  /**
   * Takes in what the tasks cost.
   *
   * @param scale how many tasks each of those looked at stands for
   */
  void measure(Costs costs, Abilities abilities, Costs.Cost[][] cost, int size, double scale) {
    now = costs.now();
    for (int place = 0; place < places; place++) {
      Arrays.fill(sums[place], 0);
      free[place] = costs.freeAt(place);
      usable[place] = abilities.isUsable(place);
    }
    for (int i = 0; i < size; i++) {
      if (isShared(cost, i)) {
        for (int place = 0; place < places; place++) {
          sums[place][0] += scale * cost[place][i].run;
          sums[place][1] += scale * cost[place][i].in;
          sums[place][2] += scale * cost[place][i].out;
        }
      }
    }
  }

  /** What only one place can run is no work for the others. */
  private boolean isShared(Costs.Cost[][] cost, int i) {
    int able = 0;
    for (int place = 0; place < places; place++) {
      able += cost[place][i].possible ? 1 : 0;
    }
    return able > 1;
  }

  /** When all places but one would be done, infinite when there is no other. */
  double endWithout(int excluded) {
    double high = Double.POSITIVE_INFINITY;
    for (int place = 0; place < places; place++) {
      if (place != excluded && usable[place]) {
        high = Math.min(high, endAlone(place));
      }
    }
    if (high == Double.POSITIVE_INFINITY) {
      return high;
    }
    double low = now;
    for (int i = 0; i < HALVINGS && high - low > PRECISION * (high - now); i++) {
      double middle = (low + high) / 2;
      if (doneBy(middle, excluded) >= 1) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private double endAlone(int place) {
    double end = now;
    for (int resource = 0; resource < RESOURCES; resource++) {
      if (sums[place][resource] > 0) {
        end = Math.max(end, free[place][resource] + sums[place][resource]);
      }
    }
    return end;
  }

  /** The part of the work that would be done by a time. */
  private double doneBy(double time, int excluded) {
    double done = 0;
    for (int place = 0; place < places; place++) {
      if (place != excluded && usable[place]) {
        double part = 1;
        for (int resource = 0; resource < RESOURCES; resource++) {
          if (sums[place][resource] > 0) {
            part = Math.min(part, (time - free[place][resource]) / sums[place][resource]);
          }
        }
        done += Math.max(0, part);
      }
    }
    return done;
  }
}
