package dev.weft.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Estimates by hand, and how observations move them. */
class CostModelTest {
  private static final Place CPU =
      new Place("cpu", new Rates(20, 10, 1, 1, 5_000, 0), 4, 1 << 30, true);
  private static final Place GPU =
      new Place("cuda:0", new Rates(1000, 2000, 12, 10, 10_000, 2_000), 1, 1 << 30, true);

  private final CostModel model = new CostModel(List.of(CPU, GPU), 2);

  @Test
  void aTaskTakesItsBytesOrItsArithmeticWhicheverIsLonger() {
    // 1,000,000 bytes at a quarter of 20 a nanosecond; 4,000,000 additions at a quarter of 10.
    assertThat(model.run(0, 0, 1_000_000, 0)).isEqualTo(5_000 + 200_000);
    assertThat(model.run(0, 0, 1_000_000, 4_000_000)).isEqualTo(5_000 + 1_600_000);
    assertThat(model.run(1, 0, 1_000_000, 4_000_000)).isEqualTo(10_000 + 2_000);
  }

  @Test
  void aCopyTakesItsLink() {
    assertThat(model.copy(0, 1, 12_000)).isEqualTo(2_000 + 1_000);
    assertThat(model.copy(1, 0, 12_000)).isEqualTo(2_000 + 1_200);
    model.copied(0, 1, 12_000, 6_000);
    assertThat(model.copy(0, 1, 12_000)).isBetween(3_500.0, 6_000.0);
    assertThat(model.copy(1, 0, 12_000)).isEqualTo(3_200);
  }

  @Test
  void anOutlierMovesTheEstimateLittleAndALastingChangeIsBelieved() {
    double before = model.run(1, 0, 1_000_000, 0);
    model.ran(1, 0, 1_000_000, 0, (long) (1000 * before));
    assertThat(model.run(1, 0, 1_000_000, 0)).isBetween(before, 4 * before);
    for (int i = 0; i < 20; i++) {
      model.ran(1, 0, 1_000_000, 0, (long) (5 * before));
    }
    assertThat(model.run(1, 0, 1_000_000, 0)).isCloseTo(5 * before, within(0.05 * before));
  }

  @Test
  void aSlowerDeviceIsSlowerForStagesThatHaveNotRunYet() {
    double before = model.run(1, 1, 1_000_000, 0);
    double other = model.run(0, 1, 1_000_000, 0);
    for (int i = 0; i < 20; i++) {
      model.ran(1, 0, 1_000_000, 0, 55_000);
    }
    assertThat(model.run(1, 1, 1_000_000, 0)).isBetween(2 * before, 3 * before);
    assertThat(model.run(0, 1, 1_000_000, 0)).isEqualTo(other);
  }

  @Test
  void ratesMustBePositive() {
    assertThatThrownBy(() -> new Rates(0, 1, 1, 1, 0, 0))
        .hasMessage("rates must be positive: memory 0.0, arithmetic 1.0, in 1.0, out 1.0");
    assertThatThrownBy(() -> new Rates(1, 1, 1, 1, -1, 0))
        .hasMessage("latencies must not be negative: launch -1.0 ns, copy 0.0 ns");
    assertThatThrownBy(() -> new Place("cpu", CPU.rates(), 0, 1, true))
        .hasMessage("cpu needs at least one slot, not 0");
  }
}
