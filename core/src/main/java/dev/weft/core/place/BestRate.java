package dev.weft.core.place;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Amount of work done in a nanosecond: that of the fastest of several repetitions, which is the one
 * least disturbed by other programs and by compilers at work.
 */
final class BestRate {
  private static final int LEAST = 3;

  /** What is less is noise. */
  private static final double IMPROVED = 1.05;

  private static final long WORK_NANOS = 50_000_000;
  private static final long REST_NANOS = 70_000_000;

  private final long most;
  private final double latency;
  private final long enough;
  private final LongUnaryOperator nanosOf;
  private long amount;
  private double best;
  private int times;

  /**
   * @param first amount to begin with; it grows until it can be measured
   * @param most largest amount
   * @param latency nanoseconds of a repetition that have nothing to do with the amount
   * @param enough nanoseconds that can be measured well
   * @param nanosOf does so much work, and says how long that took
   */
  BestRate(long first, long most, double latency, long enough, LongUnaryOperator nanosOf) {
    this.amount = Math.min(first, most);
    this.most = most;
    this.latency = latency;
    this.enough = enough;
    this.nanosOf = nanosOf;
  }

  /** Repeats the work once. */
  void step() {
    long took = nanosOf.applyAsLong(amount);
    if (took < enough && amount < most) {
      amount = Math.min(most, 4 * amount);
      best = 0;
      times = 0;
      return;
    }
    // Of a time no longer than the latency it cannot be told what the work took.
    best = Math.max(best, amount / Math.max(took - latency, 0.1 * took));
    times++;
  }

  double value() {
    return best;
  }

  /**
   * Measures several rates in turn, with pauses: a just-in-time compiler that works aside needs
   * cores to do so, and has as much time for the first rate as for the last. Ends once nothing has
   * improved for {@code quiet} nanoseconds, at the latest after {@code most}.
   */
  static void measure(List<BestRate> rates, Ticks ticks, long quiet, long most) {
    final long begun = ticks.nanos();
    long improved = begun;
    long rested = begun;
    while (true) {
      for (BestRate rate : rates) {
        double before = rate.best;
        rate.step();
        if (rate.best > before * IMPROVED || rate.times < LEAST) {
          improved = ticks.nanos();
        }
      }
      long now = ticks.nanos();
      boolean enough = rates.stream().allMatch(rate -> rate.times >= LEAST);
      if (enough && (now - improved > quiet || now - begun > most)) {
        return;
      }
      if (enough && now - rested > WORK_NANOS) {
        ticks.rest(REST_NANOS);
        rested = ticks.nanos();
      }
    }
  }
}
