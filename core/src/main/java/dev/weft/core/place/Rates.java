package dev.weft.core.place;

/**
 * How fast a device is, in bytes or additions a nanosecond (which is GB or Gflop a second).
 *
 * @param memory bytes that all its tasks together read and write
 * @param arithmetic additions that all its tasks together make; the unit of {@code
 *     ElementwiseOp.cost}
 * @param in bytes that its link brings from the host; not used for the host itself
 * @param out bytes that its link takes to the host; not used for the host itself
 * @param launchNanos time until a task begins to work
 * @param copyNanos time until a copy over the link begins to move bytes
 * @param spread how sure the first four are
 */
public record Rates(
    double memory,
    double arithmetic,
    double in,
    double out,
    double launchNanos,
    double copyNanos,
    Spread spread) {

  /**
   * How far the repetitions lay apart from which a rate was taken, as a share of it; 0 for a rate
   * that was stated or is not used.
   */
  public record Spread(double memory, double arithmetic, double in, double out) {
    /** Nothing was measured. */
    public static final Spread NONE = new Spread(0, 0, 0, 0);

    /** Of rates with more than this another measurement may say something else. */
    private static final double SURE = 0.5;

    /** What a rate has that was measured of code which was about to be replaced by faster one. */
    static final double UNKNOWN = 1;

    /** Whether another measurement would find about the same. */
    boolean isSure() {
      return Math.max(Math.max(memory, arithmetic), Math.max(in, out)) <= SURE;
    }
  }

  /** Rates that were stated. */
  public Rates(
      double memory,
      double arithmetic,
      double in,
      double out,
      double launchNanos,
      double copyNanos) {
    this(memory, arithmetic, in, out, launchNanos, copyNanos, Spread.NONE);
  }

  /** Refuses rates with which no time can be computed. */
  public Rates {
    if (!(memory > 0 && arithmetic > 0 && in > 0 && out > 0)) {
      throw new IllegalArgumentException(
          "rates must be positive: memory %s, arithmetic %s, in %s, out %s"
              .formatted(memory, arithmetic, in, out));
    }
    if (!(launchNanos >= 0 && copyNanos >= 0)) {
      throw new IllegalArgumentException(
          "latencies must not be negative: launch %s ns, copy %s ns"
              .formatted(launchNanos, copyNanos));
    }
  }
}
