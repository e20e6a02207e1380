package dev.weft.table.duckdb;

import dev.weft.core.dtype.DType;
import dev.weft.table.Column;
import dev.weft.table.Columns;
import dev.weft.table.column.ColumnType;
import dev.weft.table.group.Aggregation;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Random aggregations, and the same in SQL over rows with a column {@code rn}. */
final class RandomAggregations {
  private static final String IS_NAN = "CASE WHEN bool_or(isnan(%1$s)) THEN 'NaN'::%2$s ELSE ";

  private static final double MOST = 1e9;

  private final Random random;

  RandomAggregations(Random random) {
    this.random = random;
  }

  /** The aggregation in both languages; the sql is of an operand's name. */
  record Made(Aggregation weft, String sql, Twin result) {}

  /**
   * An aggregation.
   *
   * @param operand of what
   * @param o the operand's name in SQL
   */
  Made of(Twin operand, String o, String name) {
    return switch (random.nextInt(operand.type().isNumber() ? 14 : 8)) {
      case 0 -> made(Columns.count(), name, "count(*)", ColumnType.INT64, true);
      case 1 ->
          made(
              Columns.count(operand.column()),
              name,
              "count(%s)".formatted(o),
              ColumnType.INT64,
              true);
      case 2 ->
          made(
              Columns.nunique(operand.column()),
              name,
              "count(DISTINCT %s)".formatted(key(operand, o)),
              ColumnType.INT64,
              true);
      case 3 ->
          made(
              Columns.min(operand.column()),
              name,
              extreme("min", operand, o),
              operand.type(),
              true);
      case 4 ->
          made(
              Columns.max(operand.column()),
              name,
              extreme("max", operand, o),
              operand.type(),
              true);
      case 5 ->
          made(Columns.first(operand.column()), name, place("first", o), operand.type(), true);
      case 6 -> made(Columns.last(operand.column()), name, place("last", o), operand.type(), true);
      case 7 -> own(operand, o, name);
      case 8, 9 -> sum(operand, o, name);
      case 10 -> mean(operand, o, name);
      case 11 -> spread(operand, o, name);
      case 12 -> {
        double q = List.of(0.0, 0.25, 0.5, 0.9, 1.0).get(random.nextInt(5));
        yield made(
            Columns.quantile(operand.column(), q), name, quantile(o, q), ColumnType.FLOAT64, true);
      }
      default ->
          made(Columns.median(operand.column()), name, quantile(o, 0.5), ColumnType.FLOAT64, true);
    };
  }

  private static Made made(
      Aggregation weft, String name, String sql, ColumnType type, boolean exact) {
    return new Made(weft.named(name), sql, Twin.column(name, type, exact, false));
  }

  /** All values as text, in the order of rows; of floating numbers and moments their number. */
  private static Made own(Twin operand, String o, String name) {
    boolean whole = operand.isInteger() || operand.type().equals(ColumnType.TEXT);
    return made(
        Columns.of(
            name,
            operand.column(),
            ColumnType.TEXT,
            values ->
                whole
                    ? values.stream().map(Object::toString).collect(Collectors.joining("|"))
                    : String.valueOf(values.size())),
        name,
        whole
            ? "coalesce(string_agg(%1$s::VARCHAR, '|' ORDER BY rn) FILTER (WHERE %1$s IS NOT NULL), '')"
                .formatted(o)
            : "count(%s)::VARCHAR".formatted(o),
        ColumnType.TEXT,
        true);
  }

  private static String key(Twin operand, String o) {
    return new Twin(operand.column(), o, operand.type(), true, false).key();
  }

  private static String extreme(String name, Twin operand, String o) {
    return operand.isFloating()
        ? (IS_NAN + "%3$s(%1$s) END").formatted(o, Twin.sqlType(operand.type()), name)
        : "%s(%s)".formatted(name, o);
  }

  private static String place(String name, String o) {
    return "%s(%s ORDER BY rn) FILTER (WHERE %2$s IS NOT NULL)".formatted(name, o);
  }

  private static String number(Twin operand, String o) {
    return operand.type().stored() == DType.BOOL ? o + "::INTEGER" : o;
  }

  /** Compensated where all are finite: nearly exact, as Weft's is. */
  private static String floatingSum(String o) {
    return "CASE WHEN bool_or(NOT isfinite(%1$s)) THEN sum(%1$s::DOUBLE) ELSE fsum(%1$s::DOUBLE) END"
        .formatted(o);
  }

  /** Sums of large numbers that cancel are not exact in SQL: without them. */
  private static Column moderate(Twin operand) {
    Column x = operand.column();
    return operand.small() ? x : x.abs().less(MOST).where(x, 0.0);
  }

  private static String moderate(Twin operand, String o) {
    return operand.small()
        ? o
        : "(CASE WHEN isnan(%1$s) THEN 0 WHEN abs(%1$s) < %2$s THEN %1$s ELSE 0 END)"
            .formatted(o, MOST);
  }

  private static Made sum(Twin operand, String o, String name) {
    if (operand.isFloating()) {
      return made(
          Columns.sum(moderate(operand)),
          name,
          "coalesce(%s, 0)".formatted(floatingSum(moderate(operand, o))),
          ColumnType.FLOAT64,
          operand.small());
    }
    return made(
        Columns.sum(operand.column()),
        name,
        "wrap64(coalesce(sum(%s), 0))".formatted(number(operand, o)),
        ColumnType.INT64,
        true);
  }

  private static Made mean(Twin operand, String o, String name) {
    String sum =
        operand.isFloating()
            ? floatingSum(moderate(operand, o))
            : "sum(%s)::DOUBLE".formatted(number(operand, o));
    return made(
        Columns.mean(operand.isFloating() ? moderate(operand) : operand.column()),
        name,
        "(%s) / nullif(count(%s), 0)"
            .formatted(sum, operand.isFloating() ? moderate(operand, o) : o),
        ColumnType.FLOAT64,
        operand.small());
  }

  /** Not of numbers whose spread is lost when they become doubles. */
  private Made spread(Twin operand, String o, String name) {
    if (!operand.small()) {
      return sum(operand, o, name);
    }
    boolean variance = random.nextBoolean();
    String x = number(operand, o) + "::DOUBLE";
    return made(
        variance ? Columns.var(operand.column()) : Columns.std(operand.column()),
        name,
        "CASE WHEN count(%1$s) < 2 THEN NULL WHEN bool_or(NOT isfinite(%2$s)) THEN nan() ELSE %3$s(%2$s) FILTER (WHERE isfinite(%2$s)) END"
            .formatted(o, x, variance ? "var_samp" : "stddev_samp"),
        ColumnType.FLOAT64,
        false);
  }

  private static String quantile(String o, double q) {
    return "quant(list(%1$s::DOUBLE ORDER BY %1$s::DOUBLE) FILTER (WHERE %1$s IS NOT NULL), %2$s::DOUBLE)"
        .formatted(o, q);
  }
}
