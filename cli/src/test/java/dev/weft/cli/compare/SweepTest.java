package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.core.shape.Shape;
import dev.weft.testkit.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From which size on a device pays, in measurements that are made up. */
class SweepTest {
  private static final Heading HEADING =
      new Heading("sum(x)", "x float64, 1,000 to 1e6 elements", "2 cores", 3);
  private static final long[] SIZES = {1_000, 10_000, 100_000, 1_000_000};

  @Test
  void theCrossingIsBetweenTwoSizes() {
    // 0.1 to 1 and 0.1 to 10 of the time: a straight line passes 0.95 near the middle.
    Sweep sweep = sweep(new double[] {1, 1, 1, 1}, new double[] {9.5, 9.5, 0.95 * 0.95 / 9.5, 0.1});
    assertThat(sweep.crossings())
        .singleElement()
        .satisfies(one -> assertThat(one.elements()).isCloseTo(31_623, within(400.0)));
    assertThat(sweep.words(sweep.crossings().getFirst()))
        .matches("gpu pays against cpu from about 31,\\d+ elements on");
  }

  @Test
  void atAllSizesAndAtNone() {
    Sweep all = sweep(new double[] {1, 1, 1, 1}, new double[] {0.9, 0.5, 0.2, 0.1});
    assertThat(all.words(all.crossings().getFirst()))
        .isEqualTo("gpu pays against cpu at all sizes from 1,000 elements on");
    Sweep none = sweep(new double[] {1, 1, 1, 1}, new double[] {0.5, 2, 1, 0.96});
    assertThat(none.words(none.crossings().getFirst()))
        .isEqualTo("gpu pays against cpu at no size up to 1e6 elements");
  }

  /** A size at which it happened to be faster is not where it begins to pay. */
  @Test
  void onlyWhatStaysSoCounts() {
    Sweep sweep = sweep(new double[] {1, 1, 1, 1}, new double[] {0.5, 1.2, 2, 0.5});
    assertThat(sweep.crossings().getFirst().elements()).isBetween(100_000.0, 1_000_000.0);
  }

  @Test
  void aSizeAtWhichItCouldNotRunIsNotOneAtWhichItPays() {
    List<Sweep.Point> points =
        new ArrayList<>(
            sweep(new double[] {1, 1, 1, 1}, new double[] {0.5, 0.5, 0.5, 0.5}).points());
    points.set(
        3,
        new Sweep.Point(
            1_000_000,
            List.of(measured("cpu", 1), new Outcome.Failed("gpu", InputsAt.HOST, "full"))));
    Sweep sweep = new Sweep(points);
    assertThat(sweep.crossings().getFirst().elements()).isEqualTo(Sweep.Crossing.NEVER);
    assertThat(SweepTable.of(HEADING, sweep, List.of()))
        .contains("\ngpu, at 1e6 elements: failed: full\n")
        .containsPattern("(?m)^ +1e6 +1\\.00 +failed$");
  }

  @Test
  void theTableAndTheChart() {
    Sweep sweep = sweep(new double[] {0.01, 0.1, 1, 12}, new double[] {1, 1, 1.5, 2});
    assertThat(SweepTable.of(HEADING, sweep, List.of("mind the gap")))
        .isEqualTo(
            """
            sum(x)
            x float64, 1,000 to 1e6 elements
            2 cores

            elements    cpu          gpu
               1,000  0.010  1.00 (0.01)
              10,000  0.100  1.00 (0.10)
                 1e5   1.00  1.50 (0.67)
                 1e6   12.0  2.00 (6.00)

            milliseconds, medians of 3, after a warm-up; in brackets: speed-up against cpu
            it pays where its median is at least 5 % less, there and at all larger sizes

            gpu pays against cpu from about 1.61e5 elements on

            warning: mind the gap
            """);
    Golden.check(
        "src/test/resources/dev/weft/cli/compare/sweep.svg",
        SweepChart.of(HEADING, sweep, List.of("mind the gap")));
  }

  @Test
  void sizesAreTwoADecade() {
    assertThat(SweepSizes.parse("1e3..1e5", false).elements())
        .containsExactly(1_000L, 3_162L, 10_000L, 31_623L, 100_000L);
    assertThat(SweepSizes.parse("5..7", false).elements()).containsExactly(5L, 7L);
    assertThat(SweepSizes.parse("1e3..1e4", true).shape(1_000)).isEqualTo(Shape.of(32, 32));
  }

  private static Sweep sweep(double[] cpu, double[] gpu) {
    List<Sweep.Point> points = new ArrayList<>();
    for (int i = 0; i < SIZES.length; i++) {
      points.add(
          new Sweep.Point(SIZES[i], List.of(measured("cpu", cpu[i]), measured("gpu", gpu[i]))));
    }
    return new Sweep(points);
  }

  private static Measured measured(String device, double millis) {
    List<JobTimes> runs = new ArrayList<>();
    for (double factor : new double[] {0.9, 1, 1.3}) {
      runs.add(
          new JobTimes(
              Map.of(), Math.round(millis * factor * 1e6), new JobWork(8000, 1000, 0, null)));
    }
    return new Measured(
        device,
        InputsAt.HOST,
        "",
        runs.getFirst(),
        runs,
        new Agreement("cpu", 64, List.of(), ""),
        Limits.unknown("not asked for"),
        EnergyUse.NOT_ASKED);
  }
}
