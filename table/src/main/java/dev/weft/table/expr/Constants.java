package dev.weft.table.expr;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Java values that stand in expressions. */
public final class Constants {
  private Constants() {}

  /**
   * The value as expressions have it: Boolean, Long, Double, String or Instant. Dates and times
   * without a zone are meant in UTC.
   *
   * @throws UsageException for what is none of them
   */
  public static Object of(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case Byte number -> number.longValue();
      case Short number -> number.longValue();
      case Integer number -> number.longValue();
      case Long number -> number;
      case Float number -> number.doubleValue();
      case Double number -> number;
      case CharSequence text -> text.toString();
      case Instant moment -> moment;
      case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
      case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
      case java.time.ZonedDateTime moment -> moment.toInstant();
      default ->
          throw new UsageException(
              "%s of %s in an expression of columns; use numbers, booleans, strings and instants, or col(name)"
                  .formatted(value, value.getClass().getName()));
    };
  }

  /** The type of a column of such a value. */
  static ColumnType type(Object value) {
    return switch (value) {
      case Boolean truth -> ColumnType.BOOL;
      case Long number -> ColumnType.INT64;
      case Double number -> ColumnType.FLOAT64;
      case String text -> ColumnType.TEXT;
      default -> ColumnType.TIMESTAMP;
    };
  }
}
