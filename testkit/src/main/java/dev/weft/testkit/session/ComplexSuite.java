package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.testkit.conformance.NumpyFixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Complex numbers beside NumPy's, from {@code complex_fixtures.py}. */
public abstract class ComplexSuite extends SessionSuite {
  /** How far a part may be off, in units of the size of the number. */
  private static final double ALLOWED = 0x1p-49;

  private static final double ALLOWED_NARROW = 0x1p-22;

  private static Complex[] numbers(String text) {
    String[] words = text.strip().split(" ");
    Complex[] numbers = new Complex[words.length / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          new Complex(Double.parseDouble(words[2 * i]), Double.parseDouble(words[2 * i + 1]));
    }
    return numbers;
  }

  private static Complex[] every(Complex[] numbers, int first) {
    Complex[] some = new Complex[numbers.length / 2];
    for (int i = 0; i < some.length; i++) {
      some[i] = numbers[2 * i + first];
    }
    return some;
  }

  @Test
  final void functionsAndReductionsAgreeWithNumpy() {
    Map<String, Complex[]> operands = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (String line : NumpyFixtures.lines("numpy/complex.txt.gz")) {
      String[] sides = line.split(" \\| ");
      String[] words = sides[0].split(" ");
      if (words[0].equals("values")) {
        operands.put(words[1], numbers(sides[1]));
        continue;
      }
      Complex[] given = Objects.requireNonNull(operands.get(words[2]));
      NDArray result =
          words[2].endsWith("pairs")
              ? array(every(given, 0), words[1])
                  .apply(
                      ElementwiseOps.find(words[0]).orElseThrow(), array(every(given, 1), words[1]))
              : words.length == 4
                  ? reduced(words[0], array(given, words[1]), Integer.parseInt(words[3]))
                  : applied(words[0], array(given, words[1]));
      try (HostArray found = result.compute()) {
        check(sides[0], given, numbers(sides[1]), found.toComplexArray(), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private NDArray array(Complex[] values, String dtype) {
    return session.array(values).cast(DType.of(dtype)).rechunk(values.length / 2 + 1);
  }

  private static NDArray applied(String name, NDArray x) {
    return name.equals("angle") ? x.angle() : x.apply(ElementwiseOps.find(name).orElseThrow());
  }

  private static NDArray reduced(String name, NDArray x, int axis) {
    NDArray matrix = x.reshape(5, 4).rechunk(2, 4);
    return switch (name) {
      case "cumsum" -> matrix.cumsum(axis);
      case "cumprod" -> matrix.cumprod(axis);
      default -> Reductions.reduce(name, matrix, axis);
    };
  }

  private static void check(
      String line, Complex[] given, Complex[] expected, Complex[] found, List<String> wrong) {
    double allowed = line.contains(" complex64 ") ? ALLOWED_NARROW : ALLOWED;
    assertThat(found).as(line).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double size = allowed * Math.hypot(expected[i].re(), expected[i].im());
      boolean known =
          given.length != expected.length
              || Double.isFinite(given[i].re())
              || Double.isFinite(given[i].im());
      if (!isNear(expected[i].re(), found[i].re(), size, known)
          || !isNear(expected[i].im(), found[i].im(), size, known)) {
        Object operand = given.length == expected.length ? given[i] : given[2 * i % given.length];
        wrong.add("%s: %d: of %s is %s, not %s".formatted(line, i, operand, expected[i], found[i]));
      }
    }
  }

  /**
   * Signs of zeros count where they decide about other parts only, and C leaves those of infinities
   * open where no part of the operand is known.
   */
  private static boolean isNear(double expected, double found, double allowed, boolean known) {
    return Double.compare(expected + 0.0, found + 0.0) == 0
        || !known && Double.isInfinite(expected) && Double.isInfinite(found)
        || Math.abs(expected - found) <= (Double.isFinite(allowed) ? allowed : 0);
  }
}
