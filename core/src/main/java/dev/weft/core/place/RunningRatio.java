package dev.weft.core.place;

/**
 * How much longer something takes than was estimated. Each observation moves it part of the way on
 * a logarithmic scale, and a single one by no more than a bounded factor: an outlier, such as a
 * first run that compiles, does little harm, while a change that stays is believed after a few.
 */
final class RunningRatio {
  private static final double STEP = Math.log(4);
  private static final double FURTHEST = Math.log(1000);

  private final double weight;
  private double log;
  private double value = 1;

  RunningRatio(double weight) {
    this.weight = weight;
  }

  double value() {
    return value;
  }

  /** {@code excess} is what was observed over what this ratio made of the estimate. */
  void observe(double excess) {
    double seen = Math.clamp(Math.log(excess), -STEP, STEP);
    log = Math.clamp(log + weight * seen, -FURTHEST, FURTHEST);
    value = Math.exp(log);
  }
}
