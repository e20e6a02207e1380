package dev.weft.core.place;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Amount of work done in a nanosecond, from many repetitions: the median of their best third. Other
 * programs and compilers at work only make repetitions slower, and fill the other two thirds; a
 * single one that seems too fast, as a clock jumped, is not the median.
 */
final class RepeatedRate {
  /** Repetitions that count, at least: the best third are some. */
  private static final int LEAST = 12;

  /** Of very slow devices so many must do. */
  private static final int FEWEST = 3;

  private static final int MOST_AT_ONCE = 64;

  /** What is less is noise. */
  private static final double IMPROVED = 1.05;

  private static final long WORK_NANOS = 50_000_000;
  private static final long REST_NANOS = 70_000_000;

  private static final int UNSETTLED = 4;

  private final long most;
  private final double latency;
  private final long enough;
  private final Work work;
  private long amount;
  private int atOnce = 1;
  private double[] rates = new double[LEAST];
  private int count;

  /** Something that can be repeated. */
  @FunctionalInterface
  interface Work {
    /** Does so much, so many times without a pause, and says how many nanoseconds that took. */
    long nanos(long amount, int times);
  }

  /**
   * @param first amount to begin with; it grows until it can be measured
   * @param most largest amount; where it is too short to be measured, it is done several times
   * @param latency nanoseconds of a repetition that have nothing to do with the amount
   * @param enough nanoseconds that can be measured well
   */
  RepeatedRate(long first, long most, double latency, long enough, Work work) {
    this.amount = Math.min(first, most);
    this.most = most;
    this.latency = latency;
    this.enough = enough;
    this.work = work;
  }

  /** Repeats the work once. */
  void step() {
    long took = work.nanos(amount, atOnce);
    boolean grows = amount < most || atOnce < MOST_AT_ONCE;
    if (took < enough && grows) {
      atOnce = amount < most ? 1 : 2 * atOnce;
      amount = Math.min(most, 4 * amount);
      count = 0;
      return;
    }
    if (count == rates.length) {
      rates = Arrays.copyOf(rates, 2 * count);
    }
    // Of a time no longer than the latency it cannot be told what the work took.
    rates[count++] = (double) amount * atOnce / Math.max(took - latency, 0.1 * took);
  }

  /** The median of the best third, of two the lower; 0 before the first repetition that counts. */
  double value() {
    double[] best = best();
    return best.length == 0 ? 0 : best[(best.length - 1) / 2];
  }

  /** How far the best third lie apart, as a share of their median. */
  double spread() {
    double[] best = best();
    return best.length == 0 ? 0 : (best[best.length - 1] - best[0]) / value();
  }

  private double[] best() {
    double[] sorted = Arrays.copyOf(rates, count);
    Arrays.sort(sorted);
    return Arrays.copyOfRange(sorted, count - (count + 2) / 3, count);
  }

  /**
   * Measures several rates in turn, with pauses: a just-in-time compiler that works aside needs
   * cores to do so, and has as much time for the first rate as for the last. Ends once there are
   * enough repetitions and nothing has improved for {@code quiet} nanoseconds, or soon after {@code
   * most}; where code is about to be replaced by faster one, after some times that.
   */
  static void measure(
      List<RepeatedRate> rates, Ticks ticks, long quiet, long most, BooleanSupplier settled) {
    final long begun = ticks.nanos();
    double[] known = new double[rates.size()];
    long improved = begun;
    long rested = begun;
    boolean isSettled = settled.getAsBoolean();
    while (true) {
      for (int i = 0; i < known.length; i++) {
        rates.get(i).step();
        double value = rates.get(i).value();
        if (value > known[i] * IMPROVED) {
          known[i] = value;
          improved = ticks.nanos();
        }
      }
      long now = ticks.nanos();
      if (!isSettled && settled.getAsBoolean()) {
        isSettled = true;
        improved = now;
        // What the code before could do says nothing.
        rates.forEach(rate -> rate.count = 0);
      }
      boolean enough =
          have(rates, LEAST) && now - improved > quiet || have(rates, FEWEST) && now - begun > most;
      if (enough && (isSettled || now - begun > UNSETTLED * most)) {
        return;
      }
      if (have(rates, 1) && now - rested > WORK_NANOS) {
        ticks.rest(REST_NANOS);
        rested = ticks.nanos();
      }
    }
  }

  private static boolean have(List<RepeatedRate> rates, int repetitions) {
    return rates.stream().allMatch(rate -> rate.count >= repetitions);
  }
}
