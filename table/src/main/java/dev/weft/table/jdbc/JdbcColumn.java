package dev.weft.table.jdbc;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result: its name and type, and how a value is taken from a row.
 *
 * <p>Integers keep their width (one more where they have no sign). DECIMAL and NUMERIC become
 * float64, the nearest double, whatever their scale. Dates are midnight in the zone that was given,
 * timestamps without a zone are meant in it, and those with one are the same moment.
 */
record JdbcColumn(Field field, Getter getter) {
  private static final DType[] SIGNED = {DType.INT8, DType.INT16, DType.INT32, DType.INT64};

  /** Takes a value from the row at which a result is. */
  @FunctionalInterface
  interface Getter {
    /** The value as a builder takes it; null where it is missing. */
    @Nullable Object get(ResultSet rows, int column) throws SQLException;
  }

  /** Adds the value of a row. */
  void add(ResultSet rows, int place, ColumnBuilder to) throws SQLException {
    Object value = getter.get(rows, place);
    if (!to.tryAdd(value)) {
      throw new UsageException(
          "%s in column %s of the result is no %s. Cast it in the query, as in CAST(%s AS DOUBLE PRECISION)"
              .formatted(value, field.name(), field.type().label(), field.name()));
    }
  }

  /**
   * A column as the database describes it.
   *
   * @param place from 1
   * @throws UsageException for what tables do not hold
   */
  static JdbcColumn of(ResultSetMetaData all, int place, ZoneId zone) throws SQLException {
    String name = all.getColumnLabel(place);
    return switch (all.getColumnType(place)) {
      case Types.BOOLEAN -> column(name, ColumnType.BOOL, JdbcColumn::truth);
      // Drivers call both booleans and strings of bits so.
      case Types.BIT -> {
        if (all.getPrecision(place) > 1
            || !Boolean.class.getName().equals(all.getColumnClassName(place))) {
          throw refused(all, place);
        }
        yield column(name, ColumnType.BOOL, JdbcColumn::truth);
      }
      case Types.TINYINT -> integer(name, 0, all.isSigned(place));
      case Types.SMALLINT -> integer(name, 1, all.isSigned(place));
      case Types.INTEGER -> integer(name, 2, all.isSigned(place));
      case Types.BIGINT -> integer(name, 3, all.isSigned(place));
      case Types.REAL -> column(name, new ColumnType.Number(DType.FLOAT32), JdbcColumn::real);
      case Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC ->
          column(name, ColumnType.FLOAT64, JdbcColumn::real);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.NULL ->
          column(name, ColumnType.TEXT, ResultSet::getString);
      case Types.DATE ->
          column(name, new ColumnType.Timestamp(zone), (rows, i) -> date(rows, i, zone));
      case Types.TIMESTAMP ->
          column(name, new ColumnType.Timestamp(zone), (rows, i) -> local(rows, i, zone));
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          column(name, new ColumnType.Timestamp(zone), JdbcColumn::moment);
      default -> byClass(all, place);
    };
  }

  /** Types of one database's own, some of which are numbers in Java. */
  private static JdbcColumn byClass(ResultSetMetaData all, int place) throws SQLException {
    String name = all.getColumnLabel(place);
    return switch (String.valueOf(all.getColumnClassName(place))) {
      case "java.lang.Short" -> integer(name, 1, true);
      case "java.lang.Integer" -> integer(name, 2, true);
      case "java.lang.Long" -> integer(name, 3, true);
      case "java.math.BigInteger" ->
          all.isSigned(place)
              ? column(name, ColumnType.INT64, JdbcColumn::large)
              : integer(name, 3, false);
      default -> throw refused(all, place);
    };
  }

  private static UsageException refused(ResultSetMetaData all, int place) throws SQLException {
    String name = all.getColumnLabel(place);
    int type = all.getColumnType(place);
    String label = all.getColumnTypeName(place);
    if (label == null || label.isEmpty()) {
      label = JDBCType.valueOf(type).getName();
    }
    return new UsageException(
        "column %s of the result is %s, which tables do not hold. Leave it out of the query, or cast it there, as in CAST(%s AS VARCHAR(1000))"
            .formatted(name, label, name));
  }

  private static JdbcColumn column(String name, ColumnType type, Getter getter) {
    return new JdbcColumn(new Field(name, type), getter);
  }

  /**
   * An integer.
   *
   * @param width 0 for 8 bits to 3 for 64
   */
  private static JdbcColumn integer(String name, int width, boolean isSigned) {
    if (isSigned || width < 3) {
      DType dtype = SIGNED[isSigned ? width : width + 1];
      return column(name, new ColumnType.Number(dtype), JdbcColumn::whole);
    }
    return column(name, new ColumnType.Number(DType.UINT64), JdbcColumn::large);
  }

  private static @Nullable Object truth(ResultSet rows, int place) throws SQLException {
    boolean value = rows.getBoolean(place);
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object whole(ResultSet rows, int place) throws SQLException {
    long value = rows.getLong(place);
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object real(ResultSet rows, int place) throws SQLException {
    double value = rows.getDouble(place);
    return rows.wasNull() ? null : value;
  }

  /** An integer of more than 64 bits, or without a sign. */
  private static @Nullable Object large(ResultSet rows, int place) throws SQLException {
    Object value = rows.getObject(place);
    return switch (value) {
      case null -> null;
      case BigInteger integer -> integer;
      case BigDecimal decimal -> decimal.toBigInteger();
      default -> new BigInteger(value.toString());
    };
  }

  private static @Nullable Object date(ResultSet rows, int place, ZoneId zone) throws SQLException {
    LocalDate value = rows.getObject(place, LocalDate.class);
    return value == null ? null : value.atStartOfDay(zone).toInstant();
  }

  private static @Nullable Object local(ResultSet rows, int place, ZoneId zone)
      throws SQLException {
    LocalDateTime value = rows.getObject(place, LocalDateTime.class);
    return value == null ? null : value.atZone(zone).toInstant();
  }

  private static @Nullable Object moment(ResultSet rows, int place) throws SQLException {
    OffsetDateTime value = rows.getObject(place, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
