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

/** Einstein's sums beside plain loops, in chunks, and what is said of wrong subscripts. */
class EinsumTest {
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
  @ValueSource(ints = {2, 10})
  void chunksChangeNothing(int length) {
    NDArray a = session.arange(24).reshape(2, 3, 4).rechunk(length);
    NDArray b = session.arange(60).reshape(4, 5, 3).rechunk(length);
    long[] expected = new long[2 * 5];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          for (int l = 0; l < 5; l++) {
            expected[5 * i + l] += (12L * i + 4 * j + k) * (15L * k + 3 * l + j);
          }
        }
      }
    }
    try (HostArray found = session.einsum("ijk,klj->il", a, b).compute()) {
      assertThat(found.toLongArray()).containsExactly(expected);
    }
    assertThat(session.einsum("ijk,klj->jlik", a, b).shape()).isEqualTo(Shape.of(3, 5, 2, 4));
    assertThat(values(session.einsum("iij->j", a.slice(":, :2")))).containsExactly(16, 18, 20, 22);
    assertThat(values(session.multiDot(a.slice("0"), b.slice(":, 0"), a.slice("0, :, 0"))))
        .containsExactly(2640, 7280, 11920);
  }

  /** A product of matrices is one, and products that are only added up are not kept. */
  @Test
  void isComputedAsWhatItIs() {
    NDArray x = session.zeros(30, 40);
    assertThat(session.einsum("ij,kj->ik", x, x).explain()).contains("matmul");
    String sums = session.einsum("ij,ij->i", x.add(1.0), x).explain();
    assertThat(sums).doesNotContain("matmul");
  }

  @Test
  void normsAndPowers() {
    NDArray huge = session.full(DType.FLOAT32, 3e30, 2);
    assertThat(huge.vectorNorm(2).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(huge.vectorNorm(2).toDouble()).isEqualTo((double) (float) (3e30f * Math.sqrt(2)));
    assertThat(session.zeros(0).vectorNorm(Double.POSITIVE_INFINITY).toDouble()).isZero();
    NDArray x = session.array(new double[][] {{1, 1}, {0, 1}});
    assertThat(values(x.matrixPower(10))).containsExactly(1, 10, 0, 1);
    refused(() -> x.matrixPower(-1), "inv needs LAPACK: no LAPACK library is on the class path");
    refused(() -> x.slice("0").matrixPower(2), "matrix_power: shape (2,) has no matrices");
    refused(() -> x.slice(":1").matrixPower(2), "matrix_power: shape (1, 2) has matrices that");
    refused(() -> x.matrixNorm(2), "svdvals needs LAPACK");
    refused(() -> x.matrixNorm(3), "matrix_norm: order 3.0; use ");
    refused(() -> x.vecdot(session.ones(3), -1), "vecdot: axis -1 of shape (2, 2) is 2");
    refused(() -> session.multiDot(x), "multi_dot: 1 operands; use 2 or more");
    NDArray vector = session.ones(2);
    refused(
        () -> session.multiDot(x, vector, x), "multi_dot: operand 1 has shape (2,); use matrices");
  }

  @Test
  void subscriptsThatDoNotFitAreTold() {
    NDArray x = session.zeros(3, 4);
    refused(
        () -> session.einsum("ij,jk", x, x),
        "einsum: 'ij,jk' has the letter 'j' for extents 4 and 3 (operand 1 of shape (3, 4))");
    refused(() -> session.einsum("ij", x, x), "einsum: 'ij' has subscripts for 1 operands, and");
    refused(() -> session.einsum("ijk", x), "einsum: 'ijk' gives the letters 'ijk' to an operand");
    refused(() -> session.einsum("i", x), "einsum: 'i' gives the letters 'i' to an operand of 2");
    refused(() -> session.einsum("ij->ik", x), "einsum: 'ij->ik' has 'k' in the result, which no");
    refused(() -> session.einsum("ij->ii", x), "einsum: 'ij->ii' has 'i' twice in the result");
    refused(() -> session.einsum("i1->i", x), "einsum: 'i1->i' has '1', which is no letter");
    refused(() -> session.einsum("ii", x), "einsum: 'ii' has the letter 'i' for extents 3 and 4");
    refused(() -> session.einsum("...i->i", x), "einsum: '...i->i' has ... in an operand and not");
  }
}
