package dev.weft.bench.peers;

/**
 * A dense row-major array as it lies in a .npy file: {@code data} is a {@code double[]} or a {@code
 * float[]}.
 */
record DenseArray(int[] shape, Object data) {

  static DenseArray scalar(double value) {
    return new DenseArray(new int[0], new double[] {value});
  }

  static DenseArray of(double[] values, int... shape) {
    return new DenseArray(shape, values);
  }

  int size() {
    return data instanceof double[] d ? d.length : ((float[]) data).length;
  }

  double get(int index) {
    return data instanceof double[] d ? d[index] : ((float[]) data)[index];
  }

  /** The elements as float64; the array itself where it already is. */
  double[] doubles() {
    if (data instanceof double[] d) {
      return d;
    }
    throw new UnsupportedWorkload("the Java baselines are loops over double[]; float64 only");
  }

  String dtype() {
    return data instanceof double[] ? "float64" : "float32";
  }
}
