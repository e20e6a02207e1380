package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.kernels.BodyBuilder;
import org.junit.jupiter.api.Test;

/** The reasons for having no vector loop. */
class VectorSupportTest {
  @Test
  void arithmeticHasAVectorLoop() {
    FusedKernel kernel = SampleKernels.all().get("hypotenuse_float32");
    assertThat(VectorSupport.check(kernel, 256)).isEmpty();
  }

  @Test
  void aRowWithoutVectorFormIsNamed() {
    FusedKernel kernel = RowKernel.of(ElementwiseOps.FLOOR_DIVIDE, DType.INT64).orElseThrow();
    assertThat(VectorSupport.check(kernel, 512))
        .hasValue("floor_divide has no vector form for int64");
    assertThatThrownBy(() -> BytecodeRenderer.render(TileRequest.vector(kernel, 0, 512)))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("floor_divide has no vector form for int64 in\n%0: int64");
  }

  @Test
  void aConversionWithoutInstructionsIsNamed() {
    BodyBuilder body = new BodyBuilder();
    FusedKernel kernel = body.store(body.cast(body.load(DType.INT64), DType.FLOAT64));
    assertThat(VectorSupport.check(kernel, 512)).isEmpty();
    assertThat(VectorSupport.check(kernel, 256))
        .hasValue("the conversion of int64 to float64 has no vector form at 256 bits");
  }

  @Test
  void bytesBesideWideLanesNeedMoreThanTwoLanes() {
    BodyBuilder body = new BodyBuilder();
    FusedKernel kernel =
        body.store(
            body.apply(ElementwiseOps.LESS, body.load(DType.FLOAT64), body.load(DType.FLOAT64)));
    assertThat(VectorSupport.check(kernel, 256)).isEmpty();
    assertThat(VectorSupport.check(kernel, 128))
        .hasValue("bool has no vector form beside 64-bit types at 128 bits");
  }
}
