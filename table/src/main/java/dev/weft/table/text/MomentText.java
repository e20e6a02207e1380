package dev.weft.table.text;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Moments;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Moments as text: {@code 2026-11-28}, {@code 2026-11-28T22:05:00.5Z}, and with blanks for T. */
public final class MomentText {
  private MomentText() {}

  /**
   * The nanoseconds of a text, in the forms that {@link MomentParser} reads.
   *
   * @param zone in which times without an offset are meant
   * @throws UsageException when it is no date or date and time
   */
  public static long nanos(String text, ZoneId zone) {
    MomentParser parser = new MomentParser(zone);
    String stripped = text.strip();
    if (!parser.isMoment(stripped.toCharArray(), 0, stripped.length())) {
      throw new UsageException(
          "'%s' is no timestamp from 1677 to 2262; write a date, or a date and a time, such as 2026-11-28T22:05:00Z"
              .formatted(text));
    }
    return parser.nanos();
  }

  /** The text of a moment on the clock of a zone, as short as it can be, in ISO 8601. */
  public static String of(long nanos, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    append(nanos, zone, text);
    return text.toString();
  }

  /** The same behind other text. */
  static void append(long nanos, ZoneId zone, StringBuilder to) {
    DateTimeFormatter.ISO_OFFSET_DATE_TIME.formatTo(Moments.instant(nanos).atZone(zone), to);
  }
}
