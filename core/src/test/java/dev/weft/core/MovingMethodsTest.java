package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.MovingMethods.Overlap;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that move, beside plain loops, in chunks of any length. */
class MovingMethodsTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toDoubleArray();
    }
  }

  private static void refused(ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 7", "5, 3", "16, 50", "17, 11", "40, 64", "300, 64", "600, 600"})
  void statistics(int window, int chunk) {
    double[] x = new double[600];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 7919 % 613) - 300;
    }
    NDArray lazy = session.array(x).rechunk(chunk);
    double[] sums = values(lazy.movingSum(window, 0));
    double[] means = values(lazy.movingMean(window, -1));
    double[] least = values(lazy.movingMin(window, 0));
    double[] most = values(lazy.movingMax(window, 0));
    assertThat(sums).hasSize(x.length - window + 1);
    for (int i = 0; i < sums.length; i++) {
      double[] part = Arrays.copyOfRange(x, i, i + window);
      // Whole numbers: every sum is exact.
      double sum = Arrays.stream(part).sum();
      assertThat(sums[i]).isEqualTo(sum);
      assertThat(means[i]).isEqualTo(sum / window);
      assertThat(least[i]).isEqualTo(Arrays.stream(part).min().orElseThrow());
      assertThat(most[i]).isEqualTo(Arrays.stream(part).max().orElseThrow());
    }
  }

  @Test
  void typesAndMissingNumbers() {
    NDArray bytes = session.array(new byte[] {100, 100, 100});
    assertThat(bytes.movingSum(2, 0).dtype()).isEqualTo(DType.INT64);
    assertThat(values(bytes.movingSum(2, 0))).containsExactly(200, 200);
    assertThat(bytes.movingMean(3, 0).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(bytes.movingMax(2, 0).dtype()).isEqualTo(DType.INT8);
    NDArray floats = session.array(new float[] {1e8f, 1, -1e8f, Float.NaN, 2});
    assertThat(floats.movingSum(3, 0).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(values(floats.movingSum(3, 0))).containsExactly(1, Double.NaN, Double.NaN);
    assertThat(floats.slidingWindowView(2, 0).shape()).isEqualTo(Shape.of(4, 2));
    refused(() -> floats.movingSum(0, 0), "moving_sum: a window of 0 along axis 0 of shape (5,)");
    refused(() -> floats.movingMin(6, 0), "moving_min: a window of 6 along axis 0 of shape (5,)");
    refused(() -> floats.slidingWindowView(6, 0), "sliding_window_view: a window of 6 along");
  }

  /** What SciPy 1.17 gives for convolve2d and correlate2d. */
  @Test
  void kernelsOfTwoAxes() {
    NDArray x = session.array(new double[][] {{1, 2, 3}, {4, 5, 6}}).rechunk(1, 2);
    NDArray kernel = session.array(new double[][] {{1, 0}, {2, -1}});
    assertThat(values(x.convolve(kernel, Overlap.FULL)))
        .containsExactly(1, 2, 3, 0, 6, 8, 10, -3, 8, 6, 7, -6);
    assertThat(values(x.convolve(kernel, Overlap.SAME))).containsExactly(1, 2, 3, 6, 8, 10);
    assertThat(values(x.convolve(kernel, Overlap.VALID))).containsExactly(8, 10);
    assertThat(values(x.correlate(kernel, Overlap.VALID))).containsExactly(4, 6);
    refused(
        () -> kernel.convolve(x, Overlap.VALID),
        "convolve: a kernel of shape (2, 3) does not lie within shape (2, 2); exchange the two");
    refused(() -> x.convolve(x.slice("0"), Overlap.FULL), "convolve: shapes (2, 3) and (3,); use");
    NDArray line = session.ones(5000);
    refused(
        () -> line.convolve(line, Overlap.FULL), "convolve: a kernel of shape (5000,) has 5000");
  }

  @ParameterizedTest
  @CsvSource({"100, 7, 13", "100, 7, 100", "5, 9, 2"})
  void convolutionsOfOneAxis(int extent, int length, int chunk) {
    NDArray x = session.random(1).uniform(extent).rechunk(chunk);
    NDArray kernel = session.random(2).uniform(length);
    double[] a = values(x);
    double[] k = values(kernel);
    double[] expected = new double[extent + length - 1];
    for (int i = 0; i < extent; i++) {
      for (int j = 0; j < length; j++) {
        expected[i + j] += a[i] * k[j];
      }
    }
    double[] found = values(x.convolve(kernel, Overlap.FULL));
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-14));
    }
  }

  @Test
  void polynomialsAndWindows() {
    NDArray x = session.array(new double[] {-1, 0, 2});
    assertThat(values(x.polyval(1, 0, -2))).containsExactly(-1, -2, 2);
    refused(() -> x.polyval(session.ones(2, 2)), "polyval: coefficients of shape (2, 2); use");
    assertThat(values(session.bartlett(3))).containsExactly(0, 1, 0);
    assertThat(session.hanning(0).shape()).isEqualTo(Shape.of(0));
  }
}
