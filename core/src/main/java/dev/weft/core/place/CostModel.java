package dev.weft.core.place;

import java.util.List;

/**
 * Time that tasks and copies take, in nanoseconds. Estimates come from the rates of the places and
 * are corrected by what tasks and copies really took: by a ratio for each device, which a slower
 * clock or a busy machine moves, times one for each kind of tasks on it, which a kernel moves that
 * is better or worse than its price.
 */
public final class CostModel {
  private static final double WEIGHT = 0.25;

  private final Place[] places;
  private final RunningRatio[] device;
  private final RunningRatio[][] kinds;
  private final RunningRatio[] in;
  private final RunningRatio[] out;

  /** A model that has observed nothing yet. */
  public CostModel(List<Place> places, int kindCount) {
    this.places = places.toArray(Place[]::new);
    int count = places.size();
    this.device = ratios(count, WEIGHT);
    this.in = ratios(count, 2 * WEIGHT);
    this.out = ratios(count, 2 * WEIGHT);
    this.kinds = new RunningRatio[count][];
    for (int place = 0; place < count; place++) {
      kinds[place] = ratios(kindCount, WEIGHT);
    }
  }

  private static RunningRatio[] ratios(int count, double weight) {
    RunningRatio[] ratios = new RunningRatio[count];
    for (int i = 0; i < count; i++) {
      ratios[i] = new RunningRatio(weight);
    }
    return ratios;
  }

  /** Time of a task in its slot, once it has begun; at least 1. */
  public double run(int place, int kind, double bytes, double additions) {
    Place at = places[place];
    Rates rates = at.rates();
    double work = Math.max(bytes / rates.memory(), additions / rates.arithmetic());
    double estimate = rates.launchNanos() + at.slots() * work;
    double corrected = estimate * device[place].value() * kinds[place][kind].value();
    return Math.max(1, corrected);
  }

  /** A task took {@code nanos} in its slot. */
  public void ran(int place, int kind, double bytes, double additions, long nanos) {
    double expected = run(place, kind, bytes, additions);
    if (expected > 0 && nanos > 0) {
      device[place].observe(nanos / expected);
      kinds[place][kind].observe(nanos / expected);
    }
  }

  /** Time of a copy between the host and another place, once the link is free. */
  public double copy(int from, int to, long bytes) {
    if (to == Place.HOST) {
      Rates rates = places[from].rates();
      return (rates.copyNanos() + bytes / rates.out()) * out[from].value();
    }
    Rates rates = places[to].rates();
    return (rates.copyNanos() + bytes / rates.in()) * in[to].value();
  }

  /** A copy took {@code nanos} on its link. */
  public void copied(int from, int to, long bytes, long nanos) {
    double expected = copy(from, to, bytes);
    if (expected > 0 && nanos > 0) {
      (to == Place.HOST ? out[from] : in[to]).observe(nanos / expected);
    }
  }
}
