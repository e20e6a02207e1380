package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The special cases of the standard, by each row's function and by its composition. */
final class ArrayApiSpecialCasesTest {
  private static final List<DType> TYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  static List<String> cases() {
    return NumpyFixtures.lines("array_api_special_cases.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holds(String line) {
    String[] words = line.split(" ");
    ElementwiseOp row = ElementwiseOps.find(words[0]).orElseThrow();
    int cases = 0;
    for (DType dtype : TYPES) {
      for (Scalar a : TestValues.edges(dtype)) {
        for (Scalar b : row.arity() == 2 ? TestValues.edges(dtype) : List.of(a)) {
          boolean second = row.arity() == 1 || matches(words[2], b.floating());
          if (matches(words[1], a.floating()) && second) {
            check(
                line,
                row,
                words[words.length - 1],
                dtype,
                row.arity() == 1 ? List.of(a) : List.of(a, b));
            cases++;
          }
        }
      }
    }
    assertThat(cases).as("cases of " + line).isPositive();
  }

  private static void check(
      String line, ElementwiseOp row, String result, DType dtype, List<Scalar> operands) {
    Scalar[] x = operands.toArray(Scalar[]::new);
    DType type = row.resolve(operands.stream().map(Scalar::dtype).toList()).result();
    List<Scalar> results = new ArrayList<>();
    results.add(Interpretation.apply(row, x));
    if (row.composition(dtype) != null) {
      results.add(Interpretation.compose(row, type, x));
    }
    double wanted = value(result, x[0].floating(), x[x.length - 1].floating());
    for (Scalar found : results) {
      Scalar expected = Scalar.of(type, wanted);
      double ulps = result.contains("pi") ? 1 : 0;
      assertThat(UlpDistance.ulps(expected, found))
          .as("%s: %s of %s is %s", line, row, operands, found)
          .isLessThanOrEqualTo(ulps);
    }
  }

  private static boolean matches(String classes, double x) {
    for (String name : classes.split("&")) {
      boolean sized = name.startsWith("|");
      if (!matchesOne(
          sized ? name.substring(1, name.length() - 1) : name, sized ? Math.abs(x) : x)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesOne(String name, double x) {
    return switch (name) {
      case "ANY" -> true;
      case "ZERO" -> x == 0;
      case "INF" -> Double.isInfinite(x);
      case "FINITE" -> Double.isFinite(x);
      case "FINITEORNAN" -> !Double.isInfinite(x);
      case "NONZERO" -> Double.isFinite(x) && x != 0;
      case "NUMBER" -> !Double.isNaN(x);
      case "POS" -> Double.isFinite(x) && x > 0;
      case "NEG" -> Double.isFinite(x) && x < 0;
      case "NOT0" -> x != 0;
      case "NOT1" -> x != 1;
      case "INTEGER" -> Double.isFinite(x) && x == Math.rint(x);
      case "NOTINTEGER" -> x != Math.rint(x);
      case "ODD" -> Math.abs(x % 2) == 1;
      case "NOTODD" -> Math.abs(x % 2) != 1;
      default ->
          switch (name.charAt(0)) {
            case '>' -> x > number(name.substring(1));
            case '<' -> x < number(name.substring(1));
            default -> Double.compare(x, number(name)) == 0;
          };
    };
  }

  private static double value(String result, double a, double b) {
    return switch (result) {
      case "a" -> a;
      case "b" -> b;
      case "|a|" -> Math.abs(a);
      case "|b|" -> Math.abs(b);
      case "-|a|" -> -Math.abs(a);
      default -> number(result);
    };
  }

  private static double number(String text) {
    double sign = text.startsWith("-") ? -1 : 1;
    return switch (text.replaceFirst("^[+-]", "")) {
      case "inf" -> sign * Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      case "pi" -> sign * Math.PI;
      case "pi/2" -> sign * Math.PI / 2;
      case "pi/4" -> sign * Math.PI / 4;
      case "3pi/4" -> sign * 3 * Math.PI / 4;
      default -> Double.parseDouble(text);
    };
  }

  @Test
  void theSignOfNanIsSeenAndCopied() {
    Scalar nan = new Scalar(DType.FLOAT64, 0, Double.longBitsToDouble(0x7FF8L << 48));
    Scalar minusNan = new Scalar(DType.FLOAT64, 0, Double.longBitsToDouble(0xFFF8L << 48));
    Scalar two = Scalar.of(DType.FLOAT64, 2.0);
    assertThat(Interpretation.apply(ElementwiseOps.SIGNBIT, nan).integer()).isZero();
    assertThat(Interpretation.apply(ElementwiseOps.SIGNBIT, minusNan).integer()).isOne();
    assertThat(Interpretation.apply(ElementwiseOps.COPYSIGN, two, minusNan).floating())
        .isEqualTo(-2);
    assertThat(Interpretation.apply(ElementwiseOps.COPYSIGN, two, nan).floating()).isEqualTo(2);
    Scalar copied = Interpretation.apply(ElementwiseOps.COPYSIGN, minusNan, two);
    assertThat(Double.doubleToRawLongBits(copied.floating())).isPositive();
  }
}
