package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.routine.CountBins;
import dev.weft.core.routine.CountValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts of elements by value. */
final class Histograms {
  private Histograms() {}

  /** Counts, or sums of weights, between ascending edges. */
  static NDArray histogram(NDArray x, double[] edges, @Nullable NDArray weights) {
    requireEdges("histogram", edges);
    NDArray values = x.cast(DType.FLOAT64);
    NDArray bounds = x.session().array(edges);
    boolean whole = weights != null && !weights.dtype().isFloating();
    List<NDArray> operands = new ArrayList<>(List.of(values));
    if (weights != null) {
      requireWeights("histogram", x, weights);
      operands.add(weights.cast(DType.FLOAT64));
    }
    DType result = weights == null ? DType.INT64 : DType.FLOAT64;
    NDArray counted =
        CountedPieces.sum(new CountBins(), operands, bounds, edges.length - 1, result);
    return whole ? counted.cast(DType.INT64) : counted;
  }

  /** Counts, or sums of weights, of the rows of a matrix in the boxes between ascending edges. */
  static NDArray grid(NDArray rows, double[][] edges, @Nullable NDArray weights) {
    if (rows.rank() != 2 || rows.shape().extent(1) != edges.length || edges.length == 0) {
      throw new UsageException(
          "histogramdd: shape %s and edges for %d columns; use a row for each point, and edges for each column"
              .formatted(rows.shape(), edges.length));
    }
    rows.dtype().requireReal("histogramdd");
    long[] extents = new long[edges.length];
    NDArray box = rows.session().zeros(DType.INT64, rows.shape().extent(0));
    NDArray inside = rows.session().ones(DType.BOOL, rows.shape().extent(0));
    long boxes = 1;
    for (int column = 0; column < edges.length; column++) {
      requireEdges("histogramdd", edges[column]);
      NDArray x = rows.slice(Index.all(), Index.at(column)).cast(DType.FLOAT64);
      double last = edges[column][edges[column].length - 1];
      NDArray place = digitize(x, edges[column], false).subtract(x.equal(last).cast(DType.INT64));
      extents[column] = edges[column].length - 1L;
      inside = inside.logicalAnd(place.greater(0L)).logicalAnd(place.lessEqual(extents[column]));
      box = box.multiply(extents[column]).add(place.subtract(1L));
      boxes = Math.multiplyExact(boxes, extents[column]);
    }
    // Rows outside are counted behind all boxes.
    List<NDArray> operands = new ArrayList<>(List.of(inside.where(box, boxes)));
    if (weights != null) {
      requireWeights("histogramdd", box, weights);
      operands.add(weights.cast(DType.FLOAT64));
    }
    DType result = weights == null ? DType.INT64 : DType.FLOAT64;
    NDArray counts = CountedPieces.sum(new CountValues(), operands, null, boxes + 1, result);
    return Pieces.part(counts, 0, 0, boxes).reshape(extents);
  }

  /** Edges of bins of equal width; looks at the elements where no range is given. */
  static double[] edges(NDArray x, long bins, double @Nullable [] range) {
    if (bins < 1) {
      throw new UsageException("histogram: %d bins; use 1 or more".formatted(bins));
    }
    double low = 0;
    double high = 1;
    if (range != null) {
      low = range[0];
      high = range[1];
    } else if (x.size() > 0) {
      List<HostArray> ends = x.session().compute(x.min(), x.max());
      low = ends.get(0).item();
      high = ends.get(1).item();
      ends.forEach(HostArray::close);
    }
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new UsageException(
          "histogram: the range goes from %s to %s; give a finite one that ascends, such as range=(0, 1)"
              .formatted(low, high));
    }
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    double[] edges = new double[Math.toIntExact(bins + 1)];
    double step = (high - low) / bins;
    for (int i = 0; i < edges.length; i++) {
      edges[i] = i * step + low;
    }
    edges[edges.length - 1] = high;
    return edges;
  }

  private static void requireEdges(String name, double[] edges) {
    if (edges.length < 2) {
      throw new UsageException(
          "%s: %d edges make no bin; use 2 or more".formatted(name, edges.length));
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i - 1] <= edges[i])) {
        throw new UsageException(
            "%s: edge %d is %s and edge %d is %s; edges must ascend"
                .formatted(name, i - 1, edges[i - 1], i, edges[i]));
      }
    }
  }

  private static void requireWeights(String name, NDArray x, NDArray weights) {
    if (!weights.shape().equals(x.shape())) {
      throw new UsageException(
          "%s: weights of shape %s for elements of shape %s; the shapes must be equal"
              .formatted(name, weights.shape(), x.shape()));
    }
  }

  /** How often each of 0, 1, 2 … is there; looks at the elements. */
  static NDArray bincount(NDArray x, @Nullable NDArray weights, long least) {
    if (x.rank() != 1 || !x.dtype().isInteger() && x.dtype() != DType.BOOL) {
      throw new UsageException(
          "bincount: %s of shape %s; use a vector of integers".formatted(x.dtype(), x.shape()));
    }
    if (least < 0) {
      throw new UsageException("bincount: minlength is %d; use 0 or more".formatted(least));
    }
    NDArray values = x.cast(DType.INT64);
    long length = least;
    if (x.size() > 0) {
      long[] ends = Gathering.ends(values);
      length = Math.max(least, ends[1] + 1);
      if (ends[0] < 0) {
        throw new UsageException(
            "bincount: %d is negative; count what is not negative, or use unique"
                .formatted(ends[0]));
      }
    }
    List<NDArray> operands = new ArrayList<>(List.of(values));
    if (weights != null) {
      requireWeights("bincount", x, weights);
      operands.add(weights.cast(DType.FLOAT64));
    }
    DType result = weights == null ? DType.INT64 : DType.FLOAT64;
    return CountedPieces.sum(new CountValues(), operands, null, length, result);
  }

  /** The bin of each element: between which edges it lies, counted from 1. */
  static NDArray digitize(NDArray x, double[] edges, boolean right) {
    boolean descends = edges.length > 1 && edges[0] > edges[edges.length - 1];
    double[] ascending = edges.clone();
    if (descends) {
      for (int i = 0; i < edges.length; i++) {
        ascending[i] = edges[edges.length - 1 - i];
      }
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(ascending[i - 1] <= ascending[i])) {
        throw new UsageException(
            "digitize: bins %s neither ascend nor descend".formatted(Arrays.toString(edges)));
      }
    }
    NDArray bounds = x.session().array(ascending);
    NDArray place = Ordering.search(bounds, x, !right);
    return descends ? place.negative().add((long) edges.length) : place;
  }
}
