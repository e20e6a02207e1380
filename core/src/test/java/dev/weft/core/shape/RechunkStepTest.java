package dev.weft.core.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RechunkStepTest {
  private static final int ROUNDS = 2000;

  private static Chunks grid(Shape shape, long... lengths) {
    return Chunks.regular(shape, lengths);
  }

  @Test
  void rowsBecomeColumnsThroughBlocks() {
    Shape square = Shape.of(1000, 1000);
    Chunks rows = grid(square, 10, 1000);
    Chunks columns = grid(square, 1000, 10);
    assertThat(RechunkStep.footprint(rows, columns)).isEqualTo(1_000_000);
    RechunkStep step = Objects.requireNonNull(RechunkStep.between(rows, columns, 50_000));
    // Five chunks of rows are read at a time, and five of columns are put together from blocks.
    assertThat(step.grid()).isEqualTo(grid(square, 50, 50));
    assertThat(step.order()).containsExactly(0, 1);
  }

  @Test
  void columnsAreMadeIntoBlocksColumnByColumn() {
    Shape square = Shape.of(1000, 1000);
    RechunkStep step =
        Objects.requireNonNull(
            RechunkStep.between(grid(square, 1000, 10), grid(square, 10, 1000), 50_000));
    assertThat(step.grid()).isEqualTo(grid(square, 50, 50));
    assertThat(step.order()).containsExactly(1, 0);
  }

  @Test
  void nothingIsBetweenGridsOfWhichOneIsReadInTheOrderOfTheOther() {
    Shape square = Shape.of(1000, 1000);
    Chunks rows = grid(square, 10, 1000);
    assertThat(RechunkStep.footprint(rows, grid(square, 5, 100))).isEqualTo(10_000);
    assertThat(RechunkStep.between(rows, grid(square, 5, 100), 50_000)).isNull();
    assertThat(RechunkStep.between(rows, rows, 50_000)).isNull();
    assertThat(RechunkStep.between(rows, grid(square, 100, 1000), 50_000)).isNull();
  }

  @Test
  void whatIsSaidToBeInMemoryIsEnoughToReadEachChunkOnce() {
    SplittableRandom random = new SplittableRandom(5);
    int steps = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long[] extents = new long[1 + random.nextInt(3)];
      Arrays.setAll(extents, axis -> 1 + random.nextInt(12));
      Shape shape = Shape.of(extents);
      Chunks from = cut(shape, random);
      Chunks to = cut(shape, random);
      List<Integer> order = IntStream.range(0, shape.rank()).boxed().toList();
      assertThat(read(from, to, order, RechunkStep.footprint(from, to)))
          .isLessThanOrEqualTo(few(shape));
      double most = shape.size() / 8.0;
      RechunkStep step = RechunkStep.between(from, to, most);
      if (step != null) {
        steps++;
        double needed =
            Math.max(
                RechunkStep.footprint(step.grid(), to),
                RechunkStep.footprint(from, step.grid(), step.order()));
        assertThat(needed).isLessThan(RechunkStep.footprint(from, to));
        assertThat(read(from, step.grid(), step.order(), needed)).isLessThanOrEqualTo(few(shape));
        assertThat(read(step.grid(), to, order, needed)).isLessThanOrEqualTo(few(shape));
      }
    }
    assertThat(steps).isGreaterThan(ROUNDS / 10);
  }

  /** All elements, and along each axis every fourth once more. */
  private static double few(Shape shape) {
    return shape.size() * Math.pow(1.25, shape.rank());
  }

  private static Chunks cut(Shape shape, SplittableRandom random) {
    List<AxisChunks> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      long extent = shape.extent(axis);
      long[] inner =
          random.nextInt(4) > 0
              ? new long[0]
              : random.longs(3, 1, extent + 1).filter(at -> at < extent).toArray();
      axes.add(
          inner.length == 0
              ? AxisChunks.regular(extent, 1 + random.nextLong(extent))
              : AxisChunks.at(Arrays.stream(concat(inner, extent)).distinct().sorted().toArray()));
    }
    return new Chunks(axes);
  }

  private static long[] concat(long[] inner, long extent) {
    long[] all = Arrays.copyOf(inner, inner.length + 2);
    all[inner.length] = 0;
    all[inner.length + 1] = extent;
    return all;
  }

  /** Elements that are read where so many stay in memory, those that were used last. */
  private static double read(Chunks from, Chunks to, List<Integer> order, double room) {
    LinkedHashMap<Long, Long> held = new LinkedHashMap<>(16, 0.75f, true);
    double[] read = {0};
    for (int n = 0; n < to.count(); n++) {
      from.visit(
          to.region(nth(to, order, n)),
          chunk -> {
            if (held.get(chunk) == null) {
              long size = from.region(chunk).size();
              read[0] += size;
              held.put(chunk, size);
            }
          });
      while (held.values().stream().mapToLong(Long::longValue).sum() > room) {
        held.remove(held.keySet().iterator().next());
      }
    }
    return read[0];
  }

  private static long nth(Chunks grid, List<Integer> order, int n) {
    int[] position = new int[grid.rank()];
    int left = n;
    for (int i = position.length - 1; i >= 0; i--) {
      int count = grid.axis(order.get(i)).count();
      position[order.get(i)] = left % count;
      left /= count;
    }
    return grid.number(position);
  }
}
