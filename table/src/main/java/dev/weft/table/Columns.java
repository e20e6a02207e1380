package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.Aggregation.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where expressions begin, and what is made of groups. Meant to be imported statically.
 *
 * <pre>{@code
 * table.groupBy("name").agg(mean("x"), max(col("x").subtract(col("y"))).named("most"), count())
 * }</pre>
 */
public final class Columns {
  private Columns() {}

  /** The column of a name. */
  public static Column col(String name) {
    return Column.of(new Node.Ref(name));
  }

  /** The same value in every row: a number, boolean, string, instant or date. */
  public static Column lit(Object value) {
    return Column.of(Column.node(value));
  }

  /** Texts one behind the other; other types are written as they are printed. */
  public static Column concat(Object... parts) {
    return Column.of(new Node.Concat(Arrays.stream(parts).map(Column::node).toList()));
  }

  private static Node operand(Object of) {
    return of instanceof Column column
        ? column.node()
        : of instanceof String name ? new Node.Ref(name) : unknown(of);
  }

  private static Node unknown(Object of) {
    throw new UsageException(
        "%s of %s in an aggregation; give the name of a column, or an expression that begins with col(name)"
            .formatted(of, of.getClass().getName()));
  }

  private static Aggregation of(Kind kind, String function, Object of, double number) {
    Node operand = operand(of);
    return new Aggregation(kind, operand, Aggregation.name(function, operand), number, null);
  }

  /** Number of rows, as {@code count}. */
  public static Aggregation count() {
    return new Aggregation(Kind.COUNT, null, "count", 0, null);
  }

  /** Number of values that are not missing. */
  public static Aggregation count(Object of) {
    return of(Kind.COUNT, "count", of, 0);
  }

  /** Sum of the values that are there; 0 of none. Of floating numbers exact, rounded once. */
  public static Aggregation sum(Object of) {
    return of(Kind.SUM, "sum", of, 0);
  }

  /** Mean, in float64; missing of no values. */
  public static Aggregation mean(Object of) {
    return of(Kind.MEAN, "mean", of, 0);
  }

  /** Smallest value; NaN where there is one. */
  public static Aggregation min(Object of) {
    return of(Kind.MIN, "min", of, 0);
  }

  /** Largest value; NaN where there is one. */
  public static Aggregation max(Object of) {
    return of(Kind.MAX, "max", of, 0);
  }

  /** Variance of a sample: divided by n - 1, as pandas and SQL do. */
  public static Aggregation var(Object of) {
    return of(Kind.VAR, "var", of, 1);
  }

  /** Standard deviation of a sample: the root of {@link #var}. */
  public static Aggregation std(Object of) {
    return of(Kind.STD, "std", of, 1);
  }

  /** The first value that is there. */
  public static Aggregation first(Object of) {
    return of(Kind.FIRST, "first", of, 0);
  }

  /** The last value that is there. */
  public static Aggregation last(Object of) {
    return of(Kind.LAST, "last", of, 0);
  }

  /** Number of different values. */
  public static Aggregation nunique(Object of) {
    return of(Kind.NUNIQUE, "nunique", of, 0);
  }

  /** The median; NaN where there is one. */
  public static Aggregation median(Object of) {
    return of(Kind.QUANTILE, "median", of, 0.5);
  }

  /**
   * A quantile, with linear interpolation, as NumPy has it.
   *
   * @param q from 0 to 1
   */
  public static Aggregation quantile(Object of, double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new UsageException("quantile %s; give a number from 0 to 1".formatted(q));
    }
    return of(Kind.QUANTILE, "quantile", of, q);
  }

  /**
   * Your own function of the values of a group that are there, in the order of rows.
   *
   * @param function of a list of Boolean, Long, Double, String or Instant, to one of these or null
   */
  public static Aggregation of(
      String name,
      Object of,
      ColumnType result,
      Function<List<Object>, @Nullable Object> function) {
    return new Aggregation(Kind.OWN, operand(of), name, 0, new Aggregation.Own(result, function));
  }
}
