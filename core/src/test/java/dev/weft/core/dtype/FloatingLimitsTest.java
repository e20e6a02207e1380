package dev.weft.core.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import org.junit.jupiter.api.Test;

class FloatingLimitsTest {
  /** What numpy.finfo says: eps, max, smallest_normal. */
  @Test
  void areNumPys() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.COMPLEX64}) {
      assertThat(FloatingLimits.epsilon(dtype)).isEqualTo(1.1920928955078125e-07);
      assertThat(FloatingLimits.largest(dtype)).isEqualTo(3.4028234663852886e+38);
      assertThat(FloatingLimits.smallestNormal(dtype)).isEqualTo(1.1754943508222875e-38);
    }
    for (DType dtype : new DType[] {DType.FLOAT64, DType.COMPLEX128}) {
      assertThat(FloatingLimits.epsilon(dtype)).isEqualTo(2.220446049250313e-16);
      assertThat(FloatingLimits.largest(dtype)).isEqualTo(1.7976931348623157e+308);
      assertThat(FloatingLimits.smallestNormal(dtype)).isEqualTo(2.2250738585072014e-308);
    }
  }

  @Test
  void integersHaveNone() {
    assertThatThrownBy(() -> FloatingLimits.epsilon(DType.INT8))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "limits of int8: it has no fractions; use minValue() and maxValue() of integers");
  }
}
