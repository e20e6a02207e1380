package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.SampleMethods.TTest;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics of samples are SciPy's, in chunks of any length. */
class SampleMethodsTest {
  private final List<String[]> lines =
      FixtureLines.of("sample-fixtures.txt").stream().map(line -> line.split(" ")).toList();
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray sample(int line, int chunk) {
    return session
        .array(FixtureLines.numbers(lines.get(line), 3))
        .reshape(7, 4)
        .rechunk(chunk, chunk);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void agreeWithScipy(int chunk) {
    NDArray a = sample(0, chunk);
    NDArray b = sample(1, chunk);
    for (String[] words : lines.subList(2, lines.size())) {
      boolean all = words[1].equals("None");
      int axis = all ? 0 : Integer.parseInt(words[1]);
      NDArray found = found(words[0], all ? a.ravel() : a, all ? b.ravel() : b, axis);
      try (HostArray values = found.compute()) {
        double[] expected = FixtureLines.numbers(words, 2);
        assertThat(values.toDoubleArray())
            .as(words[0] + " " + words[1])
            .hasSameSizeAs(expected)
            .usingComparatorWithPrecision(1e-9)
            .containsExactly(expected);
      }
    }
  }

  private static NDArray found(String name, NDArray a, NDArray b, int axis) {
    return switch (name) {
      case "skewTrue" -> a.skew(axis);
      case "skewFalse" -> a.skew(false, axis);
      case "kurtosisTrue" -> a.kurtosis(axis);
      case "kurtosisFalse" -> a.kurtosis(false, axis);
      case "zscore0" -> a.zscore(0, axis);
      case "zscore1" -> a.zscore(1, axis);
      default ->
          name.startsWith("moment")
              ? a.moment(name.charAt(name.length() - 1) - '0', axis)
              : name.endsWith("Freedom")
                  ? test(name.replace("Freedom", ""), a, b, axis).freedom()
                  : test(name, a, b, axis).statistic();
    };
  }

  private static TTest test(String name, NDArray a, NDArray b, int axis) {
    return switch (name) {
      case "one" -> a.tTest(4.5, axis);
      case "equal" -> a.tTest(b, true, axis);
      case "welch" -> a.tTest(b, false, axis);
      case "pairs" -> a.tTestPairs(b, axis);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void typesAndWhatHasNoAnswer() {
    NDArray equal = session.full(DType.FLOAT32, 0.1, 5);
    assertThat(equal.skew().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(equal.skew().toDouble()).isNaN();
    assertThat(equal.kurtosis().toDouble()).isNaN();
    NDArray whole = session.array(new int[] {1, 2, 6});
    assertThat(whole.moment(2).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(whole.moment(2).toDouble()).isCloseTo(14.0 / 3, within(1e-14));
    assertThat(whole.moment(1).toDouble()).isZero();
    NDArray missing = session.array(new double[] {1, Double.NaN, 3});
    assertThat(missing.skew().toDouble()).isNaN();
    assertThat(session.zeros(0, 3).zscore(0, 0).shape()).isEqualTo(Shape.of(0, 3));
    assertThatThrownBy(() -> whole.moment(-1))
        .isInstanceOf(UsageException.class)
        .hasMessage("moment: the order is -1; use 0 or more");
    assertThatThrownBy(() -> whole.tTestPairs(session.ones(2), 0))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("ttest_rel: shapes (3,) and (2,); pairs need");
    assertThat(Arrays.asList(whole.tTest(3, 0).freedom().toDouble())).containsExactly(2.0);
  }
}
