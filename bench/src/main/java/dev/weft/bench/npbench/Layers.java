package dev.weft.bench.npbench;

import dev.weft.core.NDArray;
import java.util.function.Function;

/** Programs of neural networks, as functions of arrays that are found by name. */
final class Layers {
  private final Function<String, NDArray> arrays;

  Layers(Function<String, NDArray> arrays) {
    this.arrays = arrays;
  }

  private NDArray array(String name) {
    return arrays.apply(name);
  }

  static NDArray softmax(NDArray x) {
    int last = x.rank() - 1;
    NDArray e = x.subtract(x.max(last).expandDims(last)).exp();
    return e.divide(e.sum(last).expandDims(last));
  }

  private NDArray dense(NDArray x, String weights, String bias) {
    return x.matmul(array(weights)).add(array(bias));
  }

  NDArray mlp() {
    NDArray first = dense(array("x"), "w1", "b1").maximum(0.0);
    NDArray second = dense(first, "w2", "b2").maximum(0.0);
    return softmax(dense(second, "w3", "b3"));
  }

  NDArray lenet() {
    NDArray first = pooled(convolution(array("x"), array("w1"), array("b1")).maximum(0.0));
    NDArray second = pooled(convolution(first, array("w2"), array("b2")).maximum(0.0));
    NDArray flat = second.reshape(second.shape().extent(0), -1);
    NDArray third = dense(flat, "f1", "c1").maximum(0.0);
    NDArray fourth = dense(third, "f2", "c2").maximum(0.0);
    return dense(fourth, "f3", "c3");
  }

  /** Images (n, rows, columns, channels) by weights (k, k, channels, outputs), and a bias. */
  static NDArray convolution(NDArray x, NDArray weights, NDArray bias) {
    long kernel = weights.shape().extent(0);
    long rows = x.shape().extent(1) - kernel + 1;
    long columns = x.shape().extent(2) - kernel + 1;
    NDArray total = bias;
    for (long i = 0; i < kernel; i++) {
      for (long j = 0; j < kernel; j++) {
        NDArray part = x.slice(":, %d:%d, %d:%d".formatted(i, i + rows, j, j + columns));
        total = total.add(part.matmul(weights.slice("%d, %d".formatted(i, j))));
      }
    }
    return total;
  }

  /** The largest of each 2 × 2 pixels. */
  private static NDArray pooled(NDArray x) {
    long[] shape = x.shape().extents();
    return x.reshape(shape[0], shape[1] / 2, 2, shape[2] / 2, 2, shape[3]).max(2, 4);
  }
}
