package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Chunks;
import java.util.Arrays;
import java.util.stream.IntStream;
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

  @Test
  final void rowsThatBecomeColumns() {
    assertThat(becomes(8, 1024, 1024, 8)).isOne();
  }

  @Test
  final void columnsThatBecomeRows() {
    assertThat(becomes(1024, 8, 8, 1024)).isOne();
  }

  @Test
  final void chunksThatDoNotFitIntoEachOther() {
    // Some lie in two of the others.
    assertThat(becomes(7, 900, 800, 9)).isBetween(1.0, 1.25);
  }

  /**
   * Eight times as much as fits into memory goes to other chunks; how often each element is read.
   */
  private double becomes(long rows, long columns, long newRows, long newColumns) {
    RecordingSource source = new RecordingSource(1024, 1024);
    Chunks wanted = Chunks.regular(source.shape(), newRows, newColumns);
    RegionTarget target = new RegionTarget(wanted);
    // Chunks of targets are joined to automatic ones, which are to be small beside the memory.
    try (Session own = open(config().withMemoryLimit(1 << 20).withChunkBytes(1 << 16))) {
      own.array(source, ChunkSpec.of(rows, columns)).subtract(1).computeTo(target);
      assertThat(own.memory().peak()).isLessThanOrEqualTo(own.memory().limit());
    }
    assertThat(target.regions()).hasSize((int) wanted.count());
    assertThat(Arrays.equals(target.values(), range(-1, 1024 * 1024 - 1))).isTrue();
    return source.elementsRead() / 0x1p20;
  }

  @Test
  final void aProductOfFactorsThatDoNotFit() {
    int n = 320;
    double[] wanted = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          wanted[i * n + j] += (double) (i * n + k) * (k * n + j);
        }
      }
    }
    RegionTarget target = new RegionTarget();
    NDArray x = small.array(new RecordingSource(n, n), ChunkSpec.of(8, n));
    x.matmul(x).computeTo(target);
    assertThat(Arrays.equals(target.values(), wanted)).isTrue();
    assertThat(x.matmul(x).slice("3").sum().toDouble())
        .isEqualTo(Arrays.stream(wanted, 3 * n, 4 * n).sum());
  }

  private static double[] range(int start, int end) {
    return IntStream.range(start, end).asDoubleStream().toArray();
  }

  @Test
  final void anOperationOfRowsAndColumns() {
    NDArray x = small.array(new RecordingSource(1024, 1024), ChunkSpec.of(8, 1024));
    NDArray y = small.array(new RecordingSource(1024, 1024), ChunkSpec.of(1024, 8));
    assertThat(x.subtract(y).abs().max().toDouble()).isZero();
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
