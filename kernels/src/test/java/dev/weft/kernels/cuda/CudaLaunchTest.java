package dev.weft.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.kernels.BodyBuilder;
import dev.weft.kernels.cuda.CudaLaunch.Addresses;
import dev.weft.kernels.cuda.CudaLaunch.Step;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entry points a launch calls, with which grid and words. */
class CudaLaunchTest {
  private static final long X = 0x10000;
  private static final long Y = 0x20000;
  private static final long OUT = 0x30000;

  private static FusedKernel sum(DType dtype) {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.apply(ElementwiseOps.ADD, body.load(dtype), body.load(dtype)));
  }

  private static FusedKernel copy() {
    BodyBuilder body = new BodyBuilder();
    return body.store(body.load(DType.FLOAT32));
  }

  private static FusedKernel reduce(Reduction reduction) {
    BodyBuilder body = new BodyBuilder();
    return body.kernel(body.reduced(body.load(DType.FLOAT64), reduction));
  }

  private static Operand at(long base, long... strides) {
    return Operand.of(MemorySegment.NULL, base, strides);
  }

  private static List<Step> map(
      FusedKernel kernel, long[] extents, Operand out, Operand... inputs) {
    Arguments arguments = Arguments.map(extents, List.of(inputs), List.of(out), new long[0]);
    Addresses addresses = new Addresses(new long[] {X, Y}, new long[] {OUT}, 0);
    return CudaLaunch.of(CudaRenderer.render(kernel), arguments, addresses, 100).steps();
  }

  private static CudaLaunch reduce(
      FusedKernel kernel, long[] extents, boolean[] reduced, long[] strides, int blocks) {
    long[] base = new long[extents.length];
    long[] shape = extents.clone();
    long[] out = new long[extents.length];
    long step = 8;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      base[axis] = reduced[axis] ? 5 : 0;
      shape[axis] = reduced[axis] ? extents[axis] + 9 : 1;
      out[axis] = reduced[axis] ? 0 : step;
      step *= reduced[axis] ? 1 : extents[axis];
    }
    Arguments arguments =
        new Arguments(
            extents,
            List.of(at(0, strides)),
            List.of(at(0, out)),
            reduced,
            base,
            shape,
            new long[] {step},
            new long[0]);
    return CudaLaunch.of(
        CudaRenderer.render(kernel),
        arguments,
        new Addresses(new long[] {X}, new long[] {OUT}, 0x70000),
        blocks);
  }

  @Test
  void contiguousAxesBecomeOneDenseRun() {
    List<Step> steps =
        map(sum(DType.FLOAT64), new long[] {10, 300}, at(0, 2400, 8), at(16, 2400, 8), at(0, 0, 0));
    assertThat(steps).hasSize(1);
    Step step = steps.getFirst();
    assertThat(step.entryPoint()).isEqualTo("add_dense");
    // 3,000 elements, 2 for each of 256 threads.
    assertThat(step.grid()).isEqualTo(6);
    assertThat(step.block()).isEqualTo(256);
    assertThat(Arrays.copyOf(step.words(), 4)).containsExactly(3000, 1, 3000, 0);
    // Header, 12 extents, then base and 12 strides of each operand.
    assertThat(Arrays.copyOfRange(step.words(), 14, 16)).containsExactly(X + 16, 8);
    assertThat(Arrays.copyOfRange(step.words(), 27, 29)).containsExactly(Y, 0);
    assertThat(Arrays.copyOfRange(step.words(), 40, 42)).containsExactly(OUT, 8);
    assertThat(step.words()).hasSize(14 + 3 * 13);
  }

  @Test
  void theGridIsBoundedByTheDevice() {
    long n = 1L << 28;
    assertThat(map(sum(DType.INT8), new long[] {n}, at(0, 1), at(0, 1), at(0, 1)).getFirst().grid())
        .isEqualTo(100);
  }

  @Test
  void unalignedOrSteppingOperandsTakeTheStridedForm() {
    FusedKernel kernel = sum(DType.FLOAT64);
    assertThat(map(kernel, new long[] {10}, at(0, 8), at(8, 8), at(0, 8)).getFirst().entryPoint())
        .isEqualTo("add_strided32");
    assertThat(map(kernel, new long[] {10}, at(0, 8), at(0, 16), at(0, 8)).getFirst().entryPoint())
        .isEqualTo("add_strided32");
    assertThat(
            map(kernel, new long[] {1L << 29}, at(0, 8), at(0, 16), at(0, 8))
                .getFirst()
                .entryPoint())
        .isEqualTo("add_strided64");
  }

  @Test
  void axesAreTakenInTheOrderOfTheOutputInMemory() {
    List<Step> steps =
        map(sum(DType.FLOAT32), new long[] {30, 7}, at(0, 4, 120), at(0, 4, 120), at(0, 4, 120));
    assertThat(steps.getFirst().entryPoint()).isEqualTo("add_dense");
  }

  @Test
  void aTransposingCopyGoesByTiles() {
    Step step = map(copy(), new long[] {40, 70}, at(0, 280, 4), at(0, 4, 160)).getFirst();
    assertThat(step.entryPoint()).isEqualTo("copy_transposed");
    assertThat(step.grid()).isEqualTo(2 * 3);
    assertThat(step.words()).containsExactly(1, 40, 70, X, 0, 4, 160, OUT, 0, 280, 4);
  }

  @Test
  void noElementsNoCalls() {
    assertThat(map(copy(), new long[] {0, 5}, at(0, 20, 4), at(0, 20, 4))).isEmpty();
  }

  @Test
  void aLongSequenceIsReducedByBlocksAndJoined() {
    FusedKernel kernel = reduce(Reduction.SUM);
    List<Step> steps =
        reduce(kernel, new long[] {10_000}, new boolean[] {true}, new long[] {8}, 10).steps();
    assertThat(steps).extracting(Step::entryPoint).containsExactly("sum_reduce64", "sum_join256");
    assertThat(Arrays.copyOf(steps.getFirst().words(), 4))
        .as("cells, length, blocks, scratch")
        .containsExactly(1, 10_000, 3, 0x70000);
  }

  @Test
  void scratchHoldsEveryWordOfEveryBlock() {
    long[] extents = {5, 10_000};
    Arguments arguments =
        new Arguments(
            extents,
            List.of(at(0, 80_000, 8)),
            List.of(at(0, 8, 0)),
            new boolean[] {false, true},
            new long[2],
            new long[] {1, 10_000},
            new long[] {40},
            new long[0]);
    assertThat(CudaLaunch.scratchBytes(reduce(Reduction.MOMENTS), arguments))
        .isEqualTo(8L * 3 * 5 * 3);
    assertThat(CudaLaunch.scratchBytes(copy(), arguments)).isZero();
  }

  @Test
  void columnsAreReducedAcross() {
    FusedKernel kernel = reduce(Reduction.MIN);
    long[] strides = {8L * 300, 8};
    boolean[] rows = {true, false};
    assertThat(reduce(kernel, new long[] {100, 300}, rows, strides, 10).steps())
        .extracting(Step::entryPoint)
        .containsExactly("min_reduce8");
    assertThat(reduce(kernel, new long[] {100, 300}, rows, strides, 4).steps())
        .as("more columns than the device runs threads")
        .extracting(Step::entryPoint)
        .containsExactly("min_reduce1");
    assertThat(reduce(kernel, new long[] {3, 300}, rows, strides, 10).steps())
        .extracting(Step::entryPoint)
        .containsExactly("min_reduce1");
  }

  @Test
  void positionsCountFromTheWholeArray() {
    Step step =
        reduce(
                reduce(Reduction.ARGMAX),
                new long[] {4, 6},
                new boolean[] {true, true},
                new long[] {48, 8},
                1)
            .steps()
            .getFirst();
    // size, length, blocks, scratch, rank, 12 extents, reduced rank, 12 extents, then 25 words an
    // operand.
    int position = 30 + 2 * 25;
    assertThat(step.words()[position]).as("(5, 5) of rows of 15").isEqualTo(5 * 15 + 5);
    assertThat(Arrays.copyOfRange(step.words(), position + 13, position + 15))
        .containsExactly(15, 1);
  }

  @Test
  void theExtremeOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                reduce(
                    reduce(Reduction.ARGMIN),
                    new long[] {0},
                    new boolean[] {true},
                    new long[] {8},
                    1))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("argmin of no elements has no result");
  }

  @Test
  void moreAxesThanWordsAreRefusedWithTheRemedy() {
    int rank = 14;
    long[] extents = new long[rank];
    long[] strides = new long[rank];
    Arrays.fill(extents, 2);
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = 4L << 2 * (rank - axis);
    }
    assertThatThrownBy(() -> map(copy(), extents, at(0, strides), at(0, strides)))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("14 axes that cannot be merged; it takes 12");
  }
}
