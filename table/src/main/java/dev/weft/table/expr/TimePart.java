package dev.weft.table.expr;

import java.time.LocalDate;
import java.util.Locale;

/** Parts of a moment, in the zone of its column. */
public enum TimePart {
  /** The year, such as 2026. */
  YEAR,
  /** The month, 1 to 12. */
  MONTH,
  /** The day of the month, 1 to 31. */
  DAY,
  /** The day of the week, Monday is 1 and Sunday 7, as ISO 8601 and java.time have it. */
  DAY_OF_WEEK,
  /** The day of the year, 1 to 366. */
  DAY_OF_YEAR,
  /** The hour, 0 to 23. */
  HOUR,
  /** The minute, 0 to 59. */
  MINUTE,
  /** The second, 0 to 59. */
  SECOND,
  /** Nanoseconds of the second, 0 to 999,999,999. */
  NANOSECOND;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MINUTE_NANOS = 60 * SECOND_NANOS;
  private static final long HOUR_NANOS = 60 * MINUTE_NANOS;
  static final long DAY_NANOS = 24 * HOUR_NANOS;

  /** The name of the method. */
  public String label() {
    return switch (this) {
      case DAY_OF_WEEK -> "dayOfWeek";
      case DAY_OF_YEAR -> "dayOfYear";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * The part of moments.
   *
   * @param local nanoseconds from 1970 on the clock of the zone
   */
  long[] of(long[] local) {
    return switch (this) {
      case HOUR -> within(local, DAY_NANOS, HOUR_NANOS);
      case MINUTE -> within(local, HOUR_NANOS, MINUTE_NANOS);
      case SECOND -> within(local, MINUTE_NANOS, SECOND_NANOS);
      case NANOSECOND -> within(local, SECOND_NANOS, 1);
      case YEAR, MONTH, DAY, DAY_OF_WEEK, DAY_OF_YEAR -> ofDate(local);
    };
  }

  private static long[] within(long[] local, long whole, long unit) {
    long[] parts = new long[local.length];
    long begin = local.length > 0 ? local[0] - unit : 0;
    long part = 0;
    for (int i = 0; i < parts.length; i++) {
      // Neighbours are mostly of one hour, and a division takes longer than all the rest.
      if (Long.compareUnsigned(local[i] - begin, unit) >= 0) {
        begin = local[i] - Math.floorMod(local[i], unit);
        part = Math.floorMod(local[i], whole) / unit;
      }
      parts[i] = part;
    }
    return parts;
  }

  private long[] ofDate(long[] local) {
    long[] parts = new long[local.length];
    long begin = local.length > 0 ? local[0] - DAY_NANOS : 0;
    long part = 0;
    for (int i = 0; i < parts.length; i++) {
      if (Long.compareUnsigned(local[i] - begin, DAY_NANOS) >= 0) {
        begin = local[i] - Math.floorMod(local[i], DAY_NANOS);
        part = ofDate(LocalDate.ofEpochDay(Math.floorDiv(local[i], DAY_NANOS)));
      }
      parts[i] = part;
    }
    return parts;
  }

  private long ofDate(LocalDate date) {
    return switch (this) {
      case YEAR -> date.getYear();
      case MONTH -> date.getMonthValue();
      case DAY -> date.getDayOfMonth();
      case DAY_OF_WEEK -> date.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> date.getDayOfYear();
      case HOUR, MINUTE, SECOND, NANOSECOND -> throw new IllegalStateException(label());
    };
  }
}
