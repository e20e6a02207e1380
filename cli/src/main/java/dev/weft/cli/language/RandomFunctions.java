package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.List;

/** Random numbers; those of one seed are the same, whatever the chunks and threads. */
final class RandomFunctions {
  static final List<String> ROWS =
      List.of(
          "random.uniform(low=0.0, high=1.0, size=None, *, seed=None, dtype=float64): uniform",
          "random.normal(loc=0.0, scale=1.0, size=None, *, seed=None, dtype=float64): normal",
          "random.integers(low, high=None, size=None, *, seed=None): integers below high",
          "random.random(size=None, *, seed=None, dtype=float64): uniform between 0 and 1",
          "random.standard_normal(size=None, *, seed=None, dtype=float64): normal",
          "random.exponential(scale=1.0, size=None, *, seed=None): waiting times",
          "random.standard_exponential(size=None, *, seed=None): waiting times of mean 1",
          "random.lognormal(mean=0.0, sigma=1.0, size=None, *, seed=None): of normal logarithms",
          "random.laplace(loc=0.0, scale=1.0, size=None, *, seed=None): two waiting times apart",
          "random.logistic(loc=0.0, scale=1.0, size=None, *, seed=None): logistic",
          "random.gumbel(loc=0.0, scale=1.0, size=None, *, seed=None): the largest of many",
          "random.rayleigh(scale=1.0, size=None, *, seed=None): distances in a plane",
          "random.weibull(a, size=None, *, seed=None): powers of waiting times",
          "random.pareto(a, size=None, *, seed=None): Pareto's, which begins at 0",
          "random.power(a, size=None, *, seed=None): density a x**(a - 1) from 0 to 1",
          "random.standard_cauchy(size=None, *, seed=None): Cauchy's",
          "random.triangular(left, mode, right, size=None, *, seed=None): rises and falls",
          "random.binomial(n, p, size=None, *, seed=None): how many of n come true",
          "random.poisson(lam=1.0, size=None, *, seed=None): how many events",
          "random.geometric(p, size=None, *, seed=None): trials until one comes true",
          "random.choice(a, size=None, replace=True, p=None, *, seed=None): elements, drawn again and again or each once",
          "random.permutation(x, *, seed=None): elements of the first axis, or integers below x, in random order");

  private RandomFunctions() {}

  static Value apply(Call call) {
    RandomArrays random =
        call.has("seed")
            ? call.session().random(call.integer("seed"))
            : call.evaluator().unseeded();
    long[] size = call.has("size") ? call.extents("size") : new long[0];
    return new Array(draw(call, random, size));
  }

  private static NDArray draw(Call call, RandomArrays random, long[] size) {
    return switch (call.name()) {
      case "random.random" -> random.uniform(dtype(call), size);
      case "random.standard_normal" -> random.normal(dtype(call), size);
      case "random.uniform" -> {
        double low = call.number("low", 0);
        double high = call.number("high", 1);
        NDArray unit = random.uniform(dtype(call), size);
        yield low == 0 && high == 1 ? unit : unit.multiply(high - low).add(low);
      }
      case "random.normal" -> {
        double loc = call.number("loc", 0);
        double scale = scale(call);
        NDArray unit = random.normal(dtype(call), size);
        yield loc == 0 && scale == 1 ? unit : unit.multiply(scale).add(loc);
      }
      case "random.integers" -> {
        long first = call.integer("low");
        yield call.has("high")
            ? random.integers(first, call.integer("high"), size)
            : random.integers(0, first, size);
      }
      case "random.choice" -> choice(call, random, size);
      case "random.permutation" -> {
        NDArray x = call.array("x");
        yield x.rank() == 0
            ? random.permutation(call.integer("x"))
            : x.take(random.permutation(x.shape().extent(0)), 0);
      }
      default -> distributed(call, random, size);
    };
  }

  private static NDArray distributed(Call call, RandomArrays random, long[] size) {
    return switch (call.name()) {
      case "random.exponential" -> random.exponential(scale(call), size);
      case "random.standard_exponential" -> random.exponential(1, size);
      case "random.lognormal" ->
          random.lognormal(call.number("mean", 0), call.number("sigma", 1), size);
      case "random.laplace" -> random.laplace(call.number("loc", 0), scale(call), size);
      case "random.logistic" -> random.logistic(call.number("loc", 0), scale(call), size);
      case "random.gumbel" -> random.gumbel(call.number("loc", 0), scale(call), size);
      case "random.rayleigh" -> random.rayleigh(scale(call), size);
      case "random.weibull" -> random.weibull(call.number("a", 1), size);
      case "random.pareto" -> random.pareto(call.number("a", 1), size);
      case "random.power" -> random.power(call.number("a", 1), size);
      case "random.standard_cauchy" -> random.standardCauchy(size);
      case "random.triangular" ->
          random.triangular(
              call.number("left", 0), call.number("mode", 0), call.number("right", 1), size);
      case "random.binomial" -> random.binomial(call.integer("n"), call.number("p", 0), size);
      case "random.poisson" -> random.poisson(call.number("lam", 1), size);
      case "random.geometric" -> random.geometric(call.number("p", 1), size);
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static DType dtype(Call call) {
    return call.dtype("dtype", DType.FLOAT64);
  }

  private static double scale(Call call) {
    return call.number("scale", 1);
  }

  /** An integer stands for the numbers below it. */
  private static NDArray choice(Call call, RandomArrays random, long[] size) {
    boolean number = call.value("a") instanceof Value.Whole;
    if (!call.isTrue("replace")) {
      if (call.has("p")) {
        throw new UsageException(
            "random.choice: p with replace=False is not there yet; leave one of them out");
      }
      NDArray from = number ? call.session().arange(call.integer("a")) : call.array("a");
      return random.permuted(from, Shape.of(size).size()).reshape(size);
    }
    if (!call.has("p")) {
      return number
          ? random.integers(0, call.integer("a"), size)
          : random.choice(call.array("a"), size);
    }
    double[] weights = call.numbers("p");
    NDArray positions = random.weighted(weights, size);
    long count = number ? call.integer("a") : call.array("a").size();
    if (count != weights.length) {
      throw new UsageException(
          "random.choice: %d probabilities for %d elements; give one for each"
              .formatted(weights.length, count));
    }
    return number ? positions : call.array("a").take(positions, 0);
  }
}
