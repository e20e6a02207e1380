package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Axes that stay, types of sums and initial values, by the names that Java has for them. */
class ReductionArgumentsTest {
  private final int[][] rows = {{3, -1, 4}, {-1, 5, -9}};
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toDoubleArray();
    }
  }

  @Test
  void positionsKeepTheirAxes() {
    NDArray x = session.array(rows);
    NDArray rowwise = x.argmax(Axes.of(1).keepDims());
    assertThat(rowwise.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(values(rowwise)).containsExactly(2, 1);
    NDArray overall = x.argmin(Axes.all().keepDims());
    assertThat(overall.shape()).isEqualTo(Shape.of(1, 1));
    assertThat(values(overall)).containsExactly(5);
    NDArray holes = session.array(new double[][] {{Double.NaN, 2}, {7, 1}});
    assertThat(values(holes.nanargmin(Axes.of(0).keepDims()))).containsExactly(1, 1);
    assertThat(values(holes.nanargmax(Axes.of(0)))).containsExactly(1, 0);
  }

  @Test
  void sumsAndProductsAreOfTheTypeGiven() {
    NDArray x = session.array(new byte[][] {{100, 100}, {2, 3}});
    NDArray sums = x.sum(DType.INT8, Axes.of(1).keepDims());
    assertThat(sums.dtype()).isEqualTo(DType.INT8);
    assertThat(sums.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(values(sums)).containsExactly(-56, 5);
    NDArray products = x.prod(DType.FLOAT32, Axes.of(0));
    assertThat(products.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(values(products)).containsExactly(200, 300);
    assertThat(values(x.prod(DType.INT8))).containsExactly(96);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void runningSumsBeginWithTheInitialValue(int length) {
    NDArray x = session.array(rows).rechunk(length, length);
    assertThat(values(x.cumulativeSum(1, null, false))).containsExactly(3, 2, 6, -1, 4, -5);
    NDArray sums = x.cumulativeSum(0, DType.FLOAT32, true);
    assertThat(sums.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(values(sums)).containsExactly(0, 0, 0, 3, -1, 4, 2, 4, -5);
    assertThat(values(x.cumulativeProd(-1, null, true)))
        .containsExactly(1, 3, -3, -12, 1, -1, -5, 45);
    NDArray nothing = session.zeros(2, 0).cumulativeProd(1, null, true);
    assertThat(values(nothing)).containsExactly(1, 1);
    assertThatThrownBy(() -> x.cumulativeSum(2, null, false))
        .isInstanceOf(UsageException.class)
        .hasMessage("cumsum: axis 2 is out of range for shape (2, 3), which has 2 axes");
  }

  @Test
  void differencesReachOverTheEnds() {
    NDArray x = session.array(rows);
    NDArray one = session.scalar(1L);
    assertThat(values(x.diff(1, 1, one, null))).containsExactly(2, -4, 5, -2, 6, -14);
    NDArray behind = session.array(new int[][] {{0}, {1}});
    assertThat(values(x.diff(1, -1, null, behind))).containsExactly(-4, 5, -4, 6, -14, 10);
    assertThatThrownBy(() -> x.diff(1, 0, behind, null))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("concatenate");
  }
}
