package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.Arrays;

/**
 * Random numbers of other distributions, float64 or int64. Each is a function of one uniform or
 * normal number at its place, by the inverse of its distribution function, so that chunks and
 * threads change nothing, and a slice draws only itself.
 *
 * <p>Uniform numbers are multiples of 2^-53; so the tails end where a probability is below that.
 */
public sealed interface DistributionMethods permits RandomArrays {
  /** Uniform numbers in [0, 1), float64. */
  NDArray uniform(long... extents);

  /** Standard normal numbers, float64. */
  NDArray normal(long... extents);

  /** Uniform integers from {@code low} to before {@code high}, int64. */
  NDArray integers(long low, long high, long... extents);

  /**
   * Waiting times: density {@code exp(-x / scale) / scale}.
   *
   * @throws UsageException for a negative scale
   */
  default NDArray exponential(double scale, long... extents) {
    Distributions.require("exponential", "scale", scale, scale >= 0);
    return Distributions.standardExponential(uniform(extents)).multiply(scale);
  }

  /** Numbers whose logarithm is normal, with that mean and deviation. */
  default NDArray lognormal(double mean, double sigma, long... extents) {
    Distributions.require("lognormal", "sigma", sigma, sigma >= 0);
    return normal(extents).multiply(sigma).add(mean).exp();
  }

  /** Density {@code exp(-|x - loc| / scale) / (2 scale)}. */
  default NDArray laplace(double loc, double scale, long... extents) {
    Distributions.require("laplace", "scale", scale, scale >= 0);
    NDArray u = Distributions.open(uniform(extents));
    NDArray below = u.multiply(2.0).log();
    NDArray above = u.multiply(-2.0).add(2.0).log().negative();
    return u.less(0.5).where(below, above).multiply(scale).add(loc);
  }

  /** Distribution function {@code 1 / (1 + exp(-(x - loc) / scale))}. */
  default NDArray logistic(double loc, double scale, long... extents) {
    Distributions.require("logistic", "scale", scale, scale >= 0);
    NDArray u = Distributions.open(uniform(extents));
    return u.log().subtract(u.negative().log1p()).multiply(scale).add(loc);
  }

  /** The largest of many: distribution function {@code exp(-exp(-(x - loc) / scale))}. */
  default NDArray gumbel(double loc, double scale, long... extents) {
    Distributions.require("gumbel", "scale", scale, scale >= 0);
    NDArray u = Distributions.open(uniform(extents));
    return u.log().negative().log().multiply(-scale).add(loc);
  }

  /** The distance from 0 in a plane of two normal numbers of deviation {@code scale}. */
  default NDArray rayleigh(double scale, long... extents) {
    Distributions.require("rayleigh", "scale", scale, scale >= 0);
    NDArray exponential = Distributions.standardExponential(uniform(extents));
    return exponential.multiply(2.0).sqrt().multiply(scale);
  }

  /** Distribution function {@code 1 - exp(-x^shape)}. */
  default NDArray weibull(double shape, long... extents) {
    Distributions.require("weibull", "shape", shape, shape > 0);
    return Distributions.standardExponential(uniform(extents)).pow(1 / shape);
  }

  /** NumPy's, which begins at 0: distribution function {@code 1 - (1 + x)^-shape}. */
  default NDArray pareto(double shape, long... extents) {
    Distributions.require("pareto", "shape", shape, shape > 0);
    return Distributions.standardExponential(uniform(extents)).divide(shape).expm1();
  }

  /** Distribution function {@code x^shape} from 0 to 1. */
  default NDArray power(double shape, long... extents) {
    Distributions.require("power", "shape", shape, shape > 0);
    return uniform(extents).pow(1 / shape);
  }

  /** Cauchy's: quotients of two normal numbers. */
  default NDArray standardCauchy(long... extents) {
    return Distributions.open(uniform(extents)).subtract(0.5).multiply(Math.PI).tan();
  }

  /**
   * A density that rises from {@code left} to {@code mode} and falls to {@code right}.
   *
   * @throws UsageException unless {@code left <= mode <= right} and {@code left < right}
   */
  default NDArray triangular(double left, double mode, double right, long... extents) {
    boolean ordered = left <= mode && mode <= right && left < right;
    Distributions.require("triangular", "mode", mode, ordered);
    NDArray u = uniform(extents);
    double width = right - left;
    double rise = (mode - left) / width;
    NDArray low = u.multiply(width * (mode - left)).sqrt().add(left);
    NDArray rest = u.negative().add(1.0).multiply(width * (right - mode));
    return u.less(rise).where(low, rest.sqrt().negative().add(right));
  }

  /**
   * True with a probability.
   *
   * @throws UsageException for a probability below 0 or above 1
   */
  default NDArray bernoulli(double probability, long... extents) {
    Distributions.requireProbability("bernoulli", probability);
    return uniform(extents).less(probability);
  }

  /**
   * How many of {@code n} come true, each with a probability; int64.
   *
   * @throws UsageException for a negative n, a probability out of range, or a variance above 900
   */
  default NDArray binomial(long n, double probability, long... extents) {
    Distributions.requireProbability("binomial", probability);
    Distributions.require("binomial", "n", n, n >= 0);
    return Distributions.binomial(uniform(extents), n, probability);
  }

  /**
   * How many events that come one by one, on average {@code rate}; int64.
   *
   * @throws UsageException for a negative rate, or one above 900
   */
  default NDArray poisson(double rate, long... extents) {
    Distributions.require("poisson", "rate", rate, rate >= 0);
    return Distributions.poisson(uniform(extents), rate);
  }

  /**
   * How many trials until one comes true, that one included; int64.
   *
   * @throws UsageException for a probability of 0, below or above 1
   */
  default NDArray geometric(double probability, long... extents) {
    Distributions.requireProbability("geometric", probability);
    Distributions.require("geometric", "probability", probability, probability > 0);
    NDArray exponential = Distributions.standardExponential(uniform(extents));
    NDArray trials = exponential.divide(-Math.log1p(-probability)).ceil();
    return trials.maximum(1.0).cast(DType.INT64);
  }

  /**
   * Numbers from 0 to before the number of weights, each with a probability proportional to its
   * weight; int64.
   *
   * @throws UsageException for weights that are negative or add up to nothing, and for more than
   *     512
   */
  default NDArray weighted(double[] weights, long... extents) {
    double total = Arrays.stream(weights).sum();
    boolean fits = Arrays.stream(weights).allMatch(w -> w >= 0) && total > 0;
    Distributions.require("weighted", "the sum of the weights", total, fits);
    return Distributions.weighted(uniform(extents), weights);
  }

  /**
   * Elements of a vector, each as likely as any, drawn again and again. Positions are computed now.
   *
   * @throws UsageException for an array without elements, or of another rank
   */
  default NDArray choice(NDArray from, long... extents) {
    if (from.rank() != 1 || from.size() == 0) {
      throw new UsageException(
          "choice: shape %s; use a vector with elements".formatted(from.shape()));
    }
    return from.take(integers(0, from.size(), extents), 0);
  }

  /** The integers from 0 to before {@code n} in random order, int64. */
  default NDArray permutation(long n) {
    return uniform(n).argsort(0, false);
  }

  /**
   * So many elements of a vector in random order, none of them twice; with its length, all.
   *
   * @throws UsageException for another rank, and for more elements than there are
   */
  default NDArray permuted(NDArray from, long count) {
    if (from.rank() != 1 || count < 0 || count > from.size()) {
      throw new UsageException(
          "permuted: %d of shape %s; use a vector, and up to as many as it has"
              .formatted(count, from.shape()));
    }
    return from.take(Pieces.part(permutation(from.size()), 0, 0, count), 0);
  }
}
