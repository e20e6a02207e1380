package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.kernels.jvm.tile.RenderedTile;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated loops as text, and the JVM's opinion of their classes. */
class OutlineGoldenTest {
  static Stream<String> samples() {
    return SampleKernels.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void loopsAreAsReviewed(String sample) throws IOException {
    FusedKernel kernel = SampleKernels.all().get(sample);
    StringBuilder text = new StringBuilder("kernel\n" + kernel + "\n");
    long lastUniform = 1L << kernel.params().size() - 1;
    append(text, "scalar", TileRequest.scalar(kernel, 0));
    for (int bits : List.of(512, 128)) {
      String reason = VectorSupport.check(kernel, bits).orElse("");
      if (reason.isEmpty()) {
        append(text, "vector " + bits, TileRequest.vector(kernel, 0, bits));
      } else {
        text.append("no vector ").append(bits).append(": ").append(reason).append("\n\n");
      }
    }
    if (VectorSupport.check(kernel, 512).isEmpty()) {
      append(text, "vector 512, last uniform", TileRequest.vector(kernel, lastUniform, 512));
    }
    GoldenText.check("jvm/" + sample + ".txt", text.toString());
  }

  private static void append(StringBuilder text, String title, TileRequest request) {
    RenderedTile tile = BytecodeRenderer.render(request);
    RenderedTile again = BytecodeRenderer.render(request);
    for (int i = 0; i < tile.loops().size(); i++) {
      byte[] bytes = tile.loops().get(i).classBytes();
      assertThat(ClassFile.of().verify(bytes)).isEmpty();
      assertThat(again.loops().get(i).classBytes()).isEqualTo(bytes);
    }
    text.append(title).append('\n').append(tile.outline()).append('\n');
  }

  /** Keeps in sight which rows fall back to the scalar loop. */
  @Test
  void vectorFormsAreAsReviewed() throws IOException {
    StringBuilder text = new StringBuilder();
    for (ElementwiseOp row : ElementwiseOps.withInternal()) {
      for (DType dtype : List.of(DType.BOOL, DType.INT64, DType.FLOAT64)) {
        RowKernel.of(row, dtype)
            .flatMap(kernel -> VectorSupport.check(kernel, 512))
            .ifPresent(reason -> text.append(row + " " + dtype + ": " + reason + "\n"));
      }
    }
    GoldenText.check("jvm/without-vector-form.txt", text.toString());
  }
}
