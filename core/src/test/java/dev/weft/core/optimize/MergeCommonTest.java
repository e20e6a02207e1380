package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.expr.Expr;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeCommonTest extends PassTest {
  @Override
  Pass pass() {
    return new MergeCommon();
  }

  private boolean merges(NDArray a, NDArray b) {
    List<Expr> merged = pass().apply(List.of(a.expr(), b.expr()));
    return merged.get(0) == merged.get(1);
  }

  @Test
  void equalStepsAreOne() {
    assertThat(merges(x.exp().add(1), x.exp().add(1))).isTrue();
    assertThat(merges(x.slice("1:"), x.slice("1:4"))).isTrue();
    assertThat(merges(x.std(0), x.std(0))).isTrue();
    assertThat(merges(x.cumsum(0), x.cumsum(0))).isTrue();
    assertThat(merges(x.take(new long[] {1}, 0), x.take(new long[] {1}, 0)))
        .as("index lists are arrays of their own")
        .isFalse();
  }

  @Test
  void differentStepsAreNot() {
    assertThat(merges(x.add(1), x.add(2))).isFalse();
    assertThat(merges(x.add(0.0), x.add(-0.0))).isFalse();
    assertThat(merges(x.slice("1:"), x.slice(":3"))).isFalse();
    assertThat(merges(x.sum(0), x.sum(1))).isFalse();
    assertThat(merges(x.var(0.0, 0), x.var(1.0, 0))).isFalse();
    assertThat(merges(x.rechunk(2), x.rechunk(3))).isFalse();
    assertThat(merges(x, source("x", x.dtype(), 4, 6))).isFalse();
    var random = session.random(1);
    assertThat(merges(random.uniform(3), random.uniform(3))).isFalse();
  }

  @Test
  void theUsersFunctionsMayHaveEffects() {
    assertThat(merges(x.map(v -> v), x.map(v -> v))).isFalse();
    doesNotFire(x.map(v -> v).add(1));
  }
}
