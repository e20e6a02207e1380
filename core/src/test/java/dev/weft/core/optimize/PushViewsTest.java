package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import org.junit.jupiter.api.Test;

class PushViewsTest extends PassTest {
  @Override
  Pass pass() {
    return new PushViews();
  }

  @Test
  void viewsMoveThroughElementwiseOperations() {
    assertRewrite(
        x.add(y).slice("1"),
        "slice[axis1 0:6](add(x, broadcast[*, axis0 0:6](y)))",
        "add(slice[axis1 0:6](x), y)");
    assertRewrite(
        x.exp().cast(DType.FLOAT32).t(),
        "transpose[axis1 0:6, axis0 0:4](float32(exp(x)))",
        "float32(exp(transpose[axis1 0:6, axis0 0:4](x)))");
  }

  @Test
  void viewsOfViewsAreOne() {
    assertRewrite(
        x.slice("1:, ::2").slice("1:, 1:"),
        "slice[1:3, 1:3](slice[1:4, 0:6:2](x))",
        "slice[2:4, 2:6:2](x)");
    assertRewrite(
        x.t().t(), "transpose[axis1 0:4, axis0 0:6](transpose[axis1 0:6, axis0 0:4](x))", "x");
    assertRewrite(
        x.flip().exp().flip(), "flip[3:-1:-1, 5:-1:-1](exp(flip[3:-1:-1, 5:-1:-1](x)))", "exp(x)");
  }

  @Test
  void slicesMoveBelowReductionsOfOtherAxes() {
    assertRewrite(x.sum(1).slice("1:3"), "slice[1:3](sum[1](x))", "sum[1](slice[1:3, 0:6](x))");
    assertRewrite(
        x.max(0).slice("::-2"), "slice[5:-1:-2](max[0](x))", "max[0](slice[0:4, 5:-1:-2](x))");
    assertRewrite(x.sum(1).slice("2"), "slice[](sum[1](x))", "slice[](sum[1](slice[2:3, 0:6](x)))");
  }

  @Test
  void viewsMoveBelowHints() {
    assertRewrite(
        x.exp().on("cuda:0").slice("1"),
        "slice[axis1 0:6](hint(exp(x), cuda:0))",
        "hint(exp(slice[axis1 0:6](x)), cuda:0)");
    assertRewrite(
        session.random(1).uniform(12).on("cpu").reshape(3, 4),
        "reshape(3, 4)(hint(random(12,), cpu))",
        "hint(random(3, 4), cpu)");
    NDArray shared = x.exp().on("cpu");
    doesNotFire(shared.slice("1:"), shared.slice(":1"));
  }

  @Test
  void viewsIgnoreChunks() {
    assertRewrite(x.rechunk(2).slice("1"), "slice[axis1 0:6](rechunk(x))", "slice[axis1 0:6](x)");
  }

  @Test
  void reshapesMoveToWhatCostsNothing() {
    NDArray random = session.random(1).uniform(12);
    assertRewrite(
        random.exp().reshape(3, 4), "reshape(3, 4)(exp(random(12,)))", "exp(random(3, 4))");
    assertRewrite(
        x.reshape(24).reshape(2, 12), "reshape(2, 12)(reshape(24,)(x))", "reshape(2, 12)(x)");
    assertRewrite(x.rechunk(2).reshape(24), "reshape(24,)(rechunk(x))", "reshape(24,)(x)");
    assertRewrite(
        session.array(new double[12]).sqrt().reshape(3, 4),
        "reshape(3, 4)(sqrt(memory))",
        "sqrt(memory)");
  }

  @Test
  void reshapedCountingCountsAlongEachAxis() {
    assertRewrite(
        session.arange(24).reshape(2, 1, 3, 4),
        "reshape(2, 1, 3, 4)(index0)",
        "add(add(multiply(index0, 12), multiply(index2, 4)), index3)");
    assertThat(session.arange(5, 65, 5).reshape(3, 4).sum(0).compute().toLongArray())
        .containsExactly(75, 90, 105, 120);
  }

  @Test
  void whatWouldBeComputedTwiceStays() {
    NDArray shared = x.exp();
    doesNotFire(shared.slice("1:"), shared.slice(":1"));
    doesNotFire(y.exp().broadcastTo(4, 6));
    NDArray total = x.sum(1);
    doesNotFire(total.slice("1:"), total.expandDims(0));
    doesNotFire(x.add(1).reshape(24));
    doesNotFire(x.cumsum(0).slice("1:"));
    doesNotFire(x.sum(1).broadcastTo(6, 4));
  }

  @Test
  void oneCheapStepOverSourcesIsRepeated() {
    NDArray twice = x.add(x);
    assertRewrite(
        twice.slice("1:").subtract(twice.slice(":-1")),
        "subtract(slice[1:4, 0:6](add(x, x)), slice[0:3, 0:6](add(x, x)))",
        "subtract(add(slice[1:4, 0:6](x), slice[1:4, 0:6](x)), add(slice[0:3, 0:6](x), slice[0:3, 0:6](x)))");
  }
}
