package dev.weft.core.text;

import dev.weft.core.dtype.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Floating-point numbers as text, by the rules of NumPy's default print options: the fewest digits
 * that tell the value from its neighbours, at most 8 after the point, in one format for all numbers
 * of an array.
 */
public final class FloatFormat {
  private static final int PRECISION = 8;

  /** The type of the numbers, or of the parts of complex ones. */
  private final DType dtype;

  private final boolean plus;
  private int before;
  private int after;
  private int exponentDigits = -1;

  private FloatFormat(DType dtype, boolean plus) {
    this.dtype = dtype.part();
    this.plus = plus;
  }

  /** The text of each value, all equally long. */
  public static List<String> words(double[] values, DType dtype, boolean plus) {
    FloatFormat format = new FloatFormat(dtype, plus);
    format.measure(values);
    List<String> words = new ArrayList<>(values.length);
    for (double value : values) {
      words.add(format.word(value));
    }
    return words;
  }

  /** The text of a single value, with all digits. */
  static String scalar(double value, DType dtype) {
    FloatFormat format = new FloatFormat(dtype, false);
    if (!Double.isFinite(value)) {
      return format.special(value);
    }
    double magnitude = Math.abs(value);
    boolean plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < format.limit(1e16));
    BigDecimal shortest = format.shortest(value);
    if (!plain) {
      return format.scientific(value, shortest, 0).replace(".e", "e");
    }
    String text = format.positional(value, shortest);
    return text.endsWith(".") ? text + "0" : text;
  }

  /** The size from which a number is scientific; for float64 {@code wide}. */
  private double limit(double wide) {
    return switch (dtype) {
      case FLOAT16 -> 1e3;
      case FLOAT32 -> 1e6;
      default -> wide;
    };
  }

  private void measure(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (isScientific(finite)) {
      for (double value : finite) {
        String text = scientific(value, cut(value), 0);
        int point = text.indexOf('.');
        int e = text.indexOf('e');
        before = Math.max(before, point);
        after = Math.max(after, e - point - 1);
        exponentDigits = Math.max(exponentDigits, text.length() - e - 2);
      }
    } else {
      for (double value : finite) {
        String text = positional(value, cutFraction(value));
        int point = text.indexOf('.');
        before = Math.max(before, point);
        after = Math.max(after, text.length() - point - 1);
      }
    }
    if (finite.length < values.length) {
      boolean sign = plus || Arrays.stream(values).anyMatch(v -> v == Double.NEGATIVE_INFINITY);
      int right = right() + 1;
      before = Math.max(before, Math.max("nan".length(), "inf".length() + (sign ? 1 : 0)) - right);
    }
  }

  /** Columns after the point. */
  private int right() {
    return exponentDigits < 0 ? after : exponentDigits + 2 + after;
  }

  private boolean isScientific(double[] finite) {
    double max = 0;
    double min = Double.POSITIVE_INFINITY;
    for (double value : finite) {
      if (value != 0) {
        max = Math.max(max, Math.abs(value));
        min = Math.min(min, Math.abs(value));
      }
    }
    if (max == 0) {
      return false;
    }
    // NumPy compares in the type of the array: the float next to 0.0001 is not below it.
    double ratio = dtype.round(max / min);
    return max >= limit(1e8) || min < dtype.round(1e-4) || ratio > 1000;
  }

  private String word(double value) {
    if (!Double.isFinite(value)) {
      String text = special(value);
      return " ".repeat(before + right() + 1 - text.length()) + text;
    }
    String text =
        exponentDigits < 0
            ? positional(value, cutFraction(value))
            : scientific(value, rounded(value, after + 1), after);
    int point = text.indexOf('.');
    String padded = " ".repeat(before - point) + text;
    return padded + " ".repeat(before + right() + 1 - padded.length());
  }

  private String special(double value) {
    if (Double.isNaN(value)) {
      return plus ? "+nan" : "nan";
    }
    return value < 0 ? "-inf" : plus ? "+inf" : "inf";
  }

  /** The value rounded to 8 decimals when its shortest form has more. */
  private BigDecimal cutFraction(double value) {
    BigDecimal shortest = shortest(value);
    // The exact value is rounded, not the shortest form, lest ties be rounded twice.
    return shortest.scale() <= PRECISION
        ? shortest
        : new BigDecimal(value).setScale(PRECISION, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  /** The value rounded to 8 decimals of its scientific form when its shortest form has more. */
  private BigDecimal cut(double value) {
    BigDecimal shortest = shortest(value);
    return shortest.precision() <= PRECISION + 1 ? shortest : rounded(value, PRECISION + 1);
  }

  /** The exact value, not its shortest form, rounded: digits past the shortest form are shown. */
  private static BigDecimal rounded(double value, int digits) {
    return new BigDecimal(value)
        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }

  /** The decimal with the fewest digits that reads back as the value. */
  private BigDecimal shortest(double value) {
    if (dtype == DType.FLOAT16) {
      return shortestHalf(value);
    }
    boolean narrow = dtype == DType.FLOAT32;
    String text = narrow ? Float.toString((float) value) : Double.toString(value);
    BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
    if (decimal.precision() == 2) {
      // Java gives two digits even where one is enough: 4.9E-324 is also 5e-324.
      BigDecimal shorter = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
      double back = narrow ? shorter.floatValue() : shorter.doubleValue();
      if (back == value) {
        return shorter.stripTrailingZeros();
      }
    }
    return decimal;
  }

  private BigDecimal shortestHalf(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    BigDecimal rounded;
    do {
      rounded = exact.round(new MathContext(digits++, RoundingMode.HALF_EVEN));
    } while (dtype.round(rounded.doubleValue()) != value);
    return rounded.stripTrailingZeros();
  }

  private String sign(double value) {
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    return negative ? "-" : plus ? "+" : "";
  }

  private String positional(double value, BigDecimal decimal) {
    String text = decimal.abs().toPlainString();
    return sign(value) + text + (text.indexOf('.') < 0 ? "." : "");
  }

  private String scientific(double value, BigDecimal decimal, int leastFraction) {
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = decimal.signum() == 0 ? 0 : digits.length() - 1 - decimal.scale();
    String fraction = digits.substring(1);
    String power = Integer.toString(Math.abs(exponent));
    int width = Math.max(2, exponentDigits);
    return sign(value)
        + digits.charAt(0)
        + "."
        + fraction
        + "0".repeat(Math.max(0, leastFraction - fraction.length()))
        + (exponent < 0 ? "e-" : "e+")
        + "0".repeat(Math.max(0, width - power.length()))
        + power;
  }
}
