package dev.weft.cli.language;

import dev.weft.cli.language.Value.ComplexNumber;
import dev.weft.cli.language.Value.Large;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Truth;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.UnsignedLongs;
import dev.weft.core.error.UsageException;
import java.math.BigInteger;

/** Python's arithmetic on its own numbers, with int64 instead of unlimited integers. */
final class PythonNumbers {
  private static final Value TWO_TO_63 = new Large(Long.MIN_VALUE);

  private PythonNumbers() {}

  static double real(Value value) {
    return switch (value) {
      case Whole(long whole) -> whole;
      case Large(long bits) -> UnsignedLongs.toDouble(bits);
      case Real(double real) -> real;
      case Truth(boolean truth) -> truth ? 1 : 0;
      case ComplexNumber complex ->
          throw new UsageException("expected a real number, got " + value.shown());
      default -> throw new UsageException("expected a number, got " + value.shown());
    };
  }

  static long whole(Value value) {
    return switch (value) {
      case Whole(long whole) -> whole;
      case Truth(boolean truth) -> truth ? 1 : 0;
      case Large(long bits) ->
          throw new UsageException(
              "%s is beyond int64; use it with an array of uint64, or write it as a float"
                  .formatted(value.shown()));
      default -> throw new UsageException("expected an integer, got " + value.shown());
    };
  }

  static Value unary(UnaryOperator operator, Value value) {
    if (value instanceof ComplexNumber(Complex complex)) {
      return ComplexNumbers.unary(operator, complex);
    }
    if (value instanceof Real(double real)) {
      return switch (operator) {
        case PLUS -> value;
        case MINUS -> new Real(-real);
        case INVERT -> throw new UsageException("'~' needs an integer or bool, got " + real);
      };
    }
    if (value instanceof Large && operator == UnaryOperator.PLUS) {
      return value;
    }
    if (value.equals(TWO_TO_63) && operator == UnaryOperator.MINUS) {
      return new Whole(Long.MIN_VALUE);
    }
    long whole = whole(value);
    return new Whole(
        switch (operator) {
          case PLUS -> whole;
          case MINUS -> exact("-", Long.MIN_VALUE == whole, -whole);
          case INVERT -> ~whole;
        });
  }

  static Value binary(BinaryOperator operator, Value left, Value right) {
    if (left instanceof ComplexNumber
        || right instanceof ComplexNumber
        || isComplexPower(operator, left, right)) {
      return ComplexNumbers.binary(operator, ComplexNumbers.of(left), ComplexNumbers.of(right));
    }
    boolean real = left instanceof Real || right instanceof Real;
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE, REMAINDER, POWER ->
          real || negativePower(operator, right)
              ? new Real(reals(operator, real(left), real(right)))
              : new Whole(wholes(operator, whole(left), whole(right)));
      case DIVIDE -> new Real(reals(operator, real(left), real(right)));
      case OR, XOR, AND -> bits(operator, left, right);
      case LEFT_SHIFT, RIGHT_SHIFT ->
          shift(operator, integer(operator, left), integer(operator, right));
      case MATMUL -> throw new UsageException("'@' multiplies arrays, not numbers; use *");
    };
  }

  /** As of a negative number to a fractional power. */
  private static boolean isComplexPower(BinaryOperator operator, Value left, Value right) {
    return operator == BinaryOperator.POWER
        && real(left) < 0
        && real(right) != Math.rint(real(right))
        && !Double.isInfinite(real(left));
  }

  private static boolean negativePower(BinaryOperator operator, Value right) {
    return operator == BinaryOperator.POWER && real(right) < 0;
  }

  private static double reals(BinaryOperator operator, double a, double b) {
    switch (operator) {
      case DIVIDE, FLOOR_DIVIDE, REMAINDER -> {
        if (b == 0) {
          throw new UsageException("division by zero");
        }
      }
      default -> {}
    }
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case FLOOR_DIVIDE -> floorDivide(a, b);
      case REMAINDER -> remainder(a, b);
      case POWER -> power(a, b);
      default -> throw new UsageException("'" + operator.symbol() + "' needs integers");
    };
  }

  /** The remainder with the sign of b; exact, as Python's is. */
  private static double remainder(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0, b);
    }
    return (b < 0) == (rest < 0) ? rest : rest + b;
  }

  private static double floorDivide(double a, double b) {
    double quotient = (a - remainder(a, b)) / b;
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double power(double a, double b) {
    if (a == 0 && b < 0) {
      throw new UsageException("0 to a negative power");
    }
    // Python follows C: 1 to any power and any number to 0 are 1, NaN too.
    return a == 1 ? 1 : Math.pow(a, b);
  }

  private static long wholes(BinaryOperator operator, long a, long b) {
    try {
      return switch (operator) {
        case ADD -> Math.addExact(a, b);
        case SUBTRACT -> Math.subtractExact(a, b);
        case MULTIPLY -> Math.multiplyExact(a, b);
        case FLOOR_DIVIDE -> Math.floorDivExact(a, nonzero(b));
        case REMAINDER -> Math.floorMod(a, nonzero(b));
        default -> Math.powExact(a, Math.clamp(b, 0, Integer.MAX_VALUE));
      };
    } catch (ArithmeticException e) {
      throw new UsageException(
          "%d %s %d is beyond int64; write one of them as a float"
              .formatted(a, operator.symbol(), b),
          e);
    }
  }

  private static long nonzero(long divisor) {
    if (divisor == 0) {
      throw new UsageException("division by zero");
    }
    return divisor;
  }

  private static Value bits(BinaryOperator operator, Value left, Value right) {
    long a = integer(operator, left);
    long b = integer(operator, right);
    long result =
        switch (operator) {
          case OR -> a | b;
          case AND -> a & b;
          default -> a ^ b;
        };
    return left instanceof Truth && right instanceof Truth
        ? new Truth(result != 0)
        : new Whole(result);
  }

  private static long integer(BinaryOperator operator, Value value) {
    if (value instanceof Real) {
      throw new UsageException(
          "'%s' needs integers or bool, got %s".formatted(operator.symbol(), value.shown()));
    }
    return whole(value);
  }

  private static Value shift(BinaryOperator operator, long a, long b) {
    if (b < 0) {
      throw new UsageException("'" + operator.symbol() + "' by a negative number of bits: " + b);
    }
    if (operator == BinaryOperator.RIGHT_SHIFT) {
      return new Whole(a >> Math.min(b, 63));
    }
    boolean lost = a != 0 && (b > 62 || a << b >> b != a);
    return new Whole(exact("<<", lost, a << b));
  }

  private static long exact(String symbol, boolean beyond, long result) {
    if (beyond) {
      throw new UsageException("the result of '" + symbol + "' is beyond int64");
    }
    return result;
  }

  private static BigInteger exact(Value value) {
    return value instanceof Large(long bits)
        ? new BigInteger(Long.toUnsignedString(bits))
        : BigInteger.valueOf(whole(value));
  }

  static boolean compare(ComparisonOperator comparison, Value left, Value right) {
    if (left instanceof ComplexNumber || right instanceof ComplexNumber) {
      return ComplexNumbers.compare(comparison, ComplexNumbers.of(left), ComplexNumbers.of(right));
    }
    boolean unordered = Double.isNaN(real(left)) || Double.isNaN(real(right));
    if (unordered) {
      return comparison == ComparisonOperator.NOT_EQUAL;
    }
    boolean real = left instanceof Real || right instanceof Real;
    // -0.0 equals 0.0, which Double.compare denies.
    int order =
        real
            ? Double.compare(real(left) + 0.0, real(right) + 0.0)
            : exact(left).compareTo(exact(right));
    return switch (comparison) {
      case LESS -> order < 0;
      case LESS_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_EQUAL -> order >= 0;
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
    };
  }
}
