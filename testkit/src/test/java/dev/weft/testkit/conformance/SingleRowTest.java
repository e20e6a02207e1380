package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Interpretation;
import dev.weft.core.op.OpBuilder;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.OpsPage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One row, and nothing else, is an operation: value, documentation, kernel, conformance. */
final class SingleRowTest {
  static final ElementwiseOp MEAN_OF_TWO =
      OpBuilder.binary("mean_of_two")
          .integer((a, b) -> a + b >> 1, "(a + b) >> 1")
          .floating((a, b) -> (a + b) / 2, "(a + b) / 2")
          .float32((a, b) -> ((float) a + (float) b) / 2, "(a + b) / 2")
          .doc("halfway between a and b")
          .define();

  @Test
  void itHasAValue() {
    Scalar mean =
        Interpretation.apply(MEAN_OF_TWO, Scalar.of(DType.INT8, 3L), Scalar.of(DType.FLOAT64, 4.0));
    assertThat(mean).isEqualTo(Scalar.of(DType.FLOAT64, 3.5));
  }

  @Test
  void itIsDocumented() {
    assertThat(OpsPage.line(MEAN_OF_TWO))
        .isEqualTo(
            "| `mean_of_two` | halfway between a and b | integer, floating | the promoted type |"
                + " exact | no |\n");
  }

  @Test
  void itRunsOnADevice() throws Throwable {
    try (Device device = new ReferenceDevice(1 << 20)) {
      List<Scalar> one = List.of(Scalar.of(DType.INT32, 1L));
      List<Scalar> seven = List.of(Scalar.of(DType.INT32, 7L));
      RowKernel kernel = RowKernel.of(MEAN_OF_TWO, DType.INT32);
      assertThat(kernel.run(device, List.of(one, seven), 1, ElementLayout.CONTIGUOUS))
          .containsExactly(Scalar.of(DType.INT32, 4L));
    }
  }

  @Test
  void itConforms() throws Throwable {
    OpConformance suite = new ReferenceOpConformanceTest();
    suite.openDevice();
    try {
      suite.conforms(MEAN_OF_TWO);
    } finally {
      suite.closeDevice();
    }
  }
}
