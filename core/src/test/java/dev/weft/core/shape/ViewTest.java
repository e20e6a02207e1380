package dev.weft.core.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Views against the definition: every index is followed through every step. */
class ViewTest {
  private static final int ROUNDS = 2000;

  private final SplittableRandom random = new SplittableRandom(5);

  /** A view and what it must show, index by index: positions in the base. */
  private record Known(View view, Shape base, long[] positions) {}

  @Test
  void compositionsShowWhatTheirStepsShow() {
    for (int round = 0; round < ROUNDS; round++) {
      Known known = start();
      for (int steps = random.nextInt(5); steps > 0; steps--) {
        known = then(known, step(known.view.shape()));
      }
      assertThat(positions(known.view)).isEqualTo(known.positions);
    }
  }

  @Test
  void reachIsTheSmallestBoxAroundARegion() {
    for (int round = 0; round < ROUNDS; round++) {
      Known known = start();
      for (int steps = random.nextInt(4); steps > 0; steps--) {
        known = then(known, step(known.view.shape()));
      }
      Region region = region(known.view.shape());
      long[] low = new long[known.base.rank()];
      long[] high = new long[known.base.rank()];
      Arrays.fill(low, Long.MAX_VALUE);
      Arrays.fill(high, Long.MIN_VALUE);
      for (long i = 0; i < region.size(); i++) {
        long[] index = index(region.shape(), i);
        long position = 0;
        long[] dense = known.view.shape().strides();
        for (int axis = 0; axis < index.length; axis++) {
          position += (index[axis] + region.start()[axis]) * dense[axis];
        }
        long[] at = index(known.base, known.positions[(int) position]);
        for (int axis = 0; axis < at.length; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis]);
        }
      }
      Region reach = known.view.reach(region);
      if (region.size() == 0) {
        assertThat(reach.extents()).isEqualTo(new long[low.length]);
      } else {
        assertThat(reach.start()).isEqualTo(low);
        for (int axis = 0; axis < low.length; axis++) {
          assertThat(reach.start()[axis] + reach.extents()[axis] - 1).isEqualTo(high[axis]);
        }
      }
    }
  }

  @Test
  void unitAxesComeAndGo() {
    assertThat(View.unitAxes(Shape.of(3, 1, 4), Shape.of(1, 3, 4, 1))).isNotNull();
    assertThat(View.unitAxes(Shape.of(1, 3), Shape.of(3, 1))).isNotNull();
    assertThat(View.unitAxes(Shape.of(3, 4), Shape.of(4, 3))).isNull();
    assertThat(View.unitAxes(Shape.of(3, 4), Shape.of(12))).isNull();
    assertThat(View.unitAxes(Shape.of(1, 1), Shape.SCALAR)).isNotNull();
    assertThat(View.unitAxes(Shape.of(0, 1), Shape.of(1, 0))).isNotNull();
  }

  @Test
  void onlyWhatShowsTheBaseAsItIsIsAnIdentity() {
    Shape shape = Shape.of(3, 4);
    assertThat(View.identity(shape).isIdentity()).isTrue();
    assertThat(View.identity(Shape.SCALAR).isIdentity()).isTrue();
    assertThat(View.transpose(Shape.of(3, 3), new int[] {1, 0}).isIdentity()).isFalse();
    assertThat(
            View.slice(shape, new long[] {0, 0}, new long[] {1, 1}, new long[] {3, 3}).isIdentity())
        .isFalse();
    assertThat(View.broadcast(Shape.of(4), shape).isIdentity()).isFalse();
    assertThat(View.broadcast(Shape.of(1, 4), Shape.of(1, 4)).isIdentity()).isTrue();
  }

  private Known start() {
    Shape shape = shape();
    long[] positions = new long[(int) shape.size()];
    Arrays.setAll(positions, i -> i);
    return new Known(View.identity(shape), shape, positions);
  }

  /** The known view seen through one more step. */
  private Known then(Known known, View step) {
    long[] through = positions(step);
    long[] positions = new long[through.length];
    Arrays.setAll(positions, i -> known.positions[(int) through[i]]);
    return new Known(step.of(known.view), known.base, positions);
  }

  private View step(Shape shape) {
    return switch (random.nextInt(3)) {
      case 0 -> slice(shape);
      case 1 -> {
        int[] order = new int[shape.rank()];
        for (int i = 0; i < order.length; i++) {
          int j = random.nextInt(i + 1);
          order[i] = order[j];
          order[j] = i;
        }
        yield View.transpose(shape, order);
      }
      default -> {
        Shape wide = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
          wide = shape.extent(axis) == 1 ? wide.with(axis, 1 + random.nextInt(3)) : wide;
        }
        yield View.broadcast(shape, wide.rank() < 4 ? wide.insert(0, 2) : wide);
      }
    };
  }

  private View slice(Shape shape) {
    int rank = shape.rank();
    long[] start = new long[rank];
    long[] step = new long[rank];
    long[] extents = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      long extent = shape.extent(axis);
      step[axis] = (1L + random.nextInt(3)) * (random.nextBoolean() ? 1 : -1);
      start[axis] = extent == 0 ? 0 : random.nextLong(extent);
      long room =
          step[axis] > 0
              ? (extent - start[axis] + step[axis] - 1) / step[axis]
              : start[axis] / -step[axis] + 1;
      extents[axis] = extent == 0 ? 0 : random.nextLong(room + 1);
    }
    return View.slice(shape, start, step, extents);
  }

  /** Positions in the base, found by the view's own arithmetic. */
  private static long[] positions(View view) {
    long[] strides = view.base().strides();
    long[] memory = view.strides(strides);
    long[] positions = new long[(int) view.shape().size()];
    for (int i = 0; i < positions.length; i++) {
      long[] index = index(view.shape(), i);
      positions[i] = view.position(index, strides);
      long origin = view.position(new long[index.length], strides);
      for (int axis = 0; axis < index.length; axis++) {
        origin += index[axis] * memory[axis];
      }
      assertThat(origin).isEqualTo(positions[i]);
    }
    return positions;
  }

  private Region region(Shape shape) {
    long[] start = new long[shape.rank()];
    long[] extents = new long[shape.rank()];
    for (int axis = 0; axis < start.length; axis++) {
      start[axis] = random.nextLong(shape.extent(axis) + 1);
      extents[axis] = random.nextLong(shape.extent(axis) - start[axis] + 1);
    }
    return new Region(start, extents);
  }

  private Shape shape() {
    long[] extents = new long[random.nextInt(4)];
    Arrays.setAll(extents, axis -> random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(5));
    return Shape.of(extents);
  }

  private static long[] index(Shape shape, long position) {
    long[] index = new long[shape.rank()];
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = position % shape.extent(axis);
      position /= shape.extent(axis);
    }
    return index;
  }
}
