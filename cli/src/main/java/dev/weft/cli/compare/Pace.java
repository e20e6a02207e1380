package dev.weft.cli.compare;

import java.util.function.LongSupplier;

/**
 * How often to run.
 *
 * @param repeats timed runs
 * @param least nanoseconds of warm-up at least; a device may need that long to compile its best
 *     code aside
 * @param most nanoseconds of warm-up at most
 * @param window nanoseconds whose fastest runs are compared to see whether times still fall
 */
public record Pace(int repeats, long least, long most, long window) {
  private static final double FALLING = 0.95;

  /** Enough for stable numbers. */
  public static Pace of(int repeats) {
    return new Pace(repeats, 1_500_000_000L, 10_000_000_000L, 500_000_000L);
  }

  /** For one of many sizes. */
  public static Pace ofSweep(int repeats) {
    return new Pace(repeats, 300_000_000L, 2_000_000_000L, 100_000_000L);
  }

  /**
   * Runs until the times no longer fall.
   *
   * @param run runs once and says how many nanoseconds that took
   */
  void warmUp(LongSupplier run) {
    long spent = 0;
    long before = Long.MAX_VALUE;
    while (spent < most) {
      long inWindow = 0;
      long fastest = Long.MAX_VALUE;
      while (inWindow < window) {
        long nanos = run.getAsLong();
        fastest = Math.min(fastest, nanos);
        // A job of no length would run for ever.
        inWindow += Math.max(1, nanos);
      }
      spent += inWindow;
      if (spent >= least && fastest >= FALLING * before) {
        return;
      }
      before = Math.min(before, fastest);
    }
  }
}
