package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Counts of points in the boxes of a grid. */
final class GridHistograms {
  private static final int BINS = 10;

  private GridHistograms() {}

  static Value apply(Call call) {
    boolean plane = call.name().equals("histogram2d");
    NDArray points =
        plane
            ? call.session().stack(1, call.array("x").ravel(), call.array("y").ravel())
            : call.array("sample");
    int columns = points.rank() == 2 ? Math.toIntExact(points.shape().extent(1)) : 0;
    List<Value> bins = each(call, "bins", columns, new Value.Whole(BINS));
    List<Value> ranges = each(call, "range", columns, Value.Special.NONE);
    double[][] edges = new double[columns][];
    for (int column = 0; column < columns; column++) {
      NDArray x = points.slice(Index.all(), Index.at(column));
      edges[column] = edges(call, x, bins.get(column), ranges.get(column));
    }
    NDArray counts =
        call.has("weights")
            ? points.histogramdd(call.array("weights"), edges)
            : points.histogramdd(edges);
    NDArray[] bounds = Arrays.stream(edges).map(call.session()::array).toArray(NDArray[]::new);
    // As in NumPy, counts are floating numbers here.
    NDArray result = call.truth("density") ? density(counts, bounds) : counts.cast(DType.FLOAT64);
    if (plane) {
      return ElementFunctions.tuple(result, bounds[0], bounds[1]);
    }
    List<Value> listed = Arrays.stream(bounds).<Value>map(Array::new).toList();
    return new Items(List.of(new Array(result), new Items(listed, true)), false);
  }

  private static NDArray density(NDArray counts, NDArray[] bounds) {
    NDArray density = counts.divide(counts.sum());
    for (int column = 0; column < bounds.length; column++) {
      long[] along = new long[bounds.length];
      Arrays.fill(along, 1);
      along[column] = -1;
      density = density.divide(bounds[column].diff(1, 0).reshape(along));
    }
    return density;
  }

  /** One value for each column; a single number, or nothing, is for all of them. */
  private static List<Value> each(Call call, String parameter, int columns, Value otherwise) {
    if (!call.has(parameter)) {
      return Collections.nCopies(columns, otherwise);
    }
    if (call.value(parameter) instanceof Items(List<Value> items, boolean list)
        && items.size() == columns) {
      return items;
    }
    if (!call.value(parameter).isNumber()) {
      throw call.wrong(parameter, "one for each of %d columns".formatted(columns));
    }
    return Collections.nCopies(columns, call.value(parameter));
  }

  private static double[] edges(Call call, NDArray x, Value bins, Value range) {
    if (!bins.isNumber()) {
      return Call.numbers(call.evaluator().conversion().array(bins));
    }
    double[] ends = null;
    if (range instanceof Items(List<Value> items, boolean list) && items.size() == 2) {
      ends = new double[] {PythonNumbers.real(items.get(0)), PythonNumbers.real(items.get(1))};
    } else if (range != Value.Special.NONE) {
      throw call.wrong("range", "two numbers for each column, such as [(0, 1), (0, 1)]");
    }
    return x.histogramEdges(PythonNumbers.whole(bins), ends);
  }
}
