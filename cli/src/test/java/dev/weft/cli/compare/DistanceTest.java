package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Distances in ulps, counted by neighbours. */
class DistanceTest {
  @Test
  void equalBitsAreAtNoDistance() {
    Distance distance =
        Distance.between(f64(1, Double.NaN, -0.0), f64(1, Double.longBitsToDouble(-1L), -0.0));
    // The NaNs differ in bits, but a NaN is a NaN.
    assertThat(distance.differing()).isZero();
    assertThat(distance.ulps()).isZero();
    assertThat(distance.worst()).isEqualTo(-1);
  }

  @Test
  void neighboursAreOneUlpApart() {
    double x = 3;
    double twice = Math.nextUp(Math.nextUp(x));
    Distance distance = Distance.between(f64(x, 1, x), f64(Math.nextUp(x), 1, twice));
    assertThat(distance.ulps()).isEqualTo(2);
    assertThat(distance.differing()).isEqualTo(2);
    assertThat(distance.worst()).isEqualTo(2);
    assertThat(Distance.between(f64(1), f64(Math.nextDown(1.0))).ulps()).isEqualTo(1);
    float f = 0.1f;
    assertThat(Distance.between(of(new float[] {f}), of(new float[] {Math.nextUp(f)})).ulps())
        .isEqualTo(1);
  }

  @Test
  void signsAreCrossedThroughZero() {
    assertThat(Distance.between(f64(0.0), f64(-0.0)).ulps()).isZero();
    assertThat(Distance.between(f64(0.0), f64(-0.0)).differing()).isEqualTo(1);
    assertThat(Distance.between(f64(Double.MIN_VALUE), f64(-Double.MIN_VALUE)).ulps()).isEqualTo(2);
    float tiny = Float.MIN_VALUE;
    assertThat(Distance.between(of(new float[] {tiny}), of(new float[] {-tiny})).ulps())
        .isEqualTo(2);
  }

  @Test
  void smallElementsMayBeFarByCancellation() {
    // 1e-16 for 0 beside 1: less than one unit of the largest, but very many of its own.
    Distance distance = Distance.between(f64(1, 0), f64(1, 1e-16));
    assertThat(distance.ulps()).isGreaterThan(1e15);
    assertThat(distance.scaledUlps()).isBetween(0.4, 0.5);
    assertThat(distance.within(1)).isTrue();
    assertThat(Distance.between(f64(1, 0), f64(1, 1e-6)).within(1000)).isFalse();
  }

  @Test
  void notANumberIsNoRounding() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Distance distance = Distance.between(f64(1, 2), f64(1, wrong));
      assertThat(distance.ulps()).isInfinite();
      assertThat(distance.within(1e300)).isFalse();
      assertThat(distance.worst()).isEqualTo(1);
    }
    assertThat(Distance.between(f64(Double.MAX_VALUE), f64(Double.POSITIVE_INFINITY)).within(1e300))
        .isFalse();
    assertThat(Distance.between(f64(1e308), f64(-1e308)).within(64)).isFalse();
  }

  @Test
  void integersAndTruthValuesAgreeOrDoNot() {
    Distance same = Distance.between(of(new long[] {1, 2}), of(new long[] {1, 2}));
    assertThat(List.of(same.differing(), same.elements())).containsExactly(0L, 2L);
    Distance long1 = Distance.between(of(new long[] {1, 2, 3}), of(new long[] {1, 2, 4}));
    assertThat(long1.within(1e300)).isFalse();
    assertThat(long1.worst()).isEqualTo(2);
    assertThat(Distance.between(of(new byte[] {1}), of(new byte[] {2})).within(1e300)).isFalse();
    assertThat(Distance.between(of(new boolean[] {true}), of(new boolean[] {false})).within(9))
        .isFalse();
  }

  private static HostArray f64(double... values) {
    return HostArray.of(values);
  }

  private static HostArray of(Object values) {
    return HostArray.of(values);
  }
}
