package dev.weft.bench.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands for a result in the protocol: shapes, sums, extremes and sampled elements. */
final class Digest {

  private static final int SAMPLES = 1000;
  private static final long STRIDE = 2654435761L;

  private Digest() {}

  static Map<String, Object> of(List<DenseArray> results) {
    List<Object> values = new ArrayList<>();
    for (DenseArray result : results) {
      values.add(one(result));
    }
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("values", values);
    return digest;
  }

  private static Map<String, Object> one(DenseArray array) {
    int size = array.size();
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double v = array.get(i);
      sum += v;
      min = Math.min(min, v);
      max = Math.max(max, v);
    }
    List<Object> samples = new ArrayList<>();
    for (int j = 0; j < Math.min(size, SAMPLES); j++) {
      samples.add(array.get(size <= SAMPLES ? j : (int) (j * STRIDE % size)));
    }
    List<Object> shape = new ArrayList<>();
    for (int extent : array.shape()) {
      shape.add(extent);
    }
    Map<String, Object> digest = new LinkedHashMap<>();
    digest.put("shape", shape);
    digest.put("dtype", array.dtype());
    digest.put("sum", sum);
    digest.put("min", min);
    digest.put("max", max);
    digest.put("samples", samples);
    return digest;
  }

  /** The variance of the elements, in float64. */
  static double variance(DenseArray array) {
    double mean = 0;
    for (int i = 0; i < array.size(); i++) {
      mean += array.get(i);
    }
    mean /= array.size();
    double squares = 0;
    for (int i = 0; i < array.size(); i++) {
      squares += (array.get(i) - mean) * (array.get(i) - mean);
    }
    return squares / array.size();
  }
}
