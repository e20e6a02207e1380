package dev.weft.table.duckdb;

import dev.weft.table.column.ColumnType;
import java.util.List;
import java.util.Random;

/** Random expressions of numbers, in NumPy's types, and the same in SQL. */
final class RandomNumbers {
  private final Random random;
  private final RandomExpressions all;

  RandomNumbers(Random random, RandomExpressions all) {
    this.random = random;
    this.all = all;
  }

  Twin of(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> arithmetic(of(depth - 1), of(depth - 1), random.nextInt(6));
      case 3, 4, 5 -> withConstant(of(depth - 1));
      case 6 -> unary(of(depth - 1));
      case 7 -> choice(depth);
      case 8 -> filled(depth);
      case 9 -> cast(of(depth - 1));
      case 10 -> all.textNumber(depth - 1);
      default -> all.timeNumber(depth - 1);
    };
  }

  private Twin leaf() {
    List<Twin> known = all.columns(Twin::isNumeric);
    if (known.isEmpty()) {
      Twin any = all.any();
      return Twin.of(
          any.column().isNull().where(1, 2),
          "CASE WHEN %s IS NULL THEN 1::BIGINT ELSE 2::BIGINT END".formatted(any.sql()),
          ColumnType.INT64);
    }
    return known.get(random.nextInt(known.size()));
  }

  static ColumnType promoted(Twin a, Twin b) {
    if (a.type().equals(b.type())) {
      return a.type();
    }
    return a.isInteger() && b.isInteger() ? ColumnType.INT64 : ColumnType.FLOAT64;
  }

  private Twin arithmetic(Twin a, Twin b, int op) {
    ColumnType type = promoted(a, b);
    var column =
        switch (op) {
          case 0 -> a.column().add(b.column());
          case 1 -> a.column().subtract(b.column());
          case 2 -> a.column().multiply(b.column());
          case 3 -> a.column().divide(b.column());
          case 4 -> a.column().remainder(b.column());
          default -> a.column().floorDivide(b.column());
        };
    ColumnType real = type.stored().isFloating() ? type : ColumnType.FLOAT64;
    if (op == 5 && type.stored().isFloating()) {
      // NumPy's quotient of floating numbers follows its remainder; it is held against NumPy.
      return Twin.of(a.column().add(b.column()), sql(0, a.as(type), b.as(type), type), type);
    }
    ColumnType result = op == 3 ? real : type;
    return Twin.of(column, sql(op, a.as(result), b.as(result), result), result);
  }

  private static String sql(int op, String a, String b, ColumnType type) {
    if (type.stored().isFloating()) {
      if (op == 4) {
        return type.equals(Twin.FLOAT32)
            ? "f32(frem(%s::DOUBLE, %s::DOUBLE))".formatted(a, b)
            : "frem(%s, %s)".formatted(a, b);
      }
      return "(%s %s %s)".formatted(a, List.of("+", "-", "*", "/").get(op), b);
    }
    boolean wide = type.equals(ColumnType.INT64);
    String x = "%s::%s".formatted(a, wide ? "HUGEINT" : "BIGINT");
    String y = "%s::%s".formatted(b, wide ? "HUGEINT" : "BIGINT");
    String inner =
        switch (op) {
          case 4 -> "irem(%s, %s)".formatted(x, y);
          case 5 -> "idiv(%s, %s)".formatted(x, y);
          default -> "%s %s %s".formatted(x, List.of("+", "-", "*").get(op), y);
        };
    return "%s(%s)".formatted(wide ? "wrap64" : "wrap32", inner);
  }

  /** A plain number never widens a column within its family. */
  private Twin withConstant(Twin a) {
    int op = random.nextInt(6);
    boolean whole = random.nextBoolean();
    long number = random.nextInt(9) - 3L;
    double real = number / 4.0;
    Object value = whole ? (Object) number : real;
    ColumnType type = whole || a.isFloating() ? a.type() : ColumnType.FLOAT64;
    if (op == 5 && type.stored().isFloating()) {
      op = 2;
    }
    ColumnType result = op == 3 && !type.stored().isFloating() ? ColumnType.FLOAT64 : type;
    String b = "CAST(%s AS %s)".formatted(value, Twin.sqlType(result));
    var column =
        switch (op) {
          case 0 -> a.column().add(value);
          case 1 -> a.column().subtract(value);
          case 2 -> a.column().multiply(value);
          case 3 -> a.column().divide(value);
          case 4 -> a.column().remainder(value);
          default -> a.column().floorDivide(value);
        };
    return Twin.of(column, sql(op, a.as(result), b, result), result);
  }

  private Twin unary(Twin a) {
    boolean wide = a.type().equals(ColumnType.INT64);
    String huge = "%s::%s".formatted(a.sql(), wide ? "HUGEINT" : "BIGINT");
    String wrap = wide ? "wrap64" : "wrap32";
    return switch (random.nextInt(3)) {
      case 0 ->
          Twin.of(
              a.column().negative(),
              a.isFloating() ? "(-%s)".formatted(a.sql()) : "%s(-(%s))".formatted(wrap, huge),
              a.type());
      case 1 ->
          Twin.of(
              a.column().abs(),
              a.isFloating() ? "abs(%s)".formatted(a.sql()) : "%s(abs(%s))".formatted(wrap, huge),
              a.type());
      default ->
          a.type().equals(Twin.FLOAT32)
              ? Twin.of(a.column().sqrt(), "f32(root(%s::DOUBLE))".formatted(a.sql()), Twin.FLOAT32)
              : Twin.of(
                  a.column().sqrt(),
                  "root(%s)".formatted(a.as(ColumnType.FLOAT64)),
                  ColumnType.FLOAT64);
    };
  }

  private Twin choice(int depth) {
    Twin condition = all.condition(depth - 1);
    Twin yes = of(depth - 1);
    Twin no = of(depth - 1);
    ColumnType type = promoted(yes, no);
    return Twin.of(
        condition.column().where(yes.column(), no.column()),
        "(CASE WHEN %s THEN %s ELSE %s END)".formatted(condition.sql(), yes.as(type), no.as(type)),
        type);
  }

  private Twin filled(int depth) {
    Twin a = of(depth - 1);
    long number = random.nextInt(5);
    return Twin.of(
        a.column().fillNull(number),
        "coalesce(%s, CAST(%d AS %s))".formatted(a.sql(), number, Twin.sqlType(a.type())),
        a.type());
  }

  private Twin cast(Twin a) {
    if (a.type().equals(ColumnType.FLOAT64)) {
      return Twin.of(a.column().cast("float32"), "f32(%s)".formatted(a.sql()), Twin.FLOAT32);
    }
    if (a.isInteger() && random.nextInt(3) == 0) {
      // Written and read.
      return Twin.of(a.column().cast("string").cast(a.type()), a.sql(), a.type());
    }
    if (a.type().equals(ColumnType.INT64)) {
      return random.nextBoolean()
          ? Twin.of(a.column().cast("int32"), "wrap32(%s)".formatted(a.sql()), Twin.INT32)
          : Twin.of(a.column().cast("float64"), a.as(ColumnType.FLOAT64), ColumnType.FLOAT64);
    }
    return a.type().equals(Twin.INT32)
        ? Twin.of(a.column().cast("int64"), a.as(ColumnType.INT64), ColumnType.INT64)
        : Twin.of(a.column().cast("float64"), a.as(ColumnType.FLOAT64), ColumnType.FLOAT64);
  }
}
