package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/** What distributions are made of: inverses of distribution functions. */
final class Distributions {
  /** Half the smallest uniform number that is not 0. */
  private static final double LEAST = 0x1p-54;

  /** Steps of a distribution function that are compared one by one. */
  private static final int MOST_STEPS = 512;

  /** Beyond, more numbers than so many steps are likely enough to be drawn. */
  private static final double MOST_VARIANCE = 900;

  private Distributions() {}

  static void require(String name, String parameter, double value, boolean fits) {
    if (!fits || Double.isNaN(value) || Double.isInfinite(value)) {
      throw new UsageException(
          "%s: %s is %s, which no such distribution has; see the method for what is allowed"
              .formatted(name, parameter, value));
    }
  }

  static void requireProbability(String name, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new UsageException(
          "%s: the probability is %s; use one from 0 to 1".formatted(name, probability));
    }
  }

  /** Uniform numbers without 0. */
  static NDArray open(NDArray uniform) {
    return uniform.maximum(LEAST);
  }

  static NDArray standardExponential(NDArray uniform) {
    return uniform.negative().log1p().negative();
  }

  static NDArray binomial(NDArray uniform, long n, double probability) {
    // The rarer outcome is counted: its distribution function rises first.
    boolean rare = probability <= 0.5;
    double p = rare ? probability : 1 - probability;
    Steps steps = new Steps("binomial", n * p, n * p * (1 - p));
    double odds = p / (1 - p);
    double logarithm = n * Math.log1p(-p);
    for (long k = 0; k < n && steps.add(k, Math.exp(logarithm)); k++) {
      logarithm += Math.log(odds * (n - k) / (k + 1.0));
    }
    NDArray count = steps.count(uniform);
    return rare ? count : count.negative().add(n);
  }

  static NDArray poisson(NDArray uniform, double rate) {
    Steps steps = new Steps("poisson", rate, rate);
    double logarithm = -rate;
    for (long k = 0; rate > 0 && steps.add(k, Math.exp(logarithm)); k++) {
      logarithm += Math.log(rate / (k + 1.0));
    }
    return steps.count(uniform);
  }

  static NDArray weighted(NDArray uniform, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    if (weights.length > MOST_STEPS) {
      throw new UsageException(
          "weighted: %d weights; use at most %d".formatted(weights.length, MOST_STEPS));
    }
    Steps steps = new Steps("weighted", Double.POSITIVE_INFINITY, 0);
    for (int k = 0; k + 1 < weights.length; k++) {
      steps.add(k, weights[k] / total);
    }
    return steps.count(uniform);
  }

  /** The distribution function of whole numbers from 0 on, where uniform numbers can tell it. */
  private static final class Steps {
    private final double mean;
    private final List<Double> values = new ArrayList<>();
    private final Sum sum = new Sum();
    private long sure;

    Steps(String name, double mean, double variance) {
      if (variance > MOST_VARIANCE) {
        throw new UsageException(
            "%s: the variance is %s, and numbers spread too far to be told one by one; use at most %s, or a normal number, rounded"
                .formatted(name, variance, MOST_VARIANCE));
      }
      this.mean = mean;
    }

    /** Adds the probability of a number; false when what is left is never drawn. */
    boolean add(long number, double probability) {
      sum.add(probability);
      double value = sum.value();
      if (number > mean && (1 - value < LEAST || probability < LEAST * LEAST)) {
        return false;
      }
      if (value < LEAST) {
        sure++;
      } else {
        values.add(value);
      }
      return true;
    }

    /** How many steps a uniform number has passed. */
    NDArray count(NDArray uniform) {
      Session session = uniform.session();
      NDArray count = session.full(DType.INT64, sure, uniform.shape().extents());
      for (double value : values) {
        count = count.add(uniform.greaterEqual(value).cast(DType.INT64));
      }
      return count;
    }
  }

  /** A sum that keeps what rounding loses. */
  private static final class Sum {
    private double high;
    private double low;

    void add(double value) {
      double sum = high + value;
      double part = sum - high;
      low += (high - (sum - part)) + (value - part);
      high = sum;
    }

    double value() {
      return high + low;
    }
  }
}
