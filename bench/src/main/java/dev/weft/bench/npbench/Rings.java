package dev.weft.bench.npbench;

import dev.weft.core.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Means of data over rings of a radius: azimuthal integration. */
final class Rings {
  private Rings() {}

  /** By a mask for each ring, all of them in one job. */
  static NDArray byMasks(NDArray data, NDArray radius, int rings) {
    NDArray end = radius.max();
    List<NDArray> means = new ArrayList<>();
    for (int ring = 0; ring < rings; ring++) {
      NDArray inside =
          radius
              .greaterEqual(end.multiply(ring / (double) rings))
              .logicalAnd(radius.less(end.multiply((ring + 1) / (double) rings)));
      means.add(inside.where(data, 0.0).sum().divide(inside.countNonzero()));
    }
    return data.session().stack(0, means.toArray(NDArray[]::new));
  }

  /** By a histogram with weights and one without, whose edges are computed first. */
  static NDArray byHistograms(NDArray data, NDArray radius, int rings) {
    double[] edges = radius.histogramEdges(rings, null);
    return radius.histogram(edges, data).divide(radius.histogram(edges));
  }
}
