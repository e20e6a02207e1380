package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Java has of functions that are made of others: chunks of any length, errors. Their values in
 * all forms are compared with NumPy's through expressions, in EvaluatorFixtureTest.
 */
class DerivedMethodsTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static void refused(Supplier<NDArray> use, String message) {
    assertThatThrownBy(use::get).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  private static double[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toDoubleArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void chunksChangeNothing(int length) {
    double[][] rows = {{1, 4, 9, 16}, {2, 3, 5, 7}, {0, 1, 1, 2}};
    NDArray x = session.array(rows).rechunk(length, length);
    assertThat(values(x.diff(2, 1))).containsExactly(2, 2, 1, 0, -1, 1);
    assertThat(values(x.diagonal(1, 0, 1))).containsExactly(4, 5, 2);
    assertThat(values(x.diagonal(-1, 1, 0))).containsExactly(4, 5, 2);
    assertThat(x.trace().toDouble()).isEqualTo(5);
    assertThat(values(x.tril(-1))).containsExactly(0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0);
    assertThat(values(x.gradient(0.5, 1).slice("0"))).containsExactly(6, 8, 12, 14);
    assertThat(values(x.trapezoid(2, 0))).containsExactly(5, 11, 20, 32);
    assertThat(values(x.ptp(1))).containsExactly(15, 5, 2);
    assertThat(values(x.slice(Index.of(2, 0), Index.of(3, 1)))).containsExactly(2, 4);
    assertThat(values(x.slice(Index.at(-1), Index.of(0, 3)))).containsExactly(0, 2);
    NDArray ends = session.array(new boolean[] {true, false, false, true});
    assertThat(values(x.slice(Index.at(1), Index.of(ends)))).containsExactly(2, 7);
    assertThat(x.take(session.array(new int[][] {{0, 1}, {1, 2}}), 0).shape())
        .isEqualTo(Shape.of(2, 2, 4));
    assertThat(values(x.repeat(new long[] {0, 2, 1, 0}, 1)))
        .containsExactly(4, 4, 9, 3, 3, 5, 1, 1, 1);
    assertThat(values(x.slice("2").repeat(new long[] {2}, -1)))
        .containsExactly(0, 0, 1, 1, 1, 1, 2, 2);
    assertThat(values(x.roll(new long[] {1, -1}, new int[] {0, 1}).slice("0")))
        .containsExactly(1, 1, 2, 0);
  }

  @Test
  void vectorsAndMatrices() {
    NDArray v = session.array(new double[] {1, -0.0, 3});
    assertThat(values(v.diag(0).diag(0))).containsExactly(1, -0.0, 3);
    assertThat(v.diag(-2).shape()).isEqualTo(Shape.of(5, 5));
    assertThat(values(v.cross(session.array(new double[] {0, 0, 1}), 0)))
        .containsExactly(-0.0, -1, 0.0);
    assertThat(values(v.kron(session.array(new double[] {1, 2}))))
        .containsExactly(1, 2, -0.0, -0.0, 3, 6);
    assertThat(v.vander(4, false).shape()).isEqualTo(Shape.of(3, 4));
    assertThat(values(session.array(new double[] {2, 3}).vander(3, true)))
        .containsExactly(1, 2, 4, 1, 3, 9);
    NDArray weights = session.array(new double[] {1, 0, 3});
    assertThat(v.average(weights).toDouble()).isEqualTo(2.5);
    assertThat(values(session.hstack(v, v)).length).isEqualTo(6);
    assertThat(session.columnStack(v, v).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(session.dstack(v, v).shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(session.vstack(v, v).cov(1).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(session.concatenateRaveled(v, session.ones(2, 2)).shape()).isEqualTo(Shape.of(7));
  }

  /** Shapes and values that NumPy 2.4 gives for keepdims, and for an empty tuple of axes. */
  @Test
  void axesAsAnArgument() {
    NDArray x = session.array(new double[][] {{1, 2, 6}, {0, 4, 5}});
    assertThat(values(x.subtract(x.mean(Axes.of(-1).keepDims()))))
        .containsExactly(-2, -1, 3, -3, 1, 2);
    assertThat(x.sum(Axes.all().keepDims()).shape()).isEqualTo(Shape.of(1, 1));
    assertThat(x.max(Axes.of(0, 1)).toDouble()).isEqualTo(6);
    assertThat(values(x.sum(Axes.of()))).containsExactly(1, 2, 6, 0, 4, 5);
    assertThat(values(x.var(Axes.of()))).containsOnly(0).hasSize(6);
    assertThat(values(x.any(Axes.of()))).containsExactly(1, 1, 1, 0, 1, 1);
    assertThat(x.std(1, Axes.of(1).keepDims()).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(values(x.nanvar(1.0, Axes.of(1)))).containsExactly(7, 7);
    assertThat(session.scalar(3.0).sum(Axes.of(0).keepDims()).shape()).isEqualTo(Shape.SCALAR);
    refused(() -> x.sum(Axes.of(2).keepDims()), "sum: axis 2 is out of range");
    assertThat(Axes.of(0, -1).keepDims()).hasToString("axes [0, -1], kept");
  }

  @Test
  void emptyArrays() {
    NDArray none = session.zeros(DType.INT16, 0, 3);
    assertThat(none.diff(1, 0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(none.diagonal(0, 0, 1).shape()).isEqualTo(Shape.of(0));
    assertThat(none.trace().toDouble()).isZero();
    assertThat(none.tril(0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(none.slice(Index.of(), Index.of()).shape()).isEqualTo(Shape.of(0));
    assertThat(none.slice(Index.of(session.scalar(1L).greater(0L))).shape())
        .isEqualTo(Shape.of(1, 0, 3));
    assertThat(none.kron(session.ones(2, 2)).shape()).isEqualTo(Shape.of(0, 6));
  }

  @Test
  void refusals() {
    NDArray x = session.ones(3, 4);
    refused(() -> x.diagonal(0, 1, -1), "diagonal: axes 1 and -1 of shape (3, 4) are one");
    refused(() -> x.expandDims(0).diag(0), "diag: shape (1, 3, 4); use a vector");
    refused(() -> session.scalar(1.0).tril(0), "tril, triu: shape () has no rows");
    refused(() -> x.vander(2, true), "vander: shape (3, 4), 2 columns; use a vector");
    refused(() -> x.expandDims(0).cov(1), "cov: shape (1, 3, 4) has more than 2 axes");
    refused(() -> x.slice(":1").gradient(1, 0), "gradient: axis 0 of shape (1, 4) has 1 elements");
    refused(() -> x.cross(x, 1), "cross: axis 1 of shape (3, 4) is 4; vectors of 3 components");
    refused(() -> x.average(session.ones(3), 1), "average: 3 weights for axis 1 of shape (3, 4)");
    refused(
        () -> x.average(session.ones(2, 2), 0),
        "average: weights of shape (2, 2) for shape (3, 4)");
    refused(() -> x.tensordot(x, 3), "tensordot: 3 axes of shapes (3, 4) and (3, 4)");
    refused(() -> x.slice(Index.at(3), Index.of(0)), "index 3 is out of bounds for axis 0");
    refused(
        () -> x.slice(Index.of(0), Index.of(4)), "index: index 4 at position 0 is out of bounds");
    refused(() -> x.select(session.ones(DType.BOOL, 2)), "select: a mask of shape (2,) fits");
  }
}
