package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.routine.QuantileMethod;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Order in lines that fit in a chunk, and in lines of many chunks, beside the JDK's stable sort of
 * numbers; errors. Values in all forms are compared with NumPy's in EvaluatorFixtureTest.
 */
class OrderMethodsTest {
  private static final int N = 5_001;

  /** Lines of so many elements are in ten pieces. */
  private static final long CHUNK_BYTES = 1 << 12;

  private final Random random = new Random(7);
  private Session session;

  @BeforeEach
  void open() {
    session =
        Session.open(SessionConfig.defaults().withDevice("reference").withChunkBytes(CHUNK_BYTES));
  }

  @AfterEach
  void close() {
    session.close();
  }

  static Stream<DType> types() {
    return DType.computable().stream();
  }

  private static double[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toDoubleArray();
    }
  }

  private static void refused(Supplier<NDArray> use, String message) {
    assertThatThrownBy(use::get).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  /** Numbers with many equal ones, of both signs where the type has them. */
  private NDArray numbers(DType dtype, int size) {
    // As doubles, neighbours near 2^64 would be equal.
    double least = dtype == DType.UINT64 ? 0 : -60;
    double[] numbers = random.doubles(size, least, 60).map(Math::rint).toArray();
    if (dtype.isFloating()) {
      numbers[3] = Double.NaN;
      numbers[size / 2] = Double.NEGATIVE_INFINITY;
      numbers[size - 1] = Double.NaN;
      numbers[size - 2] = Double.POSITIVE_INFINITY;
    }
    NDArray x = session.array(numbers);
    // Negative numbers become large ones of unsigned types.
    return x.cast(dtype.isFloating() ? dtype : DType.INT64).cast(dtype);
  }

  /** -0.0 and 0.0 are equal, NaN is greater than all. */
  private static int[] order(double[] x, boolean descending) {
    Comparator<Integer> ascending = Comparator.comparingDouble(i -> x[i] == 0 ? 0 : x[i]);
    return IntStream.range(0, x.length)
        .boxed()
        .sorted(descending ? ascending.reversed() : ascending)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] at(double[] x, int[] places) {
    return Arrays.stream(places).mapToDouble(i -> x[i] + 0.0).toArray();
  }

  @ParameterizedTest
  @MethodSource("types")
  void piecesMakeOneOrder(DType dtype) {
    NDArray x = numbers(dtype, N);
    double[] given = values(x);
    for (boolean descending : new boolean[] {false, true}) {
      int[] order = order(given, descending);
      NDArray sorted = x.sort(0, descending);
      assertThat(sorted.dtype()).isEqualTo(dtype);
      assertThat(values(sorted.add(0L))).containsExactly(at(given, order));
      NDArray places = x.argsort(0, descending);
      assertThat(places.dtype()).isEqualTo(DType.INT64);
      assertThat(values(places)).containsExactly(Arrays.stream(order).asDoubleStream().toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyLineIsPutInOrder(DType dtype) {
    // Short lines, and lines of many pieces, along either axis.
    for (int[] shape : new int[][] {{40, 13}, {3, 1_101}}) {
      NDArray x = numbers(dtype, shape[0] * shape[1]).reshape(shape[0], shape[1]).rechunk(2, 7);
      double[] given = values(x);
      double[] sorted = values(x.sort(1).add(0L));
      double[] places = values(x.argsort(1));
      assertThat(values(x.t().sort(0).t().add(0L))).containsExactly(sorted);
      assertThat(values(x.t().argsort(0).t())).containsExactly(places);
      double[] medians = values(x.nanmedian(1));
      double[] upper =
          values(x.cast(DType.FLOAT64).quantiles(new double[] {0.5}, QuantileMethod.HIGHER, 1));
      for (int line = 0; line < shape[0]; line++) {
        int from = line * shape[1];
        double[] elements = Arrays.copyOfRange(given, from, from + shape[1]);
        int[] order = order(elements, false);
        assertThat(Arrays.copyOfRange(sorted, from, from + shape[1]))
            .containsExactly(at(elements, order));
        assertThat(medians[line]).isEqualTo(median(elements));
        if (Arrays.stream(elements).noneMatch(Double::isNaN)) {
          assertThat(upper[line]).isEqualTo(elements[order[elements.length / 2]]);
        }
        assertThat(Arrays.copyOfRange(places, from, from + shape[1]))
            .containsExactly(Arrays.stream(order).asDoubleStream().toArray());
      }
    }
  }

  private static double median(double[] elements) {
    double[] sorted = Arrays.stream(elements).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  @ParameterizedTest
  @MethodSource("types")
  void elementsOfRanksAreFoundWithoutSorting(DType dtype) {
    NDArray x = numbers(dtype, N).reshape(3, 1, -1).rechunk(1, 1, 400);
    NDArray few = dtype == DType.BOOL ? x.cast(DType.UINT8) : x;
    double[] elements = values(few);
    double[] sorted = Arrays.stream(elements).filter(v -> !Double.isNaN(v)).sorted().toArray();
    assertThat(few.nanmedian().toDouble()).isEqualTo(median(elements));
    for (double[] some : new double[][] {{0, 0.1, 1}, {0.3}}) {
      double[] found = values(few.nanquantiles(some, QuantileMethod.LOWER, 0, 1, 2));
      for (int i = 0; i < some.length; i++) {
        assertThat(found[i])
            .isEqualTo(sorted[(int) Math.floor((sorted.length - 1) * some[i])] + 0.0);
      }
    }
    assertThat(Double.isNaN(few.median().toDouble())).isEqualTo(dtype.isFloating());
  }

  @Test
  void bestOfManyPieces() {
    NDArray x = numbers(DType.INT32, N);
    double[] given = values(x);
    double[] best = Arrays.copyOf(at(given, order(given, true)), 20);
    assertThat(values(x.topk(20, 0))).containsExactly(best);
    assertThat(values(x.topk(-20, -1)))
        .containsExactly(Arrays.copyOf(at(given, order(given, false)), 20));
    int[] places = Arrays.copyOf(order(given, true), 20);
    assertThat(values(x.argtopk(20, 0)))
        .containsExactly(Arrays.stream(places).asDoubleStream().toArray());
    assertThat(x.topk(N + 5, 0).shape().extent(0)).isEqualTo(N);
    refused(() -> x.topk(0, 0), "topk: k is 0; use a positive number for the largest");
  }

  @Test
  void quantilesOfLongAndShortLinesAreThoseOfSortedElements() {
    for (int n : new int[] {101, N}) {
      NDArray x = session.array(random.doubles(n).toArray());
      double[] sorted = values(x);
      Arrays.sort(sorted);
      assertThat(x.median().toDouble()).isEqualTo(sorted[n / 2]);
      double[] q = {0, 0.01, 0.75, 1};
      double[] lower = Arrays.stream(q).map(p -> sorted[(int) Math.floor((n - 1) * p)]).toArray();
      assertThat(values(x.quantiles(q, QuantileMethod.LOWER, 0))).containsExactly(lower);
      NDArray gaps = x.greater(sorted[9]).where(Double.NaN, x);
      assertThat(gaps.median().toDouble()).isNaN();
      assertThat(gaps.nanmedian().toDouble()).isEqualTo((sorted[4] + sorted[5]) / 2);
    }
    NDArray many = session.zeros(4, N);
    refused(() -> many.median(0, -2), "median: axes [0, -2] name an axis of shape (4, 5001) twice");
    refused(() -> many.median(2, 3), "median: axis 2 is out of range for shape (4, 5001)");
    NDArray few = session.array(new double[] {1, 2});
    refused(() -> few.quantile(1.5), "quantile: q is 1.5; use numbers from 0 to 1");
    refused(() -> few.percentile(-1), "percentile: -1.0 is no percentage");
    refused(() -> few.slice(":0").quantile(0.5), "quantile: shape (0,) has no elements");
    refused(() -> few.greater(1).quantile(0.5), "quantile: bool has no quantiles");
  }

  @Test
  void countsOfManyPiecesAddUp() {
    NDArray x = session.array(random.ints(6_000, 0, 9).asLongStream().toArray());
    double[] given = values(x);
    double[] counts = new double[9];
    double[] weights = new double[9];
    for (double value : given) {
      counts[(int) value]++;
      weights[(int) value] += value / 4;
    }
    NDArray quarter = x.divide(4.0);
    assertThat(values(x.bincount(0))).containsExactly(counts);
    assertThat(values(x.bincount(quarter, 0))).containsExactly(weights);
    NDArray table = x.reshape(60, 100);
    double[] edges = {0, 1, 2, 3, 4, 5, 6, 7, 8, 8.5};
    assertThat(values(table.histogram(edges))).containsExactly(counts);
    assertThat(values(table.t().histogram(edges, quarter.reshape(60, 100).t())))
        .containsExactly(weights);
    assertThat(values(x.histogram(9, 0, 8))).containsExactly(counts);
    refused(() -> x.subtract(1L).bincount(0), "bincount: -1 is negative");
    refused(
        () -> quarter.bincount(0), "bincount: float64 of shape (6000,); use a vector of integers");
    refused(() -> x.histogram(0, 0, 1), "histogram: 0 bins; use 1 or more");
    refused(() -> x.histogram(2, 1, 0), "histogram: the range goes from 1.0 to 0.0");
    refused(() -> x.histogram(new double[] {1, 0}), "histogram: edge 0 is 1.0 and edge 1 is 0.0");
    refused(() -> x.histogram(edges, quarter.slice("1:")), "histogram: weights of shape (5999,)");
    refused(() -> x.digitize(new double[] {1, 3, 2}, false), "digitize: bins [1.0, 3.0, 2.0]");
  }

  @Test
  void distinctElementsOfManyPieces() {
    NDArray x = numbers(DType.INT16, N);
    double[] given = values(x);
    DistinctElements all = x.distinct(true);
    double[] distinct = Arrays.stream(given).distinct().sorted().toArray();
    assertThat(values(all.values())).containsExactly(distinct);
    assertThat(values(x.unique())).containsExactly(distinct);
    assertThat(values(all.values().take(all.inverse(), 0))).containsExactly(given);
    assertThat(values(x.take(all.index(), 0))).containsExactly(distinct);
    assertThat(all.counts().sum().toDouble()).isEqualTo(N);
    assertThat(values(x.isin(session.array(new long[] {3, -5}))))
        .containsExactly(Arrays.stream(given).map(v -> v == 3 || v == -5 ? 1 : 0).toArray());
    refused(
        () -> x.reshape(1, -1).searchsorted(x, false),
        "searchsorted: the sorted array has shape (1, 5001)");
  }
}
