package dev.weft.table.column;

import dev.weft.core.error.UsageException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/** Moments as text: {@code 2026-11-28}, {@code 2026-11-28T22:05:00.5Z}, and with blanks for T. */
public final class MomentText {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .toFormatter();

  private MomentText() {}

  /**
   * The nanoseconds of a text.
   *
   * @param zone in which times without an offset are meant
   * @throws UsageException when it is no date or date and time
   */
  public static long nanos(String text, ZoneId zone) {
    try {
      TemporalAccessor read =
          FORM.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return Moments.nanos(
          switch (read) {
            case OffsetDateTime moment -> moment.toInstant();
            case LocalDateTime moment -> moment.atZone(zone).toInstant();
            default -> read.query(TemporalQueries.localDate()).atStartOfDay(zone).toInstant();
          });
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "'%s' is no timestamp; write a date, or a date and a time, such as 2026-11-28T22:05:00Z"
              .formatted(text),
          e);
    } catch (DateTimeException e) {
      throw new UsageException("'%s' is no timestamp: %s".formatted(text, e.getMessage()), e);
    }
  }

  /** The text of a moment on the clock of a zone, as short as it can be, in ISO 8601. */
  public static String of(long nanos, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Moments.instant(nanos).atZone(zone));
  }
}
