package dev.weft.core.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chains of ten thousand operations: no recursion, nothing quadratic. */
@Timeout(600)
class LongChainsTest {
  private static final int LENGTH = 10_000;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x = session.array(new double[] {1, 2, 3, 4, 5, 6, 7, 8});

  @AfterEach
  void close() {
    session.close();
  }

  private static double first(NDArray y) {
    try (HostArray values = y.compute()) {
      return values.toDoubleArray()[0];
    }
  }

  private NDArray repeat(int times, BiFunction<NDArray, Integer, NDArray> step) {
    NDArray y = x;
    for (int i = 0; i < times; i++) {
      y = step.apply(y, i);
    }
    return y;
  }

  @Test
  void ofOneOperation() {
    assertThat(first(repeat(LENGTH, (y, i) -> y.add(1.0)))).isEqualTo(1 + LENGTH);
  }

  @Test
  void underASlice() {
    assertThat(first(repeat(LENGTH, (y, i) -> y.add(1.0)).slice("3:"))).isEqualTo(4 + LENGTH);
  }

  @Test
  void withAViewAtEveryStep() {
    assertThat(first(repeat(LENGTH, (y, i) -> y.add(1.0).flip()))).isEqualTo(1 + LENGTH);
  }

  @Test
  void withAReshapeAtEveryStep() {
    long[][] shapes = {{2, 4}, {8}};
    assertThat(first(repeat(LENGTH, (y, i) -> y.add(1.0).reshape(shapes[i % 2]))))
        .isEqualTo(1 + LENGTH);
  }

  @Test
  void inWhichEveryStepReadsTheLastTwice() {
    NDArray y = repeat(LENGTH, (z, i) -> z.multiply(0.5).add(z.multiply(0.5)));
    assertThat(first(y)).isOne();
  }

  @Test
  void ofReductions() {
    NDArray y = repeat(LENGTH / 20, (z, i) -> z.subtract(z.max()).add(8.0));
    assertThat(first(y)).isOne();
  }

  @Test
  void ofSlicesThatShrink() {
    NDArray y = session.arange(LENGTH + 1).cast(DType.FLOAT64);
    for (int i = 0; i < LENGTH; i++) {
      y = y.add(1.0).slice("1:");
    }
    assertThat(first(y)).isEqualTo(2 * LENGTH);
  }
}
