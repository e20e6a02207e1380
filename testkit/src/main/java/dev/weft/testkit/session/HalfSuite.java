package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.testkit.conformance.NumpyFixtures;
import dev.weft.testkit.conformance.UlpDistance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays of float16 beside NumPy's: what no single kernel computes. */
public abstract class HalfSuite extends SessionSuite {
  private NDArray array(double... values) {
    return session.array(values).cast(DType.FLOAT16);
  }

  private static double[] values(NDArray x) {
    try (HostArray values = x.compute()) {
      return values.toDoubleArray();
    }
  }

  @Test
  final void reductionsAreRoundedOnce() {
    for (String line : NumpyFixtures.lines("numpy/float16.txt")) {
      String[] sides = line.split(" \\| ");
      String[] words = sides[0].split(" ");
      List<Scalar> values = NumpyFixtures.scalars(DType.FLOAT16, words, 2);
      NDArray x = array(values.stream().mapToDouble(Scalar::floating).toArray());
      Scalar expected = NumpyFixtures.scalar(DType.of(words[1]), sides[1]);
      for (long chunk : new long[] {x.size(), 7}) {
        NDArray found = Reductions.reduce(words[0], x.rechunk(chunk));
        assertThat(found.dtype()).as(words[0]).isEqualTo(expected.dtype());
        Scalar actual =
            expected.dtype().isFloating()
                ? Scalar.of(expected.dtype(), found.toDouble())
                : new Scalar(expected.dtype(), (long) found.toDouble(), 0);
        assertThat(UlpDistance.ulps(expected, actual)).as(line).isZero();
      }
    }
  }

  @Test
  final void typesAreNumpys() {
    NDArray x = array(1, 2);
    assertThat(x.multiply(1.5).dtype()).isEqualTo(DType.FLOAT16);
    assertThat(x.add(session.ones(DType.INT8, 2)).dtype()).isEqualTo(DType.FLOAT16);
    assertThat(x.add(session.ones(DType.INT16, 2)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(x.add(session.ones(DType.INT32, 2)).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(session.ones(DType.UINT8, 2).sqrt().dtype()).isEqualTo(DType.FLOAT16);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(values(x.add(100_000))).containsExactly(infinity, infinity);
  }

  @Test
  final void otherFunctionsKeepTheType() {
    NDArray x = array(60000, 60000, -0.0, 0.1);
    assertThat(values(x.sum())).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(values(x.slice(":2").mean())).containsExactly(60000);
    assertThat(values(x.cumsum(0).slice(":2"))).containsExactly(60000, Double.POSITIVE_INFINITY);
    NDArray third = array(1, 2, 3).divide(3);
    assertThat(values(third)).containsExactly(0.333251953125, 0.66650390625, 1);
    NDArray product = array(1, 2, 3, 4).reshape(2, 2).matmul(array(1, 0.5).reshape(2, 1));
    assertThat(product.dtype()).isEqualTo(DType.FLOAT16);
    assertThat(values(product)).containsExactly(2, 5);
    assertThat(values(x.take(new long[] {3, 2}, 0))).containsExactly(0.0999755859375, -0.0);
    assertThat(values(session.concatenate(0, x.slice("3:"), array(7))))
        .containsExactly(0.0999755859375, 7);
    assertThat(x.compute()).hasToString("[ 6.e+04  6.e+04 -0.e+00  1.e-01]");
  }
}
