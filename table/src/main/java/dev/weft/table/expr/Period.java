package dev.weft.table.expr;

import dev.weft.core.error.UsageException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time that a calendar is cut into: {@code 15min}, {@code 1h}, {@code 7d}, {@code 1mo}.
 * Periods up to weeks are counted from 1970-01-01, weeks from Monday 1970-01-05, months and years
 * from January 1970, always on the clock of the zone.
 *
 * @param count of units
 */
public record Period(long count, Unit unit) {
  /** Units of time. */
  public enum Unit {
    /** Nanosecond. */
    NS(1),
    /** Microsecond. */
    US(1_000),
    /** Millisecond. */
    MS(1_000_000),
    /** Second. */
    S(1_000_000_000L),
    /** Minute. */
    MIN(60_000_000_000L),
    /** Hour. */
    H(3_600_000_000_000L),
    /** Day. */
    D(86_400_000_000_000L),
    /** Week. */
    W(604_800_000_000_000L),
    /** Month. */
    MO(0),
    /** Year. */
    Y(0);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }
  }

  private static final Pattern FORM = Pattern.compile("(\\d{0,9})\\s*([a-z]+)");
  private static final long FIRST_MONDAY = 4 * TimePart.DAY_NANOS;

  /**
   * The period of a text: a whole number, 1 if it is left away, and a unit: ns, us, ms, s, min, h,
   * d, w, mo or y.
   */
  public static Period of(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (form.matches()) {
      long count = form.group(1).isEmpty() ? 1 : Long.parseLong(form.group(1));
      for (Unit unit : Unit.values()) {
        if (unit.name().toLowerCase(Locale.ROOT).equals(form.group(2)) && count > 0) {
          return new Period(count, unit);
        }
      }
    }
    throw new UsageException(
        "'%s' is no period; write a whole number and a unit of ns, us, ms, s, min, h, d, w, mo and y, such as 15min"
            .formatted(text));
  }

  /** The length in nanoseconds, 0 for months and years, whose lengths differ. */
  public long nanos() {
    return count * unit.nanos;
  }

  /**
   * The begins of the periods in which moments are.
   *
   * @param local nanoseconds from 1970 on the clock of a zone
   */
  long[] floor(long[] local) {
    long[] begins = new long[local.length];
    long length = nanos();
    if (length > 0) {
      long origin = unit == Unit.W ? FIRST_MONDAY : 0;
      long begin = local.length > 0 ? local[0] - length : 0;
      for (int i = 0; i < begins.length; i++) {
        if (Long.compareUnsigned(local[i] - begin, length) >= 0) {
          begin = local[i] - Math.floorMod(local[i] - origin, length);
        }
        begins[i] = begin;
      }
      return begins;
    }
    long months = unit == Unit.Y ? 12 * count : count;
    long day = Long.MIN_VALUE;
    long begin = 0;
    for (int i = 0; i < begins.length; i++) {
      long other = Math.floorDiv(local[i], TimePart.DAY_NANOS);
      if (other != day) {
        day = other;
        begin = monthsFloor(LocalDate.ofEpochDay(day), months);
      }
      begins[i] = begin;
    }
    return begins;
  }

  private static long monthsFloor(LocalDate date, long months) {
    long month = (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
    long first = month - Math.floorMod(month, months);
    int year = (int) Math.floorDiv(first, 12L) + 1970;
    int ofYear = (int) Math.floorMod(first, 12L) + 1;
    return LocalDate.of(year, ofYear, 1).toEpochDay() * TimePart.DAY_NANOS;
  }

  @Override
  public String toString() {
    return count + unit.name().toLowerCase(Locale.ROOT);
  }
}
