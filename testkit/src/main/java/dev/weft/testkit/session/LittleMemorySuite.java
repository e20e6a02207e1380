package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long axes that would not fit into the memory of the session in one piece. */
@Timeout(300)
public abstract class LittleMemorySuite extends SessionSuite {
  private Session small;

  @BeforeEach
  void openSmall() {
    small = open(config().withMemoryLimit(1 << 20));
  }

  @AfterEach
  void staysWithinTheLimit() {
    assertThat(small.memory().peak()).isLessThanOrEqualTo(small.memory().limit());
    assertThat(small.memory().live()).isZero();
    small.close();
  }

  @Test
  final void aCumulativeSumOverALongAxis() {
    NDArray x = small.arange(1 << 20).rechunk(1 << 13).cast(DType.FLOAT64);
    assertThat(x.add(1).cumsum(0).max().toDouble()).isEqualTo(0x1p39 + 0x1p19);
    NDArray y = small.ones(DType.FLOAT32, 1 << 19).rechunk(1 << 13);
    assertThat(y.cumsum(0).max().toDouble()).isEqualTo(1 << 19);
  }

  @Test
  final void aCumulativeSumOverTheFirstOfTwoLongAxes() {
    NDArray x = small.ones(1 << 11, 1 << 9).rechunk(1 << 6, 1 << 7);
    assertThat(x.add(1).cumsum(0).sum().toDouble()).isEqualTo(0x1p9 * 0x1p11 * (0x1p11 + 1));
  }

  @Test
  final void aProductOverALongInnerAxis() {
    int inner = 40_000;
    double[] a = Products.values(left(session, inner));
    double[] b = Products.values(right(session, inner));
    double sum = 0;
    for (int k = 0; k < inner; k++) {
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 5; j++) {
          sum += a[i * inner + k] * b[k * 5 + j];
        }
      }
    }
    NDArray product = Products.inPieces(left(small, inner), right(small, inner), 512);
    assertThat(product.sum().toDouble()).isEqualTo(sum);
  }

  /** Small integers, so that every order of additions gives the same sums. */
  private static NDArray left(Session session, int inner) {
    RandomArrays random = session.random(3);
    return random.integers(0, 9, 6, inner).cast(DType.FLOAT64).subtract(4);
  }

  private static NDArray right(Session session, int inner) {
    RandomArrays random = session.random(4);
    return random.integers(0, 7, inner, 5).cast(DType.FLOAT64).add(1);
  }
}
