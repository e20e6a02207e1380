package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.testkit.conformance.NumpyFixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cumulative functions and matrix products that go on from chunk to chunk, beside NumPy, beside
 * loops, and beside what they give in one piece.
 */
@Timeout(300)
public abstract class CarrySuite extends SessionSuite {
  private static final int[] CHUNKS = {1, 2, 7, -1};

  @Test
  final void cumulativeFunctionsGiveWhatNumpyGivesInEveryChunkGrid() {
    for (String line : NumpyFixtures.lines("numpy/scans.txt")) {
      String[] sides = line.split(" \\| ?", -1);
      String[] words = sides[0].split(" ");
      DType result = DType.of(words[2]);
      int axis = Integer.parseInt(words[5]);
      NDArray x = array(NumpyFixtures.scalars(DType.of(words[1]), words, 6), words);
      List<String> expected =
          sides[1].isBlank()
              ? List.of()
              : texts(NumpyFixtures.scalars(result, sides[1].split(" "), 0));
      for (int rows : CHUNKS) {
        for (int columns : CHUNKS) {
          if (rows > 1 && x.shape().extent(0) <= 1 || columns > 1 && x.shape().extent(1) <= 1) {
            continue;
          }
          NDArray y = scan(words[0], x.rechunk(rows, columns), axis);
          assertThat(y.dtype()).isEqualTo(result);
          assertThat(y.chunks()).isEqualTo(x.rechunk(rows, columns).chunks());
          assertThat(texts(y))
              .as("%s of %s %s", words[0], words[1], y.chunks())
              .isEqualTo(expected);
        }
      }
    }
  }

  private NDArray array(List<Scalar> values, String[] words) {
    DType dtype = DType.of(words[1]);
    long rows = Long.parseLong(words[3]);
    long columns = Long.parseLong(words[4]);
    if (dtype.isFloating()) {
      double[] doubles = values.stream().mapToDouble(Scalar::floating).toArray();
      return session.array(doubles).cast(dtype).reshape(rows, columns);
    }
    long[] longs = values.stream().mapToLong(Scalar::integer).toArray();
    return session.array(longs).cast(dtype).reshape(rows, columns);
  }

  private static NDArray scan(String name, NDArray x, int axis) {
    return switch (name) {
      case "cumsum" -> x.cumsum(axis);
      case "cumprod" -> x.cumprod(axis);
      case "nancumsum" -> x.nancumsum(axis);
      case "nancumprod" -> x.nancumprod(axis);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Numbers as texts that differ where bits do, but for those of NaN. */
  private static List<String> texts(List<Scalar> values) {
    return values.stream()
        .map(x -> x.dtype().isFloating() ? "" + x.floating() : "" + x.integer())
        .toList();
  }

  private static List<String> texts(NDArray array) {
    try (HostArray host = array.compute()) {
      List<String> texts = new ArrayList<>();
      if (array.dtype().isFloating()) {
        Arrays.stream(host.toDoubleArray()).forEach(x -> texts.add("" + x));
      } else {
        Arrays.stream(host.toLongArray()).forEach(x -> texts.add("" + x));
      }
      return texts;
    }
  }

  private NDArray numbers(long... shape) {
    return session.random(5).normal(shape);
  }

  @Test
  final void cumulativeFunctionsHaveTheSameBitsHoweverTheyAreKept() {
    NDArray x = numbers(23, 5, 6);
    for (int axis = 0; axis < 3; axis++) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        NDArray whole = x.cast(dtype).rechunk(-1).cumsum(axis);
        List<String> expected = texts(whole);
        NDArray cut = x.cast(dtype).rechunk(4, 2, 5).cumsum(axis);
        assertThat(texts(cut)).as("a result").isEqualTo(expected);
        // A sum of both is the double, exactly.
        List<String> twice = texts(whole.add(whole));
        assertThat(texts(cut.add(cut.rechunk(3)))).as("read again").isEqualTo(twice);
        NDArray turned = x.cast(dtype).transpose(2, 0, 1).rechunk(2, 3, 2).cumsum((axis + 1) % 3);
        assertThat(texts(turned.transpose(1, 2, 0))).as("turned").isEqualTo(expected);
      }
    }
    RecordingTarget target = new RecordingTarget("");
    NDArray line = numbers(100);
    line.rechunk(7).cumsum(0).computeTo(target);
    assertThat(target.values()).isEqualTo(Products.values(line.rechunk(-1).cumsum(0)));
    NDArray file = session.array(new RecordingSource(40, 3), ChunkSpec.of(7, 2));
    assertThat(texts(file.cumsum(0))).isEqualTo(texts(file.rechunk(-1).cumsum(0)));
  }

  @Test
  final void persistedOnesAreTheSame() {
    try (Session other = open(config())) {
      NDArray x = other.random(5).normal(23, 30).rechunk(4, 7);
      for (int axis = 0; axis < 2; axis++) {
        NDArray whole = x.rechunk(-1).cumsum(axis);
        assertThat(texts(x.cumsum(axis).persist().rechunk(5))).isEqualTo(texts(whole));
        assertThat(texts(x.persist().cumsum(axis).persist())).isEqualTo(texts(whole));
      }
      NDArray product = Products.inPieces(x.persist(), x.t().persist()).persist();
      assertThat(texts(product)).isEqualTo(texts(Products.inPieces(x, x.t())));
    }
  }

  @Test
  final void aLongAxisInManyChunksTakesTimeForEachOnlyOnce() {
    NDArray x = session.arange(40_000).rechunk(4);
    assertThat(x.cumsum(0).max().toDouble()).isEqualTo(39_999.0 * 40_000 / 2);
  }

  @Test
  final void productsInPiecesGiveWhatLoopsGive() {
    for (int inner : new int[] {0, 1, 8, 15, 16, 17, 24, 50}) {
      NDArray a = numbers(9, inner);
      NDArray b = session.random(6).normal(inner, 6).rechunk(5);
      double[] expected = Products.loops(a, b);
      for (NDArray left : List.of(a, a.rechunk(2), a.t().map(x -> x).t())) {
        double[] product = Products.values(Products.inPieces(left, b));
        assertThat(product).hasSameSizeAs(expected);
        for (int i = 0; i < product.length; i++) {
          assertThat(product[i])
              .as("inner axis of %d", inner)
              .isCloseTo(expected[i], within(1e-13));
        }
      }
    }
  }

  @Test
  final void productsOfIntegersInPiecesAreExact() {
    for (DType dtype : List.of(DType.INT8, DType.UINT16, DType.INT32, DType.INT64)) {
      NDArray a = session.arange(5 * 43).multiply(77_777L).cast(dtype).reshape(5, 43);
      NDArray b = session.arange(43 * 11).multiply(-31L).cast(dtype).reshape(43, 11);
      NDArray product = Products.inPieces(a, b);
      assertThat(product.dtype()).isEqualTo(dtype);
      assertThat(texts(product)).isEqualTo(texts(a.matmul(b)));
      assertThat(texts(Products.inPieces(product.add(1L).rechunk(3), b.t())))
          .as("a product of a product")
          .isEqualTo(texts(a.matmul(b).add(1L).matmul(b.t())));
    }
  }

  @Test
  final void batchesOfProductsAreCutToo() {
    NDArray a = session.arange(3 * 1 * 5 * 20).remainder(17L).reshape(3, 1, 5, 20);
    NDArray b = session.arange(2 * 20 * 6).remainder(13L).reshape(2, 20, 6);
    NDArray expected = a.matmul(b);
    assertThat(texts(Products.inPieces(a, b))).isEqualTo(texts(expected));
    assertThat(texts(Products.inPieces(a.add(2L), b.subtract(1L))))
        .isEqualTo(texts(a.add(2L).matmul(b.subtract(1L))));
    assertThat(texts(Products.inPieces(a, b).sum(-1))).isEqualTo(texts(expected.sum(-1)));
  }
}
