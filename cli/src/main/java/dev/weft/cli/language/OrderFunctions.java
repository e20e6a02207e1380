package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.Axes;
import dev.weft.core.DistinctElements;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.routine.QuantileMethod;
import java.util.ArrayList;
import java.util.List;

/** Order, search, distinct elements and counts, with NumPy's arguments. */
final class OrderFunctions {
  static final List<String> ROWS =
      List.of(
          "sort(x, axis=-1, *, descending=False, kind=None, stable=None): ascending order; None for C order",
          "argsort(x, axis=-1, *, descending=False, kind=None, stable=None): positions that put an axis in order",
          "partition(x, kth, axis=-1): smaller elements before the kth, greater ones behind: all in order",
          "argpartition(x, kth, axis=-1): positions of partition",
          "topk(x, k, axis=-1): the k largest, largest first; with a negative k the smallest",
          "argtopk(x, k, axis=-1): positions of topk",
          "median(x, axis=None, *, keepdims=False): the element in the middle, or the mean of two",
          "nanmedian(x, axis=None, *, keepdims=False): median of what is not NaN",
          "quantile(x, q, axis=None, *, method='linear', keepdims=False): below which a part q lies",
          "nanquantile(x, q, axis=None, *, method='linear', keepdims=False): quantile of what is not NaN",
          "percentile(x, q, axis=None, *, method='linear', keepdims=False): quantile by percent",
          "nanpercentile(x, q, axis=None, *, method='linear', keepdims=False): percentile of what is not NaN",
          "searchsorted(a, v, side='left'): where values go in a sorted vector",
          "digitize(x, bins, right=False): number of the bin between edges, from 0",
          "histogram(x, bins=10, range=None, density=False, weights=None): counts and edges of bins, a tuple",
          "histogram2d(x, y, bins=10, range=None, density=False, weights=None): counts of points in boxes, and the edges, a tuple",
          "histogramdd(sample, bins=10, range=None, density=False, weights=None): counts of rows in boxes, and the edges, a tuple",
          "lexsort(keys): positions that put an axis in order by several keys, the last one first",
          "histogram_bin_edges(x, bins=10, range=None): edges of bins of equal width",
          "bincount(x, weights=None, minlength=0): how often each of 0, 1, 2 ... is there",
          "unique(x, return_index=False, return_inverse=False, return_counts=False, *, equal_nan=True): distinct elements in order",
          "unique_values(x): distinct elements in order, each NaN for itself",
          "unique_counts(x): distinct elements and how often they are there, a tuple",
          "unique_inverse(x): distinct elements and which one each element is, a tuple",
          "unique_all(x): distinct elements, first positions, inverse, counts, a tuple",
          "isin(element, test_elements, *, invert=False): which elements are among others",
          "union1d(a, b): distinct elements of both",
          "intersect1d(a, b): distinct elements that are in both",
          "setdiff1d(a, b): distinct elements of a that are not in b",
          "setxor1d(a, b): distinct elements that are in one only");

  private OrderFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "histogram" -> histogram(call);
      case "histogram2d", "histogramdd" -> GridHistograms.apply(call);
      case "unique" -> unique(call);
      case "unique_counts" -> {
        DistinctElements all = call.array("x").distinct(false);
        yield ElementFunctions.tuple(all.values(), all.counts());
      }
      case "unique_inverse" -> {
        DistinctElements all = call.array("x").distinct(false);
        yield ElementFunctions.tuple(all.values(), all.inverse());
      }
      case "unique_all" -> {
        DistinctElements all = call.array("x").distinct(false);
        yield ElementFunctions.tuple(all.values(), all.index(), all.inverse(), all.counts());
      }
      default -> new Array(compute(call));
    };
  }

  private static NDArray compute(Call call) {
    return switch (call.name()) {
      case "sort", "argsort" -> ordered(call);
      case "partition", "argpartition" -> partition(call);
      case "lexsort" -> call.session().lexsort(call.arrays("keys"));
      case "topk" -> lines(call).topk(call.integer("k"), axis(call));
      case "argtopk" -> lines(call).argtopk(call.integer("k"), axis(call));
      case "median" -> ReductionFunctions.axes(call).reduce(call.array("x"), NDArray::median);
      case "nanmedian" -> ReductionFunctions.axes(call).reduce(call.array("x"), NDArray::nanmedian);
      case "quantile", "nanquantile", "percentile", "nanpercentile" -> quantile(call);
      case "searchsorted" ->
          call.array("a").searchsorted(call.array("v"), side(call).equals("right"));
      case "digitize" -> call.array("x").digitize(call.numbers("bins"), call.truth("right"));
      case "histogram_bin_edges" -> call.session().array(edges(call));
      case "bincount" ->
          call.has("weights")
              ? call.array("x").bincount(call.array("weights"), call.integer("minlength", 0))
              : call.array("x").bincount(call.integer("minlength", 0));
      case "unique_values" -> call.array("x").unique(false);
      case "isin" -> {
        NDArray found = call.array("element").isin(call.array("test_elements"));
        yield call.truth("invert") ? found.logicalNot() : found;
      }
      case "union1d" -> call.array("a").union1d(call.array("b"));
      case "intersect1d" -> call.array("a").intersect1d(call.array("b"));
      case "setdiff1d" -> call.array("a").setdiff1d(call.array("b"));
      case "setxor1d" -> call.array("a").setxor1d(call.array("b"));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  /** The array, in C order where the axis is None. */
  private static NDArray lines(Call call) {
    NDArray x = call.array("x");
    return call.isNone("axis") ? x.ravel() : x;
  }

  private static int axis(Call call) {
    return call.isNone("axis") ? 0 : call.axis("axis", -1);
  }

  private static NDArray ordered(Call call) {
    boolean descending = call.truth("descending");
    return call.name().equals("sort")
        ? lines(call).sort(axis(call), descending)
        : lines(call).argsort(axis(call), descending);
  }

  private static NDArray partition(Call call) {
    NDArray x = lines(call);
    int axis = x.shape().axis(call.name(), axis(call));
    long extent = x.shape().extent(axis);
    for (long kth : call.integers("kth")) {
      if (kth < -extent || kth >= extent) {
        throw new UsageException(
            "%s: kth is %d, and axis %d of shape %s allows %d to %d"
                .formatted(call.name(), kth, axis, x.shape(), -extent, extent - 1));
      }
    }
    return call.name().equals("partition") ? x.sort(axis) : x.argsort(axis);
  }

  private static NDArray quantile(Call call) {
    NDArray x = call.array("x");
    boolean one = call.value("q").isNumber();
    double[] given = call.numbers("q");
    double[] q =
        call.name().endsWith("percentile") ? QuantileMethod.fromPercent(call.name(), given) : given;
    QuantileMethod method = method(call);
    // As NumPy has it: several quantiles make an array of float64, with which all are computed.
    NDArray typed =
        !one && x.dtype().isFloating() && !method.isDiscrete() ? x.cast(DType.FLOAT64) : x;
    boolean skips = call.name().startsWith("nan");
    Axes axes = call.has("axis") ? Axes.of(call.axes("axis")) : Axes.all();
    NDArray all =
        (call.truth("keepdims") ? axes.keepDims() : axes)
            .reduceInto(
                1,
                typed,
                (array, over) ->
                    skips ? array.nanquantiles(q, method, over) : array.quantiles(q, method, over));
    return one ? all.squeeze(0) : all;
  }

  private static QuantileMethod method(Call call) {
    return QuantileMethod.of(
        call.value("method") instanceof Value.Word(String text) ? text : "linear");
  }

  private static String side(Call call) {
    String side = call.value("side") instanceof Value.Word(String text) ? text : "left";
    if (!side.equals("left") && !side.equals("right")) {
      throw call.wrong("side", "'left' or 'right'");
    }
    return side;
  }

  private static double[] edges(Call call) {
    if (!(call.value("bins") instanceof Value.Whole) && call.has("bins")) {
      return call.numbers("bins");
    }
    double[] range = call.has("range") ? call.numbers("range") : null;
    if (range != null && range.length != 2) {
      throw call.wrong("range", "two numbers, such as (0, 1)");
    }
    return call.array("x").histogramEdges(call.integer("bins", 10), range);
  }

  private static Value histogram(Call call) {
    double[] edges = edges(call);
    NDArray x = call.array("x");
    NDArray counts =
        call.has("weights") ? x.histogram(edges, call.array("weights")) : x.histogram(edges);
    NDArray bounds = call.session().array(edges);
    if (call.truth("density")) {
      NDArray density = counts.divide(counts.sum()).divide(bounds.diff(1, 0));
      return ElementFunctions.tuple(density, bounds);
    }
    return ElementFunctions.tuple(counts, bounds);
  }

  private static Value unique(Call call) {
    NDArray x = call.array("x");
    boolean equalNan = call.isTrue("equal_nan");
    boolean index = call.truth("return_index");
    boolean inverse = call.truth("return_inverse");
    boolean counts = call.truth("return_counts");
    if (!index && !inverse && !counts) {
      return new Array(x.unique(equalNan));
    }
    DistinctElements all = x.distinct(equalNan);
    List<NDArray> results = new ArrayList<>(List.of(all.values()));
    if (index) {
      results.add(all.index());
    }
    if (inverse) {
      results.add(all.inverse());
    }
    if (counts) {
      results.add(all.counts());
    }
    return ElementFunctions.tuple(results.toArray(NDArray[]::new));
  }
}
