package dev.weft.core;

import dev.weft.core.error.UsageException;

/** Statistics of samples, by SciPy's names and rules; computed in float64. */
public sealed interface SampleMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * Means of powers of what elements are above the mean; the second is the variance. Integers give
   * float64.
   *
   * @param order of the power, 0 or more
   * @param axes none for all
   * @throws UsageException for a negative order
   */
  default NDArray moment(int order, int... axes) {
    return Samples.moment(self(), order, axes);
  }

  /**
   * How far a sample leans: the third moment divided by the deviation's cube. NaN where all
   * elements are equal.
   */
  default NDArray skew(int... axes) {
    return Samples.skew(self(), true, axes);
  }

  /** The same corrected for a small sample, if not {@code biased}. */
  default NDArray skew(boolean biased, int... axes) {
    return Samples.skew(self(), biased, axes);
  }

  /**
   * How heavy a sample's tails are: the fourth moment divided by the variance's square, minus 3,
   * which a normal distribution has. NaN where all elements are equal.
   */
  default NDArray kurtosis(int... axes) {
    return Samples.kurtosis(self(), true, axes);
  }

  /** The same corrected for a small sample, if not {@code biased}. */
  default NDArray kurtosis(boolean biased, int... axes) {
    return Samples.kurtosis(self(), biased, axes);
  }

  /** Elements as distances from the mean along an axis, in deviations of divisor n - ddof. */
  default NDArray zscore(double ddof, int axis) {
    return Samples.zscore(self(), ddof, axis);
  }

  /** Student's test whether the mean along an axis is {@code mean}. */
  default TTest tTest(double mean, int axis) {
    return Samples.one(self(), mean, axis);
  }

  /**
   * Student's test whether two samples have one mean.
   *
   * @param equalVariances whether their variances are taken as one; else it is Welch's test
   */
  default TTest tTest(NDArray other, boolean equalVariances, int axis) {
    return Samples.two(self(), self().session().own(other), equalVariances, axis);
  }

  /**
   * Student's test whether pairs differ by 0 in the mean.
   *
   * @throws UsageException where the samples are not of one extent
   */
  default TTest tTestPairs(NDArray other, int axis) {
    return Samples.pairs(self(), self().session().own(other), axis);
  }

  /**
   * What a t-test gives.
   *
   * @param statistic how far the means are apart, in deviations of the mean
   * @param freedom degrees of freedom, of the statistic's shape
   */
  record TTest(NDArray statistic, NDArray freedom) {}
}
