package dev.weft.bench.peers;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Results of the Java libraries, which are turned into arrays only when they are read. */
final class Answers {

  private Answers() {}

  static PeerSystem.Result scalars(double... values) {
    return () -> Arrays.stream(values).mapToObj(DenseArray::scalar).toList();
  }

  static PeerSystem.Result vector(Supplier<double[]> elements) {
    return () -> {
      double[] values = elements.get();
      return List.of(DenseArray.of(values, values.length));
    };
  }

  static PeerSystem.Result table(Supplier<double[]> elements, int rows, int columns) {
    return () -> List.of(DenseArray.of(elements.get(), rows, columns));
  }
}
