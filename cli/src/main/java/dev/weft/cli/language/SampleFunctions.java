package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.NDArray;
import dev.weft.core.SampleMethods.TTest;
import java.util.List;

/** Statistics of samples, by SciPy's names; over axis 0 unless another is given, None for all. */
final class SampleFunctions {
  static final List<String> ROWS =
      List.of(
          "moment(x, order=1, axis=0): means of powers of distances from the mean",
          "skew(x, axis=0, bias=True): how far a sample leans",
          "kurtosis(x, axis=0, fisher=True, bias=True): how heavy the tails are; normal is 0",
          "zscore(x, axis=0, ddof=0): distances from the mean in deviations",
          "ttest_1samp(x, popmean, axis=0): t-test of a mean; a tuple of statistic and degrees of freedom",
          "ttest_ind(a, b, axis=0, equal_var=True): t-test of two samples; statistic, degrees of freedom",
          "ttest_rel(a, b, axis=0): t-test of pairs; statistic, degrees of freedom");

  private SampleFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "moment" -> new Array(sample(call, "x").moment(call.small("order", 1), axes(call)));
      case "skew" -> new Array(sample(call, "x").skew(call.isTrue("bias"), axes(call)));
      case "kurtosis" -> {
        NDArray excess = sample(call, "x").kurtosis(call.isTrue("bias"), axes(call));
        yield new Array(call.isTrue("fisher") ? excess : excess.add(3.0));
      }
      case "zscore" -> zscore(call);
      case "ttest_1samp" -> tuple(sample(call, "x").tTest(call.number("popmean", 0), axis(call)));
      case "ttest_ind" ->
          tuple(sample(call, "a").tTest(sample(call, "b"), call.isTrue("equal_var"), axis(call)));
      case "ttest_rel" -> tuple(sample(call, "a").tTestPairs(sample(call, "b"), axis(call)));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static Value zscore(Call call) {
    NDArray x = call.array("x");
    NDArray scores = sample(call, "x").zscore(call.number("ddof", 0), axis(call));
    return new Array(call.isNone("axis") ? scores.reshape(Call.longs(x.shape())) : scores);
  }

  private static Value tuple(TTest test) {
    return ElementFunctions.tuple(test.statistic(), test.freedom());
  }

  /** All elements as one sample for axis=None. */
  private static NDArray sample(Call call, String parameter) {
    NDArray x = call.array(parameter);
    return call.isNone("axis") ? x.ravel() : x;
  }

  private static int axis(Call call) {
    return call.isNone("axis") ? 0 : call.axis("axis", 0);
  }

  private static int[] axes(Call call) {
    return call.has("axis") ? call.axes("axis") : new int[] {0};
  }
}
