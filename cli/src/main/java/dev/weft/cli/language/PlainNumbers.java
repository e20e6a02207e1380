package dev.weft.cli.language;

import dev.weft.cli.language.Value.Large;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Truth;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.error.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Python's arithmetic on plain numbers that stand in an expression: Boolean, Long and Double. For
 * expressions of other things than arrays.
 */
public final class PlainNumbers {
  private PlainNumbers() {}

  /**
   * The number of a name such as {@code pi}, {@code nan} or {@code True}; null where it is none.
   */
  public static @Nullable Object constant(String name) {
    Value value = Names.constant(name);
    return value instanceof Truth || value instanceof Whole || value instanceof Real
        ? number(value)
        : null;
  }

  /** A number with an operator before it. */
  public static Object unary(UnaryOperator operator, Object number) {
    return number(PythonNumbers.unary(operator, value(number)));
  }

  /** Two numbers with an operator between. */
  public static Object binary(BinaryOperator operator, Object left, Object right) {
    return number(PythonNumbers.binary(operator, value(left), value(right)));
  }

  /** Whether two numbers compare in this way. */
  public static boolean compare(ComparisonOperator comparison, Object left, Object right) {
    return PythonNumbers.compare(comparison, value(left), value(right));
  }

  private static Value value(Object number) {
    return switch (number) {
      case Boolean truth -> new Truth(truth);
      case Long whole -> new Whole(whole);
      case Double real -> new Real(real);
      default -> throw new UsageException("expected a number, got '%s'".formatted(number));
    };
  }

  private static Object number(Value value) {
    return switch (value) {
      case Truth(boolean truth) -> truth;
      case Whole(long whole) -> whole;
      case Real(double real) -> real;
      case Large large -> throw new UsageException(large.shown() + " is beyond int64");
      default -> throw new UsageException("expected a real number, got " + value.shown());
    };
  }
}
