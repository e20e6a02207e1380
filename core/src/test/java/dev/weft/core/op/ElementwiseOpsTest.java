package dev.weft.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ElementwiseOpsTest {
  /** The elementwise functions of the Array API 2025.12. */
  private static final Set<String> ARRAY_API =
      Set.of(
          ("abs acos acosh add asin asinh atan atan2 atanh bitwise_and bitwise_left_shift"
                  + " bitwise_invert bitwise_or bitwise_right_shift bitwise_xor ceil clip conj"
                  + " copysign cos cosh divide equal exp expm1 floor floor_divide greater"
                  + " greater_equal hypot imag isfinite isinf isnan less less_equal log log1p"
                  + " log2 log10 logaddexp logical_and logical_not logical_or logical_xor"
                  + " maximum minimum multiply negative nextafter not_equal positive pow real"
                  + " reciprocal remainder round sign signbit sin sinh square sqrt subtract tan"
                  + " tanh trunc")
              .split(" "));

  @Test
  void theTableHasTheArrayApi() {
    assertThat(ElementwiseOps.all()).extracting(ElementwiseOp::name).containsAll(ARRAY_API);
  }

  @Test
  void rowsAreSortedAndInternalOnesAreKeptApart() {
    assertThat(ElementwiseOps.all())
        .extracting(ElementwiseOp::name)
        .isSorted()
        .doesNotContain("fma");
    assertThat(ElementwiseOps.withInternal()).contains(ElementwiseOps.FMA);
  }

  @Test
  void rowsAreFoundByNameAndAlias() {
    assertThat(ElementwiseOps.find("power")).contains(ElementwiseOps.POW);
    assertThat(ElementwiseOps.find("arctan2")).contains(ElementwiseOps.ATAN2);
    assertThat(ElementwiseOps.find("frobnicate")).isEmpty();
  }

  @Test
  void everyRowSaysWhatItIsAndHasAMeaning() {
    for (ElementwiseOp row : ElementwiseOps.withInternal()) {
      assertThat(row.doc()).as(row.name()).isNotBlank();
      for (DType dtype : DType.computable()) {
        if (row.accepts(dtype)) {
          boolean stated = row.meaning(dtype) != null || row.composition(dtype) != null;
          assertThat(stated).as("%s of %s", row, dtype).isTrue();
        }
      }
    }
  }

  @Test
  void aRefusedTypeIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> ElementwiseOps.BITWISE_AND.resolve(List.of(DType.BOOL, DType.FLOAT32)))
        .hasMessage(
            "bitwise_and does not accept float32 (operand 1); it accepts [bool, integer]."
                + " Cast first: x.cast(...)");
    assertThatThrownBy(() -> ElementwiseOps.SUBTRACT.resolve(List.of(DType.BOOL, DType.BOOL)))
        .hasMessage(
            "subtract does not accept bool (operand 0); it accepts [integer, floating]."
                + " Use bitwise_xor or logical_xor, or cast first: x.cast(...)");
    assertThatThrownBy(() -> ElementwiseOps.NEXTAFTER.resolve(List.of(DType.INT8, DType.INT8)))
        .hasMessage(
            "nextafter does not accept float16, as which int8 is computed;"
                + " cast first: x.cast(DType.FLOAT32)");
    assertThatThrownBy(() -> ElementwiseOps.EXP.resolve(List.of(DType.INT8, DType.INT8)))
        .hasMessage("exp takes 1 operand, not 2");
  }

  @Test
  void aNegativeIntegerExponentIsRefused() {
    var two = Scalar.of(DType.INT32, 2L);
    var minusOne = Scalar.of(DType.INT32, -1L);
    assertThatThrownBy(() -> Interpretation.apply(ElementwiseOps.POW, two, minusOne))
        .hasMessage(
            "pow: integers to negative integer powers are not allowed (2 to the power -1);"
                + " make one of them floating, as in 2.0");
  }
}
