package dev.weft.table.column;

import dev.weft.core.error.UsageException;
import java.time.Instant;

/** Moments as nanoseconds from 1970 in UTC. */
public final class Moments {
  private static final long SECOND = 1_000_000_000L;

  private Moments() {}

  /** The moment of a number of nanoseconds. */
  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /**
   * The nanoseconds of a moment.
   *
   * @throws UsageException before 1677-09-21 and after 2262-04-11
   */
  public static long nanos(Instant moment) {
    try {
      return moment.getEpochSecond() < 0
          ? Math.addExact(
              Math.multiplyExact(moment.getEpochSecond() + 1, SECOND), moment.getNano() - SECOND)
          : Math.addExact(Math.multiplyExact(moment.getEpochSecond(), SECOND), moment.getNano());
    } catch (ArithmeticException e) {
      throw new UsageException(
          "%s is no timestamp: they count nanoseconds in int64, from 1677-09-21 to 2262-04-11. Keep it as text"
              .formatted(moment),
          e);
    }
  }
}
