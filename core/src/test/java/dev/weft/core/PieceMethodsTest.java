package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Padding, splitting, inserting and choosing in Java: chunks of any length, errors. Values in all
 * forms are compared with NumPy's through expressions, in EvaluatorFixtureTest.
 */
class PieceMethodsTest {
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

  private static void refused(ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void chunksChangeNothing(int length) {
    NDArray x = session.array(new double[][] {{1, 2, 3}, {4, 5, 6}}).rechunk(length, length);
    assertThat(values(x.pad(Pad.reflect(), new long[][] {{0, 1}, {2, 0}})))
        .containsExactly(3, 2, 1, 2, 3, 6, 5, 4, 5, 6, 3, 2, 1, 2, 3);
    assertThat(values(x.pad(Pad.constant(7), 1).slice("1"))).containsExactly(7, 1, 2, 3, 7);
    assertThat(values(x.pad(Pad.mean().over(1), 1).slice("1"))).containsExactly(1, 1, 2, 3, 3);
    assertThat(values(x.pad(Pad.linearRamp(0), new long[][] {{0, 0}, {2, 0}}).slice("1")))
        .containsExactly(0, 2, 4, 5, 6);
    assertThat(values(x.insert(new long[] {0, 3}, session.array(new double[] {8, 9}), 1)))
        .containsExactly(8, 1, 2, 3, 9, 8, 4, 5, 6, 9);
    assertThat(values(x.delete(new long[] {-2}, 1))).containsExactly(1, 3, 4, 6);
    assertThat(values(x.arraySplit(2, 1)[1])).containsExactly(3, 6);
    assertThat(values(x.unstack(1)[2])).containsExactly(3, 6);
    assertThat(values(x.rot90(1, 0, 1))).containsExactly(3, 6, 2, 5, 1, 4);
    NDArray places = session.array(new long[][] {{2}, {-3}}).rechunk(length, 1);
    assertThat(values(x.takeAlongAxis(places, 1))).containsExactly(3, 4);
    assertThat(values(x.greater(2.0).argwhere())).containsExactly(0, 2, 1, 0, 1, 1, 1, 2);
    assertThat(values(x.remainder(2.0).cast(DType.INT8).choose(x, x.negative())))
        .containsExactly(-1, 2, -3, 4, -5, 6);
    assertThat(values(session.block(new NDArray[] {x, x}, new NDArray[] {x, x}).slice("3")))
        .containsExactly(4, 5, 6, 4, 5, 6);
    assertThat(values(session.select(new NDArray[] {x.less(3.0)}, new NDArray[] {x}, x.exp2())))
        .containsExactly(1, 2, 8, 16, 32, 64);
  }

  @Test
  void emptyArrays() {
    NDArray none = session.zeros(DType.INT16, 0, 3);
    assertThat(none.pad(Pad.empty(), 1).shape()).isEqualTo(Shape.of(2, 5));
    assertThat(none.split(3, 1)[0].shape()).isEqualTo(Shape.of(0, 1));
    assertThat(none.delete(new long[0], 0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(none.argwhere().shape()).isEqualTo(Shape.of(0, 2));
    assertThat(none.unstack(0)).isEmpty();
    assertThat(session.scalar(1.0).argwhere().shape()).isEqualTo(Shape.of(1, 0));
    assertThat(session.scalar(1.0).pad(Pad.edge(), 3).shape()).isEqualTo(Shape.SCALAR);
  }

  @Test
  void twoResults() {
    NDArray x = session.array(new double[] {6, -0.75, Double.POSITIVE_INFINITY});
    NDArray[] parts = x.frexp();
    assertThat(values(parts[0])).containsExactly(0.75, -0.75, Double.POSITIVE_INFINITY);
    assertThat(parts[1].dtype()).isEqualTo(DType.INT32);
    assertThat(values(parts[0].ldexp(parts[1]))).containsExactly(values(x));
    NDArray[] quotient = session.array(new int[] {-7, 7}).divmod(session.array(new int[] {3}));
    assertThat(values(quotient[0])).containsExactly(-3, 2);
    assertThat(values(quotient[1])).containsExactly(2, 1);
    assertThat(values(session.geomspace(1, 8, 4))).containsExactly(1, 2, 4, 8);
    NDArray[] places = session.arange(6).unravelIndex(2, 3);
    assertThat(values(session.ravelMultiIndex(places, 2, 3))).containsExactly(0, 1, 2, 3, 4, 5);
    refused(() -> x.ldexp(x), "ldexp: the exponents are float64; use integers");
  }

  @Test
  void refusals() {
    NDArray x = session.ones(3, 4);
    refused(() -> x.pad(Pad.edge(), -1), "pad: widths [[-1, -1]] of shape (3, 4); use two numbers");
    refused(() -> x.pad(Pad.edge(), new long[3][2]), "pad: widths [[0, 0], [0, 0], [0, 0]] of");
    refused(
        () -> x.slice(":0").pad(Pad.edge(), 1),
        "pad: axis 0 of shape (0, 4) has no elements to pad by mode 'edge'; use Pad.constant");
    refused(() -> x.pad(Pad.mean().over(0), 1), "pad: mode 'mean' over 0 elements; use 1 or more");
    refused(
        () -> x.pad(Pad.constant(0).each(new double[3][2]), 1),
        "pad: numbers for the axes of shape (3, 4); give one pair for all axes, or 2 pairs");
    refused(() -> x.split(3, 1), "split: axis 1 of shape (3, 4) is 4, which does not divide");
    refused(() -> x.arraySplit(0, 1), "split: 0 sections of shape (3, 4); use 1 or more");
    refused(() -> x.delete(new long[] {3}, 0), "delete: position 3 is out of bounds for axis 0");
    refused(() -> x.insert(5, x, 1), "insert: position 5 is out of bounds for axis 1 of shape");
    refused(
        () -> x.insert(0, session.ones(2), 0), "broadcast_to: shape (1, 2) does not stretch to");
    refused(() -> x.insert(0, session.ones(1, 3, 4), 0), "insert: values of shape (1, 3, 4) into");
    refused(() -> x.takeAlongAxis(x, 0), "take_along_axis: positions float64 of shape (3, 4)");
    refused(() -> session.scalar(1.0).nonzero(), "nonzero: shape () has no axes");
    refused(() -> x.expandDims(new int[] {0, 0}), "expand_dims: axes [0, 0] name an axis twice");
    refused(() -> x.rot90(1, 0, -2), "rot90: axes 0 and -2 of shape (3, 4) are one; name two");
    NDArray three = session.arange(3);
    refused(
        () -> three.choose(three, three),
        "choose: the array has numbers from 0 to 2, and there are 2; use 0 to 1");
    refused(() -> three.choose(), "choose: no choices given");
    refused(
        () -> three.unravelIndex(2, 1),
        "unravel_index: the array has numbers from 0 to 2, and there are 2; use 0 to 1");
    refused(() -> x.unravelIndex(3, 4), "unravel_index: positions are float64; use integers");
    NDArray[] places = {three, three};
    refused(
        () -> session.ravelMultiIndex(places, 3),
        "ravel_multi_index: positions along 2 axes for shape (3,); give an array for each axis");
    refused(
        () -> session.ravelMultiIndex(places, 3, 2),
        "ravel_multi_index: the array has numbers from 0 to 2, and there are 2; use 0 to 1");
    refused(() -> session.geomspace(1, 0, 3), "geomspace: from 1.0 to 0.0; use ends of one sign");
    refused(() -> x.choose(x), "choose: the array is float64; use integers");
    NDArray[] one = {x};
    refused(() -> session.select(one, one, x), "select: a condition is float64; use bool");
    refused(() -> session.select(one, new NDArray[0], x), "select: 1 conditions and 0 values");
  }
}
