package dev.weft.core.routine;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a quantile of a sample is estimated: the nine of Hyndman and Fan (Sample quantiles in
 * statistical packages, The American Statistician 50, 1996) and four others, by NumPy's names.
 */
public enum QuantileMethod {
  /** Element n q, rounded up (H&F 1). */
  INVERTED_CDF(true),
  /** As INVERTED_CDF, but the mean of two elements where n q is whole (H&F 2). */
  AVERAGED_INVERTED_CDF(false),
  /** Element nearest to n q, of two the even one (H&F 3). */
  CLOSEST_OBSERVATION(true),
  /** Between elements at n q (H&F 4). */
  INTERPOLATED_INVERTED_CDF(false),
  /** Between elements at n q + 1/2 (H&F 5). */
  HAZEN(false),
  /** Between elements at (n + 1) q (H&F 6). */
  WEIBULL(false),
  /** Between elements at (n - 1) q + 1 (H&F 7). */
  LINEAR(false),
  /** Between elements at (n + 1/3) q + 1/3 (H&F 8). */
  MEDIAN_UNBIASED(false),
  /** Between elements at (n + 1/4) q + 3/8 (H&F 9). */
  NORMAL_UNBIASED(false),
  /** The element at or before LINEAR's place. */
  LOWER(true),
  /** The element at or behind LINEAR's place. */
  HIGHER(true),
  /** The mean of LOWER and HIGHER. */
  MIDPOINT(false),
  /** The element nearest to LINEAR's place, of two the one at the even index. */
  NEAREST(true);

  private final boolean discrete;

  QuantileMethod(boolean discrete) {
    this.discrete = discrete;
  }

  /** Whether results are elements of the sample, so that they keep its type. */
  public boolean isDiscrete() {
    return discrete;
  }

  /** NumPy's name, such as {@code median_unbiased}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method that NumPy calls so.
   *
   * @throws UsageException for an unknown name
   */
  public static QuantileMethod of(String name) {
    return Arrays.stream(values())
        .filter(method -> method.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "quantile: method '%s' is unknown; use one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(QuantileMethod::label)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Parts from 0 to 1 of percentages from 0 to 100.
   *
   * @param function whose arguments they are, for the message
   * @throws UsageException for other numbers
   */
  public static double[] fromPercent(String function, double... percentages) {
    for (double percent : percentages) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new UsageException(
            "%s: %s is no percentage; use numbers from 0 to 100".formatted(function, percent));
      }
    }
    return Arrays.stream(percentages).map(percent -> percent / 100).toArray();
  }

  /**
   * A place between two elements of a sample in order.
   *
   * @param weight of the upper one, from 0 to 1
   */
  record Place(long lower, long upper, double weight) {}

  /**
   * Where one of several quantiles of {@code n} elements (at least one) lies.
   *
   * @param probabilities null for the median: the mean of the two in the middle
   */
  static Place place(
      @Nullable List<Double> probabilities, int number, QuantileMethod method, long n) {
    return probabilities == null
        ? new Place((n - 1) / 2, n / 2, 0.5)
        : method.place(probabilities.get(number), n);
  }

  /** Where the quantile of {@code n} elements (at least one) lies. */
  Place place(double q, long n) {
    double linear = (n - 1) * q;
    return switch (this) {
      case LINEAR -> between(linear, n);
      case LOWER -> exactly(Math.floor(linear), n);
      case HIGHER -> exactly(Math.ceil(linear), n);
      case NEAREST -> exactly(Math.rint(linear), n);
      case MIDPOINT -> between(0.5 * (Math.floor(linear) + Math.ceil(linear)), n);
      case INVERTED_CDF -> exactly(Math.ceil(n * q - 1), n);
      case CLOSEST_OBSERVATION -> {
        double at = n * q - 1.5;
        double below = Math.floor(at);
        boolean stays = at == below && Math.floorMod((long) below, 2L) == 1;
        yield exactly(stays ? below : below + 1, n);
      }
      case AVERAGED_INVERTED_CDF -> {
        double at = n * q - 1;
        Place place = between(at, n);
        double weight = at == Math.floor(at) ? 0.5 : 1;
        yield new Place(place.lower, place.upper, weight);
      }
      case INTERPOLATED_INVERTED_CDF -> between(virtual(n, q, 0, 1), n);
      case HAZEN -> between(virtual(n, q, 0.5, 0.5), n);
      case WEIBULL -> between(virtual(n, q, 0, 0), n);
      case MEDIAN_UNBIASED -> between(virtual(n, q, 1 / 3.0, 1 / 3.0), n);
      case NORMAL_UNBIASED -> between(virtual(n, q, 3 / 8.0, 3 / 8.0), n);
    };
  }

  /** The place counted from 0, by the two parameters of the continuous methods. */
  private static double virtual(long n, double q, double alpha, double beta) {
    return n * q + (alpha + q * (1 - alpha - beta)) - 1;
  }

  private static Place exactly(double index, long n) {
    long at = Math.clamp((long) index, 0, n - 1);
    return new Place(at, at, 0);
  }

  private static Place between(double index, long n) {
    if (index >= n - 1) {
      return exactly(n - 1, n);
    }
    if (index < 0) {
      return exactly(0, n);
    }
    long below = (long) Math.floor(index);
    return new Place(below, below + 1, index - below);
  }
}
