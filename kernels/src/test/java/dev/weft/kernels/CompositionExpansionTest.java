package dev.weft.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOps;
import org.junit.jupiter.api.Test;

/** square, and equal parts of bodies. */
class CompositionExpansionTest {
  @Test
  void composedRowsBecomeTheirParts() {
    BodyBuilder body = new BodyBuilder();
    FusedKernel kernel = body.store(body.apply(ElementwiseOps.SQUARE, body.load(DType.FLOAT64)));
    assertThat(CompositionExpansion.expand(kernel, (op, dtype) -> false).kernel())
        .hasToString(
            """
            %0: float64 = load p0
            %1: float64 = multiply %0, %0
            store %1 -> out0
            """);
  }

  @Test
  void primitiveRowsStay() {
    BodyBuilder body = new BodyBuilder();
    FusedKernel kernel = body.store(body.apply(ElementwiseOps.SQUARE, body.load(DType.FLOAT64)));
    assertThat(CompositionExpansion.expand(kernel, (op, dtype) -> true).kernel()).isEqualTo(kernel);
  }

  @Test
  void equalValuesAreComputedOnceAndUnusedOnesNotAtAll() {
    BodyBuilder body = new BodyBuilder();
    int x = body.load(DType.FLOAT64);
    int first = body.apply(ElementwiseOps.SQRT, x);
    body.apply(ElementwiseOps.EXP, x);
    int second = body.apply(ElementwiseOps.SQRT, x);
    FusedKernel kernel = body.store(body.apply(ElementwiseOps.ADD, first, second));
    assertThat(CompositionExpansion.expand(kernel, (op, dtype) -> true).kernel())
        .hasToString(
            """
            %0: float64 = load p0
            %1: float64 = sqrt %0
            %2: float64 = add %1, %1
            store %2 -> out0
            """);
  }

  @Test
  void constantsBecomeScalarsBehindThoseOfTheLaunch() {
    BodyBuilder body = new BodyBuilder();
    int scaled =
        body.apply(ElementwiseOps.MULTIPLY, body.load(DType.FLOAT64), body.scalar(DType.FLOAT64));
    Expansion expansion =
        CompositionExpansion.expand(
            body.store(body.apply(ElementwiseOps.FLOOR, scaled)), (op, dtype) -> false);
    assertThat(expansion.launchScalars()).isEqualTo(1);
    assertThat(expansion.kernel().scalars()).isEqualTo(1 + expansion.constants().size());
    assertThat(expansion.constants()).extracting(Object::toString).contains("1.0");
  }
}
