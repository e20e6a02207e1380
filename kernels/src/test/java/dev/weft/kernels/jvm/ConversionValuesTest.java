package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Interpretation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every conversion between dtypes, by both loops: Java's narrowing, then wrapping. */
class ConversionValuesTest {
  private static final int LENGTH = 517;

  static Stream<DType> types() {
    return DType.computable().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void loopsConvertAsJavaDoes(DType from) {
    for (DType to : DType.computable()) {
      FusedKernel kernel =
          new FusedKernel(
              List.of(new Param.Buffer(from)),
              0,
              List.of(new SsaValue.Load(0, from), new SsaValue.Convert(0, to)),
              List.of(new Sink.Store(1, to), new Sink.Store(0, from)));
      TileData data = TileData.awkward(from, LENGTH, 5);
      check(kernel, TileRequest.scalar(kernel, 0), data, to);
      for (int bits : TileRun.WIDTHS) {
        if (VectorSupport.check(kernel, bits).isEmpty()) {
          check(kernel, TileRequest.vector(kernel, 0, bits), data, to);
        }
      }
    }
  }

  private static void check(FusedKernel kernel, TileRequest request, TileData data, DType to) {
    List<TileData> results =
        TileRun.run(kernel, TileRun.load(request), List.of(data), new long[0], LENGTH);
    TileData expected = new TileData(to, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      expected.set(i, Interpretation.convert(data.get(i), to));
      assertThat(results.get(0).text(i))
          .as("%s as %s by %s %d", data.text(i), to, request.mode(), request.vectorBits())
          .isEqualTo(expected.text(i));
      assertThat(results.get(1).text(i)).isEqualTo(data.text(i));
    }
    assertThat(results).allMatch(TileData::guardIsIntact);
  }
}
