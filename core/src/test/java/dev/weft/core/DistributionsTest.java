package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Draws have the moments and the distribution function that SciPy gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionsTest {
  private static final int DRAWS = 5_000;

  /** Kolmogorov's distance, times the root of the number, that one sample in 100,000 exceeds. */
  private static final double KOLMOGOROV = 2.47;

  private Session session;

  @BeforeAll
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterAll
  void close() {
    session.close();
  }

  static List<String> laws() {
    return FixtureLines.of("distribution-fixtures.txt");
  }

  private static NDArray draw(RandomArrays random, String[] words, long... n) {
    double[] p = FixtureLines.numbers(words, 1);
    return switch (words[0]) {
      case "exponential" -> random.exponential(p[0], n);
      case "lognormal" -> random.lognormal(p[0], p[1], n);
      case "laplace" -> random.laplace(p[0], p[1], n);
      case "logistic" -> random.logistic(p[0], p[1], n);
      case "gumbel" -> random.gumbel(p[0], p[1], n);
      case "rayleigh" -> random.rayleigh(p[0], n);
      case "weibull" -> random.weibull(p[0], n);
      case "pareto" -> random.pareto(p[0], n);
      case "power" -> random.power(p[0], n);
      case "cauchy" -> random.standardCauchy(n);
      case "triangular" -> random.triangular(p[0], p[1], p[2], n);
      case "binomial" -> random.binomial((long) p[0], p[1], n);
      case "poisson" -> random.poisson(p[0], n);
      case "geometric" -> random.geometric(p[0], n);
      case "weighted" -> random.weighted(p, n);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  @ParameterizedTest
  @MethodSource("laws")
  void haveTheirMomentsAndDistribution(String law) {
    String[] parts = law.split(" \\| ");
    NDArray draws = draw(session.random(11), parts[0].split(" "), DRAWS);
    double[] values;
    try (HostArray computed = draws.compute()) {
      values = computed.toDoubleArray();
    }
    Arrays.sort(values);
    assertThat(values[0]).isNotNaN();
    double[] moments = FixtureLines.numbers(parts[1].split(" "), 0);
    if (!Double.isNaN(moments[0])) {
      double deviation = Math.sqrt(moments[1]);
      assertThat(Arrays.stream(values).average().orElseThrow())
          .isCloseTo(moments[0], within(5 * deviation / Math.sqrt(DRAWS) + 1e-12));
    }
    for (String point : parts[2].split(" ")) {
      String[] quantile = point.split(":");
      double at = Double.parseDouble(quantile[1]);
      long below = Arrays.stream(values).filter(value -> value <= at).count();
      assertThat((double) below / DRAWS)
          .as("part of draws up to %s", at)
          .isCloseTo(
              Double.parseDouble(quantile[0]), within(KOLMOGOROV / Math.sqrt((double) DRAWS)));
    }
  }

  @Test
  void slicesAndChunksDrawTheSame() {
    double[] whole = session.random(3).laplace(0, 1, 1000).compute().toDoubleArray();
    NDArray pieces = session.random(3).laplace(0, 1, 1000).rechunk(7).slice("100:110");
    assertThat(pieces.compute().toDoubleArray())
        .containsExactly(Arrays.copyOfRange(whole, 100, 110));
    assertThat(session.random(3).poisson(2, 0, 4).shape()).isEqualTo(Shape.of(0, 4));
    assertThat(session.random(3).poisson(0, 5).dtype()).isEqualTo(DType.INT64);
    assertThat(session.random(3).poisson(0, 5).max().toDouble()).isZero();
    assertThat(session.random(3).binomial(0, 0.5, 5).max().toDouble()).isZero();
    assertThat(session.random(3).geometric(1, 5).max().toDouble()).isEqualTo(1);
    assertThat(session.random(3).bernoulli(1, 50).all().toDouble()).isEqualTo(1);
    NDArray from = session.array(new int[] {5, 7});
    assertThat(session.random(3).choice(from, 3, 40).sum().toDouble()).isBetween(600.0, 840.0);
    assertThat(session.random(3).weighted(new double[] {0, 2, 0}, 50).min().toDouble())
        .isEqualTo(1);
  }

  private void refused(Supplier<NDArray> use, String message) {
    assertThatThrownBy(use::get).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  @Test
  void refuseParametersThatNoDistributionHas() {
    RandomArrays random = session.random(1);
    refused(() -> random.exponential(-1, 3), "exponential: scale is -1.0, which no such");
    refused(() -> random.weibull(0, 3), "weibull: shape is 0.0");
    refused(() -> random.lognormal(0, Double.NaN, 3), "lognormal: sigma is NaN");
    refused(() -> random.triangular(0, 2, 1, 3), "triangular: mode is 2.0");
    refused(() -> random.binomial(3, 1.5, 3), "binomial: the probability is 1.5");
    refused(() -> random.binomial(-3, 0.5, 3), "binomial: n is -3.0");
    refused(() -> random.binomial(100_000, 0.5, 3), "binomial: the variance is 25000.0");
    refused(() -> random.poisson(1e4, 3), "poisson: the variance is 10000.0");
    refused(() -> random.geometric(0, 3), "geometric: probability is 0.0");
    refused(() -> random.weighted(new double[] {1, -1}, 3), "weighted: the sum of the weights");
    refused(() -> random.choice(session.ones(0), 3), "choice: shape (0,); use a vector");
  }

  @Test
  void permutationsHaveEachElementOnce() {
    RandomArrays random = session.random(5);
    long[] order = random.permutation(500).compute().toLongArray();
    assertThat(order).doesNotHaveDuplicates().hasSize(500).isNotEqualTo(sorted(order));
    assertThat(sorted(order)).startsWith(0, 1).endsWith(499);
    NDArray some = random.permuted(session.arange(100, 200, 1), 20);
    assertThat(some.compute().toLongArray()).doesNotHaveDuplicates().hasSize(20);
    assertThat(session.random(5).permutation(500).compute().toLongArray()).isEqualTo(order);
    refused(() -> random.permuted(session.ones(2, 2), 1), "permuted: 1 of shape (2, 2); use a");
    refused(() -> random.permuted(session.ones(2), 3), "permuted: 3 of shape (2,); use a vector");
  }

  private static long[] sorted(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
