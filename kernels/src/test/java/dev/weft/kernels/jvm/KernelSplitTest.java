package dev.weft.kernels.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.kernels.BodyBuilder;
import dev.weft.kernels.jvm.tile.RenderedLoop;
import dev.weft.kernels.jvm.tile.RenderedTile;
import dev.weft.kernels.jvm.tile.TileCode;
import dev.weft.kernels.jvm.tile.TileLoader;
import java.lang.classfile.ClassFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body too large for one method becomes several loops with the same values. */
class KernelSplitTest {
  private static final int LENGTH = 2500;
  private static final List<ElementwiseOp> OPS =
      List.of(ElementwiseOps.ADD, ElementwiseOps.MULTIPLY, ElementwiseOps.SUBTRACT);

  /** Eight values go on side by side, with a comparison now and then whose result lives long. */
  private static FusedKernel large(int size) {
    BodyBuilder body = new BodyBuilder();
    int[] live = new int[8];
    int x = body.load(DType.FLOAT64);
    int y = body.cast(body.load(DType.INT32), DType.FLOAT64);
    int scale = body.scalar(DType.FLOAT64);
    int early = body.apply(ElementwiseOps.LESS, x, y);
    for (int i = 0; i < live.length; i++) {
      live[i] = i % 2 == 0 ? x : y;
    }
    for (int i = 0; i < size; i++) {
      int other = i % 7 == 0 ? scale : live[(i + 3) % live.length];
      live[i % live.length] = body.apply(OPS.get(i % 3), live[i % live.length], other);
      if (i % 50 == 49) {
        live[i % live.length] =
            body.apply(ElementwiseOps.WHERE, early, live[i % live.length], scale);
      }
    }
    int sum = live[0];
    for (int i = 1; i < live.length; i++) {
      sum = body.apply(ElementwiseOps.ADD, sum, live[i]);
    }
    return body.store(sum, early, live[3]);
  }

  @Test
  void partsComputeWhatTheWholeDoes() {
    FusedKernel kernel = large(2000);
    TileData x = TileData.awkward(DType.FLOAT64, LENGTH, 1);
    TileData y = TileData.awkward(DType.INT32, 1, 2);
    long[] scalars = {Double.doubleToRawLongBits(0.999)};
    List<TileData> expected = null;
    for (int bits : TileRun.WIDTHS) {
      for (TileRequest request :
          List.of(TileRequest.scalar(kernel, 2), TileRequest.vector(kernel, 2, bits))) {
        if (request.mode() == TileRequest.Mode.VECTOR
            && VectorSupport.check(kernel, bits).isPresent()) {
          continue;
        }
        RenderedTile tile = BytecodeRenderer.render(request);
        assertThat(tile.loops()).hasSizeGreaterThan(2);
        assertThat(tile.scratchValues()).isBetween(9, 10 * tile.loops().size());
        List<TileData> results =
            TileRun.run(kernel, TileLoader.load(tile), List.of(x, y), scalars, LENGTH);
        if (expected == null) {
          expected = results;
        }
        for (int o = 0; o < results.size(); o++) {
          for (int i = 0; i < LENGTH; i++) {
            assertThat(results.get(o).text(i)).isEqualTo(expected.get(o).text(i));
          }
        }
      }
    }
  }

  @Test
  void loopsStayBelowTheSizeThatTheJvmCompiles() {
    FusedKernel kernel = large(2000);
    for (TileRequest request :
        List.of(TileRequest.scalar(kernel, 0), TileRequest.vector(kernel, 0, 512))) {
      for (RenderedLoop loop : BytecodeRenderer.render(request).loops()) {
        int run =
            ClassFile.of().parse(loop.classBytes()).methods().stream()
                .filter(method -> method.methodName().equalsString("run"))
                .mapToInt(
                    method ->
                        method
                            .findAttribute(java.lang.classfile.Attributes.code())
                            .orElseThrow()
                            .codeLength())
                .sum();
        assertThat(run).isLessThan(8000);
      }
    }
  }

  @Test
  void anOutputMayLieWhereAnOperandIs() {
    FusedKernel kernel = large(1500);
    TileData y = TileData.awkward(DType.INT32, LENGTH, 2);
    TileData x = TileData.awkward(DType.FLOAT64, LENGTH, 1);
    TileCode code = TileRun.load(TileRequest.scalar(kernel, 0));
    long[] scalars = {Double.doubleToRawLongBits(0.5)};
    List<TileData> apart = TileRun.run(kernel, code, List.of(x, y), scalars, LENGTH);
    TileData flags = new TileData(DType.BOOL, LENGTH);
    TileData third = new TileData(DType.FLOAT64, LENGTH);
    code.run(
        new long[] {
          x.address(), y.address(), scalars[0], x.address(), flags.address(), third.address()
        },
        LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(x.text(i)).isEqualTo(apart.getFirst().text(i));
    }
  }
}
