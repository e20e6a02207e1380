package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlanCacheTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x = session.array(new double[] {1, 2, 3, 4, 5, 6});
  private final NDArray y = session.array(new double[] {60, 50, 40, 30, 20, 10});

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray array) {
    try (HostArray computed = array.compute()) {
      return computed.toDoubleArray();
    }
  }

  /** Whether the second of two expressions was planned by looking up the first. */
  private boolean areAlike(NDArray first, NDArray second) {
    first.compute().close();
    long before = session.plans().hits();
    second.compute().close();
    return session.plans().hits() > before;
  }

  @Test
  void theStepsOfALoopArePlannedOnce() {
    NDArray z = x;
    for (int i = 0; i < 50; i++) {
      z = z.multiply(0.5).add(y).persist();
    }
    // The first step reads memory that was given, the others what is kept in chunks.
    assertThat(session.plans().misses()).isEqualTo(2);
    assertThat(session.plans().hits()).isEqualTo(48);
    // z - 2y is halved 50 times.
    double[] end = values(z);
    for (int i = 0; i < 6; i++) {
      double first = i + 1;
      double limit = 2.0 * (60 - 10 * i);
      assertThat(end[i]).isCloseTo(limit + (first - limit) * Math.pow(0.5, 50), within());
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  @Test
  void equalExpressionsOverOtherDataAreAlike() {
    UnaryOperator<NDArray> f = a -> a.slice("1:").subtract(a.slice(":-1")).square().sum();
    assertThat(areAlike(f.apply(x), f.apply(y))).isTrue();
    assertThat(values(f.apply(x))).containsExactly(5);
    assertThat(values(f.apply(y))).containsExactly(500);
    assertThat(areAlike(x.subtract(y), y.subtract(x))).isTrue();
    assertThat(values(x.subtract(y))).containsExactly(-59, -48, -37, -26, -15, -4);
    assertThat(values(y.subtract(x))).containsExactly(59, 48, 37, 26, 15, 4);
  }

  @Test
  void whatDiffersInMoreThanDataIsNot() {
    assertThat(areAlike(x.add(1), x.add(2))).as("constants").isFalse();
    assertThat(areAlike(x.subtract(0.0), x.subtract(-0.0))).as("signs of zeros").isFalse();
    assertThat(areAlike(x.add(1.5), x.multiply(1.5))).as("operations").isFalse();
    assertThat(areAlike(x.sqrt(), x.cast(DType.FLOAT32).sqrt())).as("types").isFalse();
    assertThat(areAlike(x.exp(), x.rechunk(2).exp())).as("chunks").isFalse();
    assertThat(areAlike(x.slice("1:"), x.slice(":-1"))).as("views").isFalse();
    assertThat(areAlike(x.add(y), x.add(x))).as("the same source twice").isFalse();
    assertThat(areAlike(x.sum(), x.max())).as("reductions").isFalse();
    assertThat(areAlike(x.var(0), x.std(0))).as("what follows a reduction").isFalse();
    assertThat(areAlike(x.cumsum(0), x.cumprod(0))).as("library routines").isFalse();
    assertThat(values(x.add(2))).containsExactly(3, 4, 5, 6, 7, 8);
    assertThat(values(x.add(x))).containsExactly(2, 4, 6, 8, 10, 12);
  }

  @Test
  void resultsAreToldApartByTheirOrder() {
    session.compute(x.add(1), x.multiply(3)).forEach(HostArray::close);
    var swapped = session.compute(y.multiply(3), y.add(1));
    assertThat(swapped.getFirst().toDoubleArray()).containsExactly(180, 150, 120, 90, 60, 30);
    assertThat(swapped.getLast().toDoubleArray()).containsExactly(61, 51, 41, 31, 21, 11);
    swapped.forEach(HostArray::close);
  }

  @Test
  void drawsOfAnotherStreamAreOtherNumbers() {
    RandomArrays random = session.random(5);
    NDArray first = random.uniform(6).add(x);
    NDArray second = random.uniform(6).add(x);
    double[] alone;
    try (Session other = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      RandomArrays same = other.random(5);
      same.uniform(6);
      alone = values(same.uniform(6).add(other.array(new double[] {1, 2, 3, 4, 5, 6})));
    }
    assertThat(areAlike(first, second)).isTrue();
    assertThat(values(second)).containsExactly(alone).isNotEqualTo(values(first));
    NDArray stream = random.uniform(6);
    assertThat(areAlike(stream.add(random.uniform(6)), stream.add(stream))).isFalse();
  }

  @Test
  void theUsersOwnCodeIsPlannedEveryTime() {
    assertThat(areAlike(x.map(v -> v + 1), x.map(v -> v + 1))).isFalse();
    assertThat(values(x.map(v -> -v))).containsExactly(-1, -2, -3, -4, -5, -6);
  }

  /** Numbers 0, 1, ... that are copied, unless they may be read in place. */
  private record Counting(Shape shape, long @Nullable [] strides) implements ArraySource {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public String description() {
      return "counting";
    }

    @Override
    public @Nullable Layout memory() {
      return strides == null ? null : new Layout(numbers(), 0, strides);
    }

    private MemorySegment numbers() {
      double[] numbers = new double[(int) shape.size()];
      Arrays.setAll(numbers, i -> i);
      MemorySegment memory = Arena.ofAuto().allocate(8L * numbers.length, 64);
      memory.copyFrom(MemorySegment.ofArray(numbers));
      return memory;
    }

    @Override
    public void read(Region region, MemorySegment target) {
      long[] strides = shape.strides();
      long row = region.extents()[1];
      for (long i = 0; i < region.size(); i++) {
        long first = region.start()[0] + i / row;
        long second = region.start()[1] + i % row;
        target.setAtIndex(ValueLayout.JAVA_DOUBLE, i, first * strides[0] + second * strides[1]);
      }
    }
  }

  @Test
  void sourcesOfOtherKindsAreNotAlike() {
    Shape shape = Shape.of(2, 3);
    NDArray read = session.array(new Counting(shape, null));
    NDArray dense = session.array(new Counting(shape, new long[] {24, 8}));
    NDArray turned = session.array(new Counting(shape, new long[] {8, 16}));
    UnaryOperator<NDArray> f = a -> a.reshape(6).add(1);
    assertThat(areAlike(f.apply(dense), f.apply(turned))).isFalse();
    assertThat(areAlike(f.apply(dense), f.apply(read))).isFalse();
    assertThat(areAlike(f.apply(dense), f.apply(x.reshape(2, 3)))).isFalse();
    assertThat(values(f.apply(dense))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values(f.apply(read))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values(f.apply(turned))).containsExactly(1, 3, 5, 2, 4, 6);
    NDArray other = session.array(new Counting(shape, new long[] {24, 8}));
    assertThat(areAlike(f.apply(dense), f.apply(other))).isTrue();
    assertThat(values(f.apply(other))).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  @Timeout(60)
  void sourcesAreNotKept() throws InterruptedException {
    WeakReference<ArraySource> source = computed();
    while (source.get() != null) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(session.plans().misses()).isEqualTo(1);
  }

  private WeakReference<ArraySource> computed() {
    ArraySource source = new Counting(Shape.of(2, 3), null);
    session.array(source).add(1).compute().close();
    return new WeakReference<>(source);
  }

  @Test
  void manyExpressionsDoNotFillTheMemory() {
    NDArray kept = x.sqrt();
    kept.compute().close();
    NDArray z = x;
    for (int i = 0; i < 400; i++) {
      z = z.add(i);
      z.compute().close();
    }
    // 400 chains of up to 400 steps are more than the cache holds: the first expression has gone.
    long misses = session.plans().misses();
    y.sqrt().compute().close();
    assertThat(session.plans().misses()).isEqualTo(misses + 1);
    assertThat(areAlike(z, z)).isTrue();
  }
}
