package dev.weft.core.dtype;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rounding to float16 beside the search for the nearest of all of them. */
class HalfFloatsTest {
  @Test
  void everyNumberIsRoundedOnceToTheNearest() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      double low = HalfFloats.of((short) bits);
      double high = HalfFloats.of((short) (bits + 1));
      double middle = (low + high) / 2;
      double even = (bits & 1) == 0 ? low : high;
      for (int sign : new int[] {1, -1}) {
        assertThat(HalfFloats.of(sign * low)).isEqualTo((float) (sign * low));
        assertThat(HalfFloats.of(sign * middle)).isEqualTo((float) (sign * even));
        // By way of float32 these would become the middle, and go to the even one.
        assertThat(HalfFloats.of(sign * Math.nextDown(middle))).isEqualTo((float) (sign * low));
        assertThat(HalfFloats.of(sign * Math.nextUp(middle))).isEqualTo((float) (sign * high));
      }
    }
  }

  @Test
  void whatIsBeyondIsInfinite() {
    assertThat(HalfFloats.of(65519.999)).isEqualTo(HalfFloats.MAX_VALUE);
    assertThat(HalfFloats.of(65520.0)).isInfinite();
    assertThat(HalfFloats.of(-1e300)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfFloats.of(Double.NaN)).isNaN();
    assertThat(HalfFloats.of(-1e-300)).isEqualTo(-0.0f);
    assertThat(HalfFloats.bits(HalfFloats.of(-0.0))).isEqualTo(Short.MIN_VALUE);
  }
}
