package dev.weft.table.join;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How each row of a table finds the nearest row of another one: pandas' {@code merge_asof}.
 *
 * <pre>{@code
 * AsOfSpec.on("time").by("ticker").direction(Direction.NEAREST).tolerance("2s")
 * }</pre>
 *
 * @param left name of the ordered column of the left table
 * @param right that of the right table
 * @param leftBy names of columns that must be equal, of the left table
 * @param rightBy as many of the right table
 * @param direction where the row of the right table is looked for
 * @param tolerance the largest distance: a {@link Period} of timestamps, a Long or Double of
 *     numbers; null for any
 * @param exactMatches whether a row of the same value is taken
 * @param suffix of the names of right columns that the left table has too
 */
public record AsOfSpec(
    String left,
    String right,
    List<String> leftBy,
    List<String> rightBy,
    Direction direction,
    @Nullable Object tolerance,
    boolean exactMatches,
    String suffix) {
  /** Where the row of the right table is looked for. */
  public enum Direction {
    /** The last row whose value is not above the left one. */
    BACKWARD,
    /** The first row whose value is not below the left one. */
    FORWARD,
    /** The nearer one of these two, the first where both are as near. */
    NEAREST;

    /** The name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps copies. */
  public AsOfSpec {
    leftBy = List.copyOf(leftBy);
    rightBy = List.copyOf(rightBy);
  }

  /** Backward, by a column that both tables have, of any distance. */
  public static AsOfSpec on(String name) {
    return on(name, name);
  }

  /** The same of columns of different names. */
  public static AsOfSpec on(String left, String right) {
    return new AsOfSpec(
        left, right, List.of(), List.of(), Direction.BACKWARD, null, true, "_right");
  }

  /** The same among rows in which these columns of both tables are equal. */
  public AsOfSpec by(String... names) {
    return by(List.of(names), List.of(names));
  }

  /** The same of columns of different names. */
  public AsOfSpec by(List<String> leftNames, List<String> rightNames) {
    return new AsOfSpec(
        left, right, leftNames, rightNames, direction, tolerance, exactMatches, suffix);
  }

  /** The same in another direction. */
  public AsOfSpec direction(Direction other) {
    return new AsOfSpec(left, right, leftBy, rightBy, other, tolerance, exactMatches, suffix);
  }

  /**
   * The same with a largest distance in time, which itself is allowed.
   *
   * @param period a number and a unit up to weeks: {@code 2s}
   */
  public AsOfSpec tolerance(String period) {
    return within(Period.of(period));
  }

  /** The same with a largest distance of whole numbers, which itself is allowed. */
  public AsOfSpec tolerance(long distance) {
    return within(distance);
  }

  /** The same with a largest distance of numbers, which itself is allowed. */
  public AsOfSpec tolerance(double distance) {
    return within(distance);
  }

  private AsOfSpec within(Object distance) {
    return new AsOfSpec(left, right, leftBy, rightBy, direction, distance, exactMatches, suffix);
  }

  /** The same, in which a row of the same value is no partner. */
  public AsOfSpec withoutExactMatches() {
    return new AsOfSpec(left, right, leftBy, rightBy, direction, tolerance, false, suffix);
  }

  /** The same with another suffix. */
  public AsOfSpec suffix(String other) {
    return new AsOfSpec(left, right, leftBy, rightBy, direction, tolerance, exactMatches, other);
  }

  /** The left join that has the same columns. */
  public JoinSpec join() {
    List<String> lefts = new ArrayList<>(List.of(left));
    List<String> rights = new ArrayList<>(List.of(right));
    lefts.addAll(leftBy);
    rights.addAll(rightBy);
    return new JoinSpec(lefts, rights, How.LEFT, suffix);
  }

  /**
   * The columns of the result: those of the left table, then those of the right.
   *
   * @throws UsageException when columns are missing or of kinds that do not fit
   */
  public Schema schema(Schema leftSchema, Schema rightSchema) {
    Field on = leftSchema.field(left);
    Schema result = join().schema(leftSchema, rightSchema);
    if (on.type().equals(ColumnType.TEXT) || on.type().equals(ColumnType.BOOL)) {
      throw new UsageException(
          "as-of join on %s, which is %s: it is of numbers or timestamps. Cast the column, or give keys that are equal to by"
              .formatted(left, on.type().label()));
    }
    requireTolerance(on);
    return result;
  }

  private void requireTolerance(Field on) {
    boolean time = on.type() instanceof ColumnType.Timestamp;
    boolean fits =
        switch (tolerance) {
          case null -> true;
          case Period period -> time && period.nanos() > 0;
          case Long distance -> !time && distance >= 0;
          case Double distance -> !time && distance >= 0;
          default -> false;
        };
    if (!fits) {
      throw new UsageException(
          "as-of join on %s with a tolerance of %s: %s is %s. Give %s"
              .formatted(
                  left,
                  tolerance,
                  left,
                  on.type().label(),
                  time ? "a period up to weeks, such as 2s" : "a number from 0"));
    }
  }

  /** Distances of whole numbers, and in nanoseconds, that are not above this are allowed. */
  long wholeTolerance() {
    return switch (tolerance) {
      case Period period -> period.nanos();
      case Long distance -> distance;
      case Double distance -> (long) Math.floor(distance);
      case null, default -> -1;
    };
  }

  /** The same of floating numbers. */
  double floatingTolerance() {
    return tolerance instanceof Number distance ? distance.doubleValue() : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return "%s%s%s%s%s"
        .formatted(
            left.equals(right) ? left : left + " = " + right,
            leftBy.isEmpty()
                ? ""
                : " by "
                    + String.join(", ", leftBy)
                    + (leftBy.equals(rightBy) ? "" : " = " + String.join(", ", rightBy)),
            ", " + direction.label(),
            tolerance == null ? "" : ", at most " + tolerance + " away",
            exactMatches ? "" : ", without exact matches");
  }
}
