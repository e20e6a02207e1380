package dev.weft.table;

import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.column.ColumnType;
import dev.weft.table.expr.Constants;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.expr.Period;
import dev.weft.table.expr.TimePart;
import dev.weft.table.order.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An expression of the columns of a table, evaluated row by row. Begin with {@link Columns#col}.
 * Operands are other expressions, or values: numbers, booleans, strings, instants and dates.
 *
 * <p>A result is missing where an operand is; "and" and "or" are known where one operand decides.
 * Numbers have the types that arrays have: {@code int64 / int64} is float64, and a plain number
 * never widens a column within its family.
 *
 * <pre>{@code
 * table.filter(col("x").greater(0).and(col("name").equal("Alice")))
 *      .withColumn("r", col("x").pow(2).add(col("y").pow(2)).sqrt())
 * }</pre>
 */
public final class Column {
  private final Node node;
  private final @Nullable String name;

  Column(Node node, @Nullable String name) {
    this.node = node;
    this.name = name;
  }

  static Column of(Node node) {
    return new Column(node, null);
  }

  /** The expression itself. */
  Node node() {
    return node;
  }

  static Node node(Object value) {
    return value instanceof Column column ? column.node : new Node.Literal(Constants.of(value));
  }

  Named named() {
    return new Named(name == null ? node.toString() : name, node);
  }

  /** The same, as a column of this name. */
  public Column as(String columnName) {
    return new Column(node, columnName);
  }

  /** The largest first, where rows are sorted by it. */
  public Order descending() {
    return new Order(new SortKey(node, true));
  }

  /** A row of the op table of arrays, such as {@link ElementwiseOps#HYPOT}. */
  public Column apply(ElementwiseOp op, Object... others) {
    List<Node> operands = new ArrayList<>();
    operands.add(node);
    for (Object other : others) {
      operands.add(node(other));
    }
    return of(new Node.Apply(op, operands));
  }

  /** Sum; of a timestamp and a number of nanoseconds a timestamp. */
  public Column add(Object other) {
    return apply(ElementwiseOps.ADD, other);
  }

  /** Difference; of two timestamps nanoseconds in int64. */
  public Column subtract(Object other) {
    return apply(ElementwiseOps.SUBTRACT, other);
  }

  /** Product. */
  public Column multiply(Object other) {
    return apply(ElementwiseOps.MULTIPLY, other);
  }

  /** True quotient. */
  public Column divide(Object other) {
    return apply(ElementwiseOps.DIVIDE, other);
  }

  /** Quotient rounded down. */
  public Column floorDivide(Object other) {
    return apply(ElementwiseOps.FLOOR_DIVIDE, other);
  }

  /** Remainder with the divisor's sign. */
  public Column remainder(Object other) {
    return apply(ElementwiseOps.REMAINDER, other);
  }

  /** Power. */
  public Column pow(Object other) {
    return apply(ElementwiseOps.POW, other);
  }

  /** The negative. */
  public Column negative() {
    return apply(ElementwiseOps.NEGATIVE);
  }

  /** Absolute value. */
  public Column abs() {
    return apply(ElementwiseOps.ABS);
  }

  /** Square root. */
  public Column sqrt() {
    return apply(ElementwiseOps.SQRT);
  }

  /** e to this power. */
  public Column exp() {
    return apply(ElementwiseOps.EXP);
  }

  /** Natural logarithm. */
  public Column log() {
    return apply(ElementwiseOps.LOG);
  }

  /** Rounded to the nearest whole number, halves to even ones. */
  public Column round() {
    return apply(ElementwiseOps.RINT);
  }

  /** Whether it is less; text by code points. */
  public Column less(Object other) {
    return apply(ElementwiseOps.LESS, other);
  }

  /** Whether it is less or equal. */
  public Column lessEqual(Object other) {
    return apply(ElementwiseOps.LESS_EQUAL, other);
  }

  /** Whether it is greater; text by code points. */
  public Column greater(Object other) {
    return apply(ElementwiseOps.GREATER, other);
  }

  /** Whether it is greater or equal. */
  public Column greaterEqual(Object other) {
    return apply(ElementwiseOps.GREATER_EQUAL, other);
  }

  /** Whether both are equal; NaN is equal to nothing. */
  public Column equal(Object other) {
    return apply(ElementwiseOps.EQUAL, other);
  }

  /** Whether both differ. */
  public Column notEqual(Object other) {
    return apply(ElementwiseOps.NOT_EQUAL, other);
  }

  /** Whether it is not below the first and not above the second. */
  public Column between(Object low, Object high) {
    return greaterEqual(low).and(lessEqual(high));
  }

  /** Whether both are true; false where one is false, whatever the other. */
  public Column and(Object other) {
    return apply(ElementwiseOps.LOGICAL_AND, other);
  }

  /** Whether one is true; true where one is true, whatever the other. */
  public Column or(Object other) {
    return apply(ElementwiseOps.LOGICAL_OR, other);
  }

  /** Whether it is not true. */
  public Column not() {
    return apply(ElementwiseOps.LOGICAL_NOT);
  }

  /** Where this is true the first, else (where it is false or missing) the second. */
  public Column where(Object yes, Object no) {
    return apply(ElementwiseOps.WHERE, yes, no);
  }

  /** Whether the value is missing. */
  public Column isNull() {
    return of(new Node.IsNull(node));
  }

  /** The value, or the other where it is missing. */
  public Column fillNull(Object other) {
    return of(new Node.FillNull(node, node(other)));
  }

  /** Whether the value is one of these. */
  public Column isIn(Object... values) {
    return of(new Node.IsIn(node, Arrays.stream(values).map(Constants::of).toList()));
  }

  /**
   * The values as another type. Text is read as numbers and timestamps; int64 are nanoseconds from
   * 1970 as a timestamp.
   */
  public Column cast(ColumnType type) {
    return of(new Node.Cast(node, type));
  }

  /** The same by the type's name: {@code float64}, {@code string}, {@code timestamp} and so on. */
  public Column cast(String type) {
    return cast(ColumnType.of(type));
  }

  /**
   * Your own function of each value.
   *
   * @param result type of what it gives
   * @param function of null, Boolean, Long, Double, String or Instant, to one of these
   */
  public Column map(ColumnType result, Function<@Nullable Object, @Nullable Object> function) {
    return of(new Node.Mapped(node, result, function));
  }

  /** Functions of text. */
  public TextColumn text() {
    return new TextColumn(this);
  }

  private Column part(TimePart part) {
    return of(new Node.PartOf(part, node));
  }

  /** The year of a timestamp. */
  public Column year() {
    return part(TimePart.YEAR);
  }

  /** The month of a timestamp, 1 to 12. */
  public Column month() {
    return part(TimePart.MONTH);
  }

  /** The day of the month, 1 to 31. */
  public Column day() {
    return part(TimePart.DAY);
  }

  /** The day of the week: Monday is 1, Sunday 7. */
  public Column dayOfWeek() {
    return part(TimePart.DAY_OF_WEEK);
  }

  /** The day of the year, 1 to 366. */
  public Column dayOfYear() {
    return part(TimePart.DAY_OF_YEAR);
  }

  /** The hour, 0 to 23. */
  public Column hour() {
    return part(TimePart.HOUR);
  }

  /** The minute, 0 to 59. */
  public Column minute() {
    return part(TimePart.MINUTE);
  }

  /** The second, 0 to 59. */
  public Column second() {
    return part(TimePart.SECOND);
  }

  /** Nanoseconds of the second. */
  public Column nanosecond() {
    return part(TimePart.NANOSECOND);
  }

  /**
   * The begin of the period in which a timestamp is, on the clock of its zone.
   *
   * @param period a whole number and a unit: {@code 15min}, {@code 1h}, {@code 1d}, {@code 1mo}
   */
  public Column floor(String period) {
    return of(new Node.Floor(node, Period.of(period)));
  }

  /** What rows are sorted by. */
  public record Order(SortKey key) {}

  @Override
  public String toString() {
    return named().toString();
  }
}
