package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Reductions;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.testkit.conformance.NumpyFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays of uint64 beside NumPy's: what no single kernel computes. */
public abstract class UnsignedSuite extends SessionSuite {
  private static final long TOP = Long.MIN_VALUE;

  private NDArray array(DType dtype, long... bits) {
    return session.array(bits).cast(dtype);
  }

  private NDArray array(DType dtype, List<Scalar> values) {
    return array(dtype, values.stream().mapToLong(Scalar::integer).toArray());
  }

  private static long[] bits(NDArray x) {
    try (HostArray values = x.compute()) {
      return values.toLongArray();
    }
  }

  @Test
  final void reductionsAreNumpys() {
    for (String line : NumpyFixtures.lines("numpy/uint64.txt")) {
      String[] sides = line.split(" \\| ");
      String[] words = sides[0].split(" ");
      NDArray x = array(DType.UINT64, NumpyFixtures.scalars(DType.UINT64, words, 2));
      Scalar expected = NumpyFixtures.scalar(DType.of(words[1]), sides[1]);
      for (long chunk : new long[] {x.size(), 7}) {
        NDArray found = Reductions.reduce(words[0], x.rechunk(chunk));
        assertThat(found.dtype()).as(words[0]).isEqualTo(expected.dtype());
        if (expected.dtype().isFloating()) {
          double size = Math.abs(expected.floating());
          assertThat(found.toDouble())
              .as(line)
              .isCloseTo(expected.floating(), within(1e-14 * size));
        } else {
          assertThat(bits(found)).as(line).containsExactly(expected.integer());
        }
      }
    }
  }

  @Test
  final void comparisonsWithSignedIntegersAreExact() {
    for (String line : NumpyFixtures.lines("numpy/mixed.txt")) {
      String[] sides = line.split(" \\| ");
      String[] words = sides[0].split(" ");
      DType left = DType.of(words[1]);
      DType right = DType.of(words[2]);
      NDArray a = array(left, NumpyFixtures.scalars(left, words, 3));
      NDArray b = array(right, NumpyFixtures.scalars(right, sides[1].split(" "), 0));
      List<Scalar> expected = NumpyFixtures.scalars(DType.BOOL, sides[2].split(" "), 0);
      NDArray found = a.apply(ElementwiseOps.find(words[0]).orElseThrow(), b);
      assertThat(bits(found))
          .as(words[0] + " " + left + " " + right)
          .containsExactly(expected.stream().mapToLong(Scalar::integer).toArray());
    }
  }

  @Test
  final void axesAreReducedInEveryChunkGrid() {
    long[] values = {TOP, 1, -1, 5, TOP + 1, 3, -2, TOP, 9, 0, TOP - 1, -3};
    for (int chunk : new int[] {1, 2, 4}) {
      NDArray x = array(DType.UINT64, values).reshape(3, 4).rechunk(chunk, chunk);
      assertThat(bits(x.max(0))).containsExactly(TOP + 1, 3, -1, -3);
      assertThat(bits(x.min(1))).containsExactly(1, 3, 0);
      assertThat(bits(x.argmax(1))).containsExactly(2, 2, 3);
      assertThat(bits(x.argmin(0))).containsExactly(2, 2, 2, 0);
      assertThat(bits(x.sum(0))).containsExactly(10, 4, TOP - 4, TOP + 2);
      assertThat(bits(x.cumsum(1).slice(":, -1"))).containsExactly(TOP + 5, -1 + 3, TOP + 5);
    }
  }

  @Test
  final void otherFunctionsKeepTheBits() {
    NDArray x = array(DType.UINT64, TOP, 3, -1);
    assertThat(bits(x.take(new long[] {2, 0}, 0))).containsExactly(-1, TOP);
    assertThat(bits(session.concatenate(0, x, x.flip(0)))).containsExactly(TOP, 3, -1, -1, 3, TOP);
    assertThat(bits(x.reshape(1, 3).matmul(x.reshape(3, 1)))).containsExactly(10);
    assertThat(bits(x.clip(5, 7))).containsExactly(7, 5, 7);
    assertThat(bits(session.full(DType.UINT64, 0x1p63, 1))).containsExactly(TOP);
    assertThat(x.add(array(DType.INT64, 1)).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(x.less(array(DType.UINT8, 4)).compute().toBooleanArray())
        .containsExactly(false, true, false);
    assertThat(x.greater(-1).compute().toBooleanArray()).containsExactly(true, true, true);
    assertThat(x.compute())
        .hasToString("[ 9223372036854775808                    3 18446744073709551615]");
  }

  @Test
  final void roundingKeepsTheHighestDigits() {
    // Half of a unit goes to the even neighbour.
    NDArray x = array(DType.UINT64, 25, 35, 36);
    assertThat(bits(x.round(-1))).containsExactly(20, 40, 40);
    NDArray large = array(DType.UINT64, Long.parseUnsignedLong("12345678901234567895"));
    assertThat(bits(large.round(-2)))
        .containsExactly(Long.parseUnsignedLong("12345678901234567900"));
  }
}
