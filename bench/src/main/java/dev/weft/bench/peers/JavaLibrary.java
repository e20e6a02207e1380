package dev.weft.bench.peers;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What peers that are Java libraries of matrices share: inputs by name, and results of vectors and
 * matrices. They are measured in float64, and draw no random numbers.
 *
 * @param <M> the library's matrix
 */
abstract class JavaLibrary<M> implements PeerSystem {

  private final Map<String, DenseArray> inputs = new HashMap<>();
  private final Map<String, M> matrices = new HashMap<>();

  /** The library's name and version. */
  abstract String version();

  /** The matrix of the elements, which may be used in place. */
  abstract M matrix(double[] elements, int rows, int columns);

  /** The elements, row by row. */
  abstract double[] elements(M matrix);

  /** The ways to run a workload; empty where the library has no such thing. */
  abstract Map<String, Supplier<Result>> select(String workload);

  @Override
  public void load(String name, DenseArray array) {
    inputs.put(name, array);
  }

  @Override
  public void unload() {
    inputs.clear();
    matrices.clear();
  }

  @Override
  public void close() {
    unload();
  }

  @Override
  public DenseArray draw(String workload, String dtype, int count) {
    throw new UnsupportedWorkload("no random workload is measured on " + version());
  }

  @Override
  public Map<String, Supplier<Result>> prepare(String workload, String dtype, int n) {
    if (!dtype.equals("float64")) {
      throw new UnsupportedWorkload(version() + " is measured in float64 only");
    }
    Map<String, Supplier<Result>> variants = select(workload);
    if (variants.isEmpty()) {
      throw new UnsupportedWorkload("not measured on " + version());
    }
    return variants;
  }

  DenseArray input(String name) {
    DenseArray array = inputs.get(name);
    if (array == null) {
      throw new IllegalStateException("array " + name + " was not loaded");
    }
    return array;
  }

  /** A loaded table, or a loaded vector as one column. */
  M matrix(String name) {
    return matrices.computeIfAbsent(
        name,
        key -> {
          DenseArray array = input(key);
          int[] shape = array.shape();
          return matrix(array.doubles(), shape[0], shape.length > 1 ? shape[1] : 1);
        });
  }

  int rows(String name) {
    return input(name).shape()[0];
  }

  int columns(String name) {
    return input(name).shape()[1];
  }
}
