package dev.weft.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.kernel.Kernel;
import dev.weft.testkit.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts as reviewed; what is the same for all of them is a resource of its own. */
class CudaGoldenTest {
  static Stream<String> samples() {
    return CudaSamples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void textsAreAsReviewed(String sample) {
    Kernel kernel = CudaSamples.all().get(sample);
    CudaKernel cuda = CudaRenderer.render(kernel);
    assertThat(CudaRenderer.render(kernel)).isEqualTo(cuda);
    for (CudaKernel.EntryPoint entry : cuda.entryPoints()) {
      assertThat(cuda.source()).containsOnlyOnce(" " + entry.name() + "(\n");
    }
    int own = cuda.source().indexOf(CudaRenderer.OWN_PART);
    Golden.check("src/test/resources/golden/cuda/" + sample + ".cu", cuda.source().substring(own));
  }
}
