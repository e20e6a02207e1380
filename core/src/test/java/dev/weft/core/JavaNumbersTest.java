package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plain numbers beside arrays: types as NumPy 2.4 gives them, no digit and no sign lost. A number
 * never widens an array by its size.
 */
class JavaNumbersTest {
  private static final List<ElementwiseOp> FLOATING =
      List.of(
          ElementwiseOps.HYPOT,
          ElementwiseOps.ATAN2,
          ElementwiseOps.COPYSIGN,
          ElementwiseOps.LOGADDEXP,
          ElementwiseOps.NEXTAFTER);

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray array(DType dtype, long value) {
    return session.full(dtype, value, 1);
  }

  @Test
  void integersDoNotWidenByTheirSizeWhereResultsAreFloating() {
    for (ElementwiseOp op : FLOATING) {
      for (DType dtype : List.of(DType.INT16, DType.UINT16, DType.FLOAT32)) {
        NDArray x = array(dtype, 3);
        for (long number : new long[] {4, -70_000, 70_000, 1L << 40}) {
          assertThat(x.apply(op, number).dtype()).as("%s %s", op, dtype).isEqualTo(DType.FLOAT32);
          assertThat(x.applyFrom(op, number).dtype()).isEqualTo(DType.FLOAT32);
        }
      }
      if (op != ElementwiseOps.NEXTAFTER) {
        assertThat(array(DType.UINT8, 3).apply(op, 70_000).dtype()).isEqualTo(DType.FLOAT16);
      }
      assertThat(array(DType.INT32, 3).apply(op, 1L << 40).dtype()).isEqualTo(DType.FLOAT64);
    }
    assertThat(array(DType.INT16, 7).divide(70_000).toDouble()).isEqualTo(7 / 70_000.0);
    assertThat(array(DType.INT16, 3).apply(ElementwiseOps.HYPOT, 70_000).toDouble())
        .isEqualTo((float) Math.hypot(3, 70_000));
  }

  @Test
  void choicesTakeTheTypeOfTheNumber() {
    NDArray mask = session.array(new boolean[] {true});
    NDArray x = array(DType.INT64, 5);
    NDArray small = array(DType.INT8, 5);
    assertThat(mask.where(2.0, x).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(mask.where(2.5, x).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(mask.where(x, 2.0).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(mask.where(2, x).dtype()).isEqualTo(DType.INT64);
    assertThat(mask.where(small, 2).dtype()).isEqualTo(DType.INT8);
    assertThat(mask.where(1, 0).dtype()).isEqualTo(DType.INT64);
    assertThat(mask.where(1, 0.5).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(mask.where(1, mask).dtype()).isEqualTo(DType.INT64);
    assertThat(small.clip(0, 3).dtype()).isEqualTo(DType.INT8);
    assertThat(small.clip(0.0, 3.0).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(small.clip(0, 3).toDouble()).isEqualTo(3);
  }

  @Test
  void noSignIsLost() {
    NDArray mask = session.array(new boolean[] {true});
    NDArray x = session.ones(1);
    assertThat(mask.where(-0.0, x).toDouble()).isEqualTo(-0.0);
    assertThat(mask.where(-0.0, 1.0).toDouble()).isEqualTo(-0.0);
    assertThat(mask.logicalNot().where(x, -0.0).toDouble()).isEqualTo(-0.0);
    assertThat(session.linspace(-1.0, -0.0, 3).slice("-1").toDouble()).isEqualTo(-0.0);
    assertThat(session.full(DType.FLOAT64, -0.0, 1).toDouble()).isEqualTo(-0.0);
    assertThat(x.clip(-1.0, -0.0).toDouble()).isEqualTo(-0.0);
  }

  @Test
  void noDigitOfALongIsLost() {
    long odd = 9_007_199_254_740_993L;
    assertThat(only(session.full(DType.INT64, odd, 1))).isEqualTo(odd);
    assertThat(only(session.fullLike(array(DType.INT64, 0), odd))).isEqualTo(odd);
    assertThat(only(session.scalar(odd))).isEqualTo(odd);
    assertThat(only(array(DType.INT64, 0).add(odd))).isEqualTo(odd);
    assertThat(only(array(DType.INT64, 0).clip(odd, odd))).isEqualTo(odd);
    NDArray mask = session.array(new boolean[] {true});
    assertThat(only(mask.where(odd, 0))).isEqualTo(odd);
    assertThat(only(mask.where(odd, array(DType.INT64, 0)))).isEqualTo(odd);
    assertThat(only(session.arange(odd, odd + 1, 1))).isEqualTo(odd);
    assertThat(only(array(DType.INT64, odd).round(-1))).isEqualTo(odd - 3);
  }

  /** The digits that NumPy 2.4 prints for arange(125.8, 224.8, 3)[32]. */
  @Test
  void rangesOfFloatingNumbersAreNumPys() {
    double[] values = session.arange(125.8, 224.8, 3).compute().toDoubleArray();
    assertThat(values).hasSize(34);
    assertThat(values[32]).isEqualTo(221.80000000000047);
  }

  @Test
  void refusalsNameTheOperation() {
    NDArray x = session.array(HostArray.allocate(DType.COMPLEX64, Shape.of(2)));
    refused(() -> x.less(1), "less does not accept complex64");
    refused(() -> x.applyFrom(ElementwiseOps.ATAN2, 1.5), "atan2 does not accept complex64");
    refused(() -> x.min(0), "min of complex64");
    refused(() -> session.full(DType.INT8, 200, 1), "integer 200 is out of bounds for int8");
  }

  private static void refused(ThrowableAssert.ThrowingCallable use, String message) {
    assertThatThrownBy(use).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  private static long only(NDArray x) {
    try (HostArray value = x.compute()) {
      return value.toLongArray()[0];
    }
  }
}
