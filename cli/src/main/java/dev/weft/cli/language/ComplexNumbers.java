package dev.weft.cli.language;

import dev.weft.cli.language.Value.ComplexNumber;
import dev.weft.core.dtype.Complex;
import dev.weft.core.error.UsageException;

/** Python's arithmetic on its own complex numbers. */
final class ComplexNumbers {
  /** Up to it, a whole exponent means repeated multiplication. */
  private static final int MOST_FACTORS = 100;

  private ComplexNumbers() {}

  static Complex of(Value value) {
    return value instanceof ComplexNumber(Complex complex)
        ? complex
        : new Complex(PythonNumbers.real(value), 0);
  }

  static Value unary(UnaryOperator operator, Complex z) {
    return switch (operator) {
      case PLUS -> new ComplexNumber(z);
      case MINUS -> new ComplexNumber(new Complex(-z.re(), -z.im()));
      case INVERT -> throw new UsageException("'~' needs an integer or bool, got " + z);
    };
  }

  static Value binary(BinaryOperator operator, Complex a, Complex b) {
    return new ComplexNumber(
        switch (operator) {
          case ADD -> new Complex(a.re() + b.re(), a.im() + b.im());
          case SUBTRACT -> new Complex(a.re() - b.re(), a.im() - b.im());
          case MULTIPLY -> times(a, b);
          case DIVIDE -> over(a, b);
          case POWER -> power(a, b);
          case OR, XOR, AND, LEFT_SHIFT, RIGHT_SHIFT, FLOOR_DIVIDE, REMAINDER, MATMUL ->
              throw new UsageException(
                  "'%s' does not take complex numbers, got %s and %s"
                      .formatted(operator.symbol(), a, b));
        });
  }

  private static Complex times(Complex a, Complex b) {
    return new Complex(a.re() * b.re() - a.im() * b.im(), a.re() * b.im() + a.im() * b.re());
  }

  /** Divides by the larger part first, so that no square overflows. */
  private static Complex over(Complex a, Complex b) {
    if (b.re() == 0 && b.im() == 0) {
      throw new UsageException("division by zero");
    }
    if (Math.abs(b.re()) >= Math.abs(b.im())) {
      double ratio = b.im() / b.re();
      double divisor = b.re() + b.im() * ratio;
      return new Complex((a.re() + a.im() * ratio) / divisor, (a.im() - a.re() * ratio) / divisor);
    }
    double ratio = b.re() / b.im();
    double divisor = b.re() * ratio + b.im();
    return new Complex((a.re() * ratio + a.im()) / divisor, (a.im() * ratio - a.re()) / divisor);
  }

  private static Complex power(Complex a, Complex b) {
    boolean whole = b.im() == 0 && b.re() == Math.rint(b.re());
    if (whole && Math.abs(b.re()) <= MOST_FACTORS) {
      Complex product = new Complex(1, 0);
      for (int i = 0; i < Math.abs(b.re()); i++) {
        product = times(product, a);
      }
      return b.re() < 0 ? over(new Complex(1, 0), product) : product;
    }
    double size = Math.hypot(a.re(), a.im());
    if (size == 0) {
      throw new UsageException("0 to the power " + b);
    }
    Complex log = new Complex(Math.log(size), Math.atan2(a.im(), a.re()));
    Complex exponent = times(b, log);
    double grown = Math.exp(exponent.re());
    return new Complex(grown * Math.cos(exponent.im()), grown * Math.sin(exponent.im()));
  }

  static boolean compare(ComparisonOperator comparison, Complex a, Complex b) {
    boolean equal = a.re() == b.re() && a.im() == b.im();
    return switch (comparison) {
      case EQUAL -> equal;
      case NOT_EQUAL -> !equal;
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
          throw new UsageException(
              "complex numbers have no order, got %s and %s; compare abs(), real() or imag()"
                  .formatted(a, b));
    };
  }
}
