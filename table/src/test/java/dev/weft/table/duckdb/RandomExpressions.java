package dev.weft.table.duckdb;

import static dev.weft.table.Columns.concat;

import dev.weft.table.Column;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Random expressions of the columns of a table, and the same in SQL. */
final class RandomExpressions {
  private static final List<String> PARTS = List.of("a", "b", "-", "日", "😀", " ");

  private final Random random;
  private final List<Twin> columns;
  private final RandomNumbers numbers;

  RandomExpressions(Random random, List<Twin> columns) {
    this.random = random;
    this.columns = columns;
    this.numbers = new RandomNumbers(random, this);
  }

  /** Columns whose values may decide about rows. */
  List<Twin> columns(Predicate<Twin> which) {
    return columns.stream().filter(each -> each.exact() && which.test(each)).toList();
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  Twin any() {
    return one(columns);
  }

  Twin number(int depth) {
    return numbers.of(depth);
  }

  /** An expression of any type. */
  Twin expression(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> condition(depth);
      case 1 -> text(depth);
      case 2 -> moment(depth);
      default -> number(depth);
    };
  }

  Twin condition(int depth) {
    if (depth > 0) {
      switch (random.nextInt(8)) {
        case 0 -> {
          Twin a = condition(depth - 1);
          Twin b = condition(depth - 1);
          return random.nextBoolean()
              ? truth(a.column().and(b.column()), "(%s AND %s)".formatted(a.sql(), b.sql()))
              : truth(a.column().or(b.column()), "(%s OR %s)".formatted(a.sql(), b.sql()));
        }
        case 1 -> {
          Twin a = condition(depth - 1);
          boolean known = random.nextBoolean();
          return random.nextBoolean()
              ? truth(a.column().and(known), "(%s AND %s)".formatted(a.sql(), known))
              : truth(a.column().or(known), "(%s OR %s)".formatted(a.sql(), known));
        }
        case 2 -> {
          Twin a = condition(depth - 1);
          return truth(a.column().not(), "(NOT %s)".formatted(a.sql()));
        }
        default -> {
          // Others.
        }
      }
    }
    return switch (random.nextInt(7)) {
      case 0 -> truth(any());
      case 1 -> isIn();
      case 2 -> textTruth(Math.max(0, depth - 1));
      case 3 -> compareMoments(Math.max(0, depth - 1));
      default -> compareNumbers(Math.max(0, depth - 1));
    };
  }

  private static Twin truth(Column column, String sql) {
    return Twin.of(column, sql, ColumnType.BOOL);
  }

  private Twin truth(Twin any) {
    List<Twin> known = columns(each -> each.type().equals(ColumnType.BOOL));
    return known.isEmpty() || random.nextBoolean()
        ? truth(any.column().isNull(), "(%s IS NULL)".formatted(any.sql()))
        : one(known);
  }

  private Twin compareNumbers(int depth) {
    Twin a = number(depth);
    Twin b =
        random.nextBoolean()
            ? number(depth)
            : Twin.of(dev.weft.table.Columns.lit((long) random.nextInt(4)), null, ColumnType.INT64);
    Object other = b.column();
    String y;
    ColumnType type;
    if (b.sql() == null) {
      boolean whole = random.nextBoolean();
      long number = random.nextInt(7) - 2L;
      other = whole ? (Object) number : number / 4.0;
      type = whole || a.isFloating() ? a.type() : ColumnType.FLOAT64;
      y = "CAST(%s AS %s)".formatted(other, Twin.sqlType(type));
    } else {
      type = RandomNumbers.promoted(a, b);
      y = b.as(type);
    }
    return compare(a.column(), other, a.as(type), y, type.stored().isFloating());
  }

  private Twin compare(Column a, Object b, String x, String y, boolean floating) {
    String form = floating ? "%s(%s, %s)" : "(%2$s %1$s %3$s)";
    return switch (random.nextInt(6)) {
      case 0 -> truth(a.less(b), form.formatted(floating ? "lt" : "<", x, y));
      case 1 -> truth(a.lessEqual(b), form.formatted(floating ? "le" : "<=", x, y));
      case 2 -> truth(a.equal(b), form.formatted(floating ? "eq" : "=", x, y));
      case 3 -> truth(a.notEqual(b), form.formatted(floating ? "ne" : "<>", x, y));
      case 4 ->
          truth(a.greater(b), floating ? form.formatted("lt", y, x) : form.formatted(">", x, y));
      default ->
          truth(
              a.greaterEqual(b),
              floating ? form.formatted("le", y, x) : form.formatted(">=", x, y));
    };
  }

  private Twin isIn() {
    List<Twin> known = columns(each -> each.isNumeric() || each.type().equals(ColumnType.TEXT));
    if (known.isEmpty()) {
      return truth(any());
    }
    Twin of = one(known);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      values.add(
          of.type().equals(ColumnType.TEXT)
              ? one(RandomRows.TEXTS)
              : of.isInteger() ? (Object) (long) random.nextInt(6) : random.nextInt(16) / 4.0);
    }
    String list =
        values.stream()
            .map(each -> each instanceof String text ? Twin.literal(text) : each.toString())
            .collect(Collectors.joining(", "));
    return truth(of.column().isIn(values.toArray()), "(%s IN (%s))".formatted(of.sql(), list));
  }

  private Twin textTruth(int depth) {
    Twin a = text(depth);
    String part = one(PARTS);
    String sql = Twin.literal(part);
    return switch (random.nextInt(5)) {
      case 0 -> truth(a.column().text().contains(part), "contains(%s, %s)".formatted(a.sql(), sql));
      case 1 ->
          truth(a.column().text().startsWith(part), "starts_with(%s, %s)".formatted(a.sql(), sql));
      case 2 ->
          truth(a.column().text().endsWith(part), "ends_with(%s, %s)".formatted(a.sql(), sql));
      case 3 -> {
        String other = one(RandomRows.TEXTS);
        yield compare(a.column(), other, a.sql(), Twin.literal(other), false);
      }
      default -> {
        Twin b = text(depth);
        yield compare(a.column(), b.column(), a.sql(), b.sql(), false);
      }
    };
  }

  private Twin compareMoments(int depth) {
    Twin a = moment(depth);
    if (random.nextBoolean()) {
      Twin b = moment(depth);
      return compare(a.column(), b.column(), a.sql(), b.sql(), false);
    }
    Instant then = Instant.parse("1990-01-01T00:00:00Z").plusSeconds(random.nextInt());
    return compare(a.column(), then, a.sql(), Moments.nanos(then) + "::BIGINT", false);
  }

  Twin text(int depth) {
    List<Twin> known = columns(each -> each.type().equals(ColumnType.TEXT));
    if (known.isEmpty()) {
      Twin any = any();
      return Twin.of(
          any.column().isNull().where("none", "Some "),
          "CASE WHEN %s IS NULL THEN 'none' ELSE 'Some ' END".formatted(any.sql()),
          ColumnType.TEXT);
    }
    if (depth == 0) {
      return one(known);
    }
    Twin a = text(depth - 1);
    String part = one(PARTS);
    String sql = Twin.literal(part);
    int n = random.nextInt(4);
    return switch (random.nextInt(10)) {
      case 8 -> {
        Twin other = random.nextBoolean() ? condition(depth - 1) : number(0);
        yield other.isFloating() ? a : text(other.column().cast("string"), "%s::VARCHAR", other);
      }
      case 0 -> text(a.column().text().lower(), "lower(%s)", a);
      case 1 -> text(a.column().text().upper(), "upper(replace(%s, 'ﬁ', 'FI'))", a);
      case 2 -> text(a.column().text().strip(), "trim(%s)", a);
      case 3 -> text(a.column().text().replace(part, "x"), "replace(%s, " + sql + ", 'x')", a);
      case 4 -> text(a.column().text().slice(n, n + 2), "substr(%s, " + (n + 1) + ", 2)", a);
      case 5 ->
          text(
              a.column().text().split(part, n - 1),
              "string_split(%s, " + sql + ")[" + (n == 0 ? -1 : n) + "]",
              a);
      case 6 -> {
        Twin whole = number(0);
        yield whole.isInteger()
            ? text(concat(a.column(), "/", whole.column()), "(%s || '/' || " + whole.sql() + ")", a)
            : text(a.column().fillNull(part), "coalesce(%s, " + sql + ")", a);
      }
      case 7 -> text(a.column().fillNull(part), "coalesce(%s, " + sql + ")", a);
      default -> {
        Twin condition = condition(depth - 1);
        yield Twin.of(
            condition.column().where(a.column(), part),
            "(CASE WHEN %s THEN %s ELSE %s END)".formatted(condition.sql(), a.sql(), sql),
            ColumnType.TEXT);
      }
    };
  }

  private static Twin text(Column column, String form, Twin a) {
    return Twin.of(column, form.formatted(a.sql()), ColumnType.TEXT);
  }

  Twin textNumber(int depth) {
    Twin a = text(depth);
    return Twin.of(
        a.column().text().length(), "length(%s)::BIGINT".formatted(a.sql()), ColumnType.INT64);
  }

  Twin moment(int depth) {
    List<Twin> known = columns(each -> each.type() instanceof ColumnType.Timestamp);
    if (known.isEmpty()) {
      Twin any = any();
      return Twin.of(
          any.column().isNull().where(Instant.EPOCH, Instant.ofEpochSecond(-1)),
          "CASE WHEN %s IS NULL THEN 0::BIGINT ELSE -1000000000::BIGINT END".formatted(any.sql()),
          ColumnType.TIMESTAMP);
    }
    Twin a = one(known);
    if (depth == 0) {
      return a;
    }
    String floor = "(epoch_us(date_trunc('%s', moment(%s))) * 1000)::BIGINT";
    return switch (random.nextInt(7)) {
      case 5 -> {
        Twin b = moment(depth - 1);
        Twin condition = condition(depth - 1);
        yield moment(
            condition.column().where(a.column(), b.column()),
            "(CASE WHEN %s THEN %s ELSE %s END)".formatted(condition.sql(), a.sql(), b.sql()));
      }
      case 0 -> moment(a.column().floor("1h"), floor.formatted("hour", a.sql()));
      case 1 -> moment(a.column().floor("1d"), floor.formatted("day", a.sql()));
      case 2 -> moment(a.column().floor("1w"), floor.formatted("week", a.sql()));
      case 3 -> moment(a.column().floor("1mo"), floor.formatted("month", a.sql()));
      case 4 ->
          moment(a.column().floor("15min"), "(%1$s - pmod(%1$s, 900000000000))".formatted(a.sql()));
      default -> moment(a.column().add(-12_345L), "(%s - 12345)".formatted(a.sql()));
    };
  }

  private static Twin moment(Column column, String sql) {
    return Twin.of(column, sql, ColumnType.TIMESTAMP);
  }

  Twin timeNumber(int depth) {
    Twin a = moment(depth);
    Column c = a.column();
    String moment = "moment(%s)".formatted(a.sql());
    return switch (random.nextInt(10)) {
      case 0 -> whole(c.year(), "year(" + moment + ")");
      case 1 -> whole(c.month(), "month(" + moment + ")");
      case 2 -> whole(c.day(), "day(" + moment + ")");
      case 3 -> whole(c.dayOfWeek(), "isodow(" + moment + ")");
      case 4 -> whole(c.dayOfYear(), "dayofyear(" + moment + ")");
      case 5 -> whole(c.hour(), "hour(" + moment + ")");
      case 6 -> whole(c.minute(), "minute(" + moment + ")");
      case 7 -> whole(c.second(), "second(" + moment + ")");
      case 8 -> whole(c.nanosecond(), "pmod(%s, 1000000000)".formatted(a.sql()));
      default -> {
        Twin b = moment(depth);
        yield whole(c.subtract(b.column()), "(%s - %s)".formatted(a.sql(), b.sql()));
      }
    };
  }

  private static Twin whole(Column column, String sql) {
    return Twin.of(column, "(%s)::BIGINT".formatted(sql), ColumnType.INT64);
  }
}
