package dev.weft.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void extentsSizeAndStrides() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.strides()).containsExactly(12, 4, 1);
    assertThat(Shape.of(2, 0, 4).strides()).containsExactly(4, 4, 1);
    assertThat(Shape.SCALAR.size()).isOne();
    assertThat(shape.with(1, 7)).isEqualTo(Shape.of(2, 7, 4));
    assertThat(shape.insert(3, 5)).isEqualTo(Shape.of(2, 3, 4, 5));
    assertThat(shape.remove(0)).isEqualTo(Shape.of(3, 4));
    assertThat(Shape.of(3)).hasToString("(3,)");
    assertThat(Shape.of()).isSameAs(Shape.SCALAR).hasToString("()");
  }

  @Test
  void extentsAreCopied() {
    long[] given = {2, 3};
    Shape shape = Shape.of(given);
    given[0] = 9;
    shape.extents()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void shapesBroadcast() {
    assertThat(Shape.broadcast()).isEqualTo(Shape.SCALAR);
    assertThat(Shape.broadcast(Shape.of(3, 1), Shape.of(4), Shape.of())).isEqualTo(Shape.of(3, 4));
    assertThat(Shape.broadcast(Shape.of(0, 1), Shape.of(1, 1, 5))).isEqualTo(Shape.of(1, 0, 5));
    assertThatThrownBy(() -> Shape.broadcast(Shape.of(2, 3), Shape.of(4)))
        .isInstanceOf(UsageException.class)
        .hasMessage("broadcast_shapes: shapes (2, 3) and (4,) do not broadcast: axis 1 is 3 and 4");
  }

  @Test
  void axesCountFromTheEndWhenNegative() {
    Shape shape = Shape.of(2, 3);
    assertThat(shape.axis("sum", -1)).isOne();
    assertThatThrownBy(() -> shape.axis("sum", 2))
        .isInstanceOf(UsageException.class)
        .hasMessage("sum: axis 2 is out of range for shape (2, 3), which has 2 axes");
    assertThatThrownBy(() -> Shape.of(4).axis("sum", -2))
        .hasMessage("sum: axis -2 is out of range for shape (4,), which has 1 axis");
  }

  @Test
  void impossibleExtentsAreRefused() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .isInstanceOf(UsageException.class)
        .hasMessage("shape (2, -1): extents must not be negative");
    assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 32))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "shape (4294967296, 4294967296) has more than 2^63-1 elements; use smaller extents");
  }

  @Test
  void broadcastingFollowsTheDefinition() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 2000; round++) {
      Shape a = shape(random);
      Shape b = shape(random);
      Shape expected = broadcast(a, b);
      if (expected == null) {
        assertThatThrownBy(() -> Broadcasting.common("add", List.of(a, b)))
            .isInstanceOf(UsageException.class)
            .hasMessageContaining(a.toString())
            .hasMessageContaining(b.toString());
      } else {
        assertThat(Broadcasting.common("add", List.of(a, b))).isEqualTo(expected);
        assertThat(Broadcasting.stretches(a, expected)).isTrue();
      }
      assertThat(Broadcasting.stretches(a, b)).isEqualTo(b.equals(expected));
    }
    assertThatThrownBy(
            () -> Broadcasting.common("add", List.of(Shape.of(1000, 3), Shape.of(1000, 4))))
        .hasMessage("add: shapes (1000, 3) and (1000, 4) do not broadcast: axis 1 is 3 and 4");
  }

  private static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] extents = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      long left = axis < rank - a.rank() ? 1 : a.extent(axis - rank + a.rank());
      long right = axis < rank - b.rank() ? 1 : b.extent(axis - rank + b.rank());
      if (left != right && left != 1 && right != 1) {
        return null;
      }
      extents[axis] = left == 1 ? right : left;
    }
    return Shape.of(extents);
  }

  private static Shape shape(SplittableRandom random) {
    return Shape.of(random.longs(random.nextInt(4), 0, 4).toArray());
  }
}
