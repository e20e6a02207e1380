package dev.weft.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
    return CudaLaunch.steps(CudaRenderer.render(kernel), arguments, addresses, 100);
  }

  private static List<Step> reduce(
      FusedKernel kernel, long[] extents, boolean[] reduced, long[] strides, int blocks) {
    CudaLaunch launch = new CudaLaunch(CudaRenderer.render(kernel), 1, blocks);
    launch.add(arguments(extents, reduced, strides), TO_ONE);
    return launch.steps();
  }

  private static final Addresses TO_ONE = new Addresses(new long[] {X}, new long[] {OUT}, 0x70000);

  private static Arguments arguments(long[] extents, boolean[] reduced, long[] strides) {
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
    return new Arguments(
        extents,
        List.of(at(0, strides)),
        List.of(at(0, out)),
        reduced,
        base,
        shape,
        new long[] {step},
        new long[0]);
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
    assertThat(step.chunks()).isEqualTo(1);
    // Words of the chunk; its size, rank, bases, and the extent and strides of its axis.
    assertThat(Arrays.copyOf(step.words(), 11))
        .containsExactly(9, 3000, 1, X + 16, Y, OUT, 3000, 8, 0, 8, 0);
    assertThat(step.words()).hasSize(512);
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
  void transposedOperandsGoByTiles() {
    Step copied = map(copy(), new long[] {40, 70}, at(0, 280, 4), at(0, 4, 160)).getFirst();
    assertThat(copied.entryPoint()).isEqualTo("copy_tiled");
    assertThat(copied.grid()).isEqualTo(2 * 3);
    assertThat(Arrays.copyOf(copied.words(), 11))
        .containsExactly(10, 2800, 2, X, OUT, 40, 4, 280, 70, 160, 4);
    // The axis along which the second operand lies in runs comes before the last.
    long[] box = {40, 5, 70};
    Operand dense = at(0, 5 * 560, 560, 8);
    Step added = map(sum(DType.FLOAT64), box, dense, dense, at(0, 8, 40 * 8, 200 * 8)).getFirst();
    assertThat(added.entryPoint()).isEqualTo("add_tiled");
    assertThat(added.grid()).isEqualTo(5 * 2 * 3);
    assertThat(Arrays.copyOfRange(added.words(), 6, 14))
        .as("extents and strides of the first two axes")
        .containsExactly(5, 560, 320, 560, 40, 2800, 8, 2800);
    assertThat(map(copy(), new long[] {40, 3}, at(0, 12, 4), at(0, 4, 160)).getFirst().entryPoint())
        .as("too narrow for tiles")
        .isEqualTo("copy_strided32");
  }

  @Test
  void noElementsNoCalls() {
    assertThat(map(copy(), new long[] {0, 5}, at(0, 20, 4), at(0, 20, 4))).isEmpty();
  }

  @Test
  void aLongSequenceIsReducedByBlocksAndJoined() {
    FusedKernel kernel = reduce(Reduction.SUM);
    List<Step> steps =
        reduce(kernel, new long[] {10_000}, new boolean[] {true}, new long[] {8}, 10);
    assertThat(steps).extracting(Step::entryPoint).containsExactly("sum_reduce64", "sum_join256");
    assertThat(Arrays.copyOf(steps.getFirst().words(), 10))
        .as("words of the chunk, cells, length, scratch, ranks, bases, the reduced axis")
        .containsExactly(9, 1, 10_000, 0x70000, 1 << 8, X, OUT, 10_000, 8, 0);
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
  void columnsAreReducedInGroups() {
    FusedKernel kernel = reduce(Reduction.MIN);
    long[] strides = {8L * 300, 8};
    boolean[] rows = {true, false};
    Step many = reduce(kernel, new long[] {100, 300}, rows, strides, 10).getFirst();
    assertThat(many.entryPoint()).isEqualTo("min_columns32");
    assertThat(many.grid()).as("groups of 32 of 300 columns").isEqualTo(10);
    Step few = reduce(kernel, new long[] {100, 300}, rows, strides, 100).getFirst();
    assertThat(few.entryPoint())
        .as("10 blocks of 16 KiB each leave 12 multiprocessors idle")
        .isEqualTo("min_columns16");
    assertThat(few.grid()).as("groups of 16").isEqualTo(19);
    assertThat(few.block()).isEqualTo(1024);
    assertThat(reduce(kernel, new long[] {3, 300}, rows, strides, 10))
        .extracting(Step::entryPoint)
        .containsExactly("min_reduce1");
  }

  @Test
  void operandsOfBothKindsAreStaged() {
    BodyBuilder body = new BodyBuilder();
    int both = body.apply(ElementwiseOps.ADD, body.load(DType.FLOAT64), body.load(DType.FLOAT64));
    FusedKernel kernel = body.kernel(body.reduced(both, Reduction.SUM));
    Operand rows = at(0, 2400, 8);
    Operand turned = at(0, 8, 2400);
    assertThat(reduceTwo(kernel, rows, turned)).isEqualTo("add_sum_staged32");
    assertThat(reduceTwo(kernel, turned, rows)).isEqualTo("add_sum_staged32");
    assertThat(reduceTwo(kernel, turned, turned)).isEqualTo("add_sum_reduce64");
    assertThat(reduceTwo(kernel, at(0, 0, 8), rows)).isEqualTo("add_sum_columns32");
    assertThat(reduceTwo(kernel, at(0, 0, 8), turned)).isEqualTo("add_sum_reduce64");
  }

  /** The entry point that reduces 300 x 300 elements of two operands along the first axis. */
  private static String reduceTwo(FusedKernel kernel, Operand x, Operand y) {
    long[] extents = {300, 300};
    Arguments arguments =
        new Arguments(
            extents,
            List.of(x, y),
            List.of(at(0, 0, 8)),
            new boolean[] {true, false},
            new long[2],
            extents,
            new long[] {2400},
            new long[0]);
    Addresses addresses = new Addresses(new long[] {X, Y}, new long[] {OUT}, 0);
    return CudaLaunch.steps(CudaRenderer.render(kernel), arguments, addresses, 10)
        .getFirst()
        .entryPoint();
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
            .getFirst();
    // The position is the third operand, behind four words and the distance of planes.
    assertThat(step.words()[8]).as("(5, 5) of rows of 15").isEqualTo(5 * 15 + 5);
    assertThat(Arrays.copyOfRange(step.words(), 9, 17)).containsExactly(4, 48, 0, 15, 6, 8, 0, 1);
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
    int rank = 170;
    long[] extents = new long[rank];
    long[] strides = new long[rank];
    Arrays.fill(extents, 3);
    for (int axis = 0; axis < rank; axis++) {
      // No step is thrice the next one, so that no axes can be merged.
      strides[axis] = 4L * (rank - axis) * (rank - axis);
    }
    assertThatThrownBy(() -> map(copy(), extents, at(0, strides), at(0, strides)))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("170 axes that cannot be merged; they take 515 words")
        .hasMessageContaining("Copy the operands to C order");
  }

  private static CudaLaunch launches(FusedKernel kernel, int blocks, Arguments... all) {
    CudaLaunch launch = new CudaLaunch(CudaRenderer.render(kernel), all.length, blocks);
    for (int i = 0; i < all.length; i++) {
      launch.add(
          all[i], new Addresses(new long[] {X + 16 * i, Y}, new long[] {OUT + 16 * i}, 0x70000));
    }
    return launch;
  }

  private static Arguments add(long n, long step) {
    return Arguments.map(
        new long[] {n}, List.of(at(0, step), at(0, 8)), List.of(at(0, 8)), new long[0]);
  }

  @Test
  void chunksShareALaunchAndTheBlocksOfTheDevice() {
    Arguments[] all = new Arguments[60];
    Arrays.setAll(all, i -> add(16 * 100_000L, 0));
    List<Step> steps = launches(sum(DType.FLOAT64), 640, all).steps();
    // 511 words hold 56 chunks of 9.
    assertThat(steps).extracting(Step::chunks).containsExactly(56, 4);
    assertThat(steps).extracting(Step::grid).containsExactly(640 / 56, 640 / 4);
    for (int i = 0; i < 56; i++) {
      assertThat(Arrays.copyOfRange(steps.getFirst().words(), 1 + 9 * i, 10 + 9 * i))
          .containsExactly(1_600_000, 1, X + 16 * i, Y, OUT + 16 * i, 1_600_000, 0, 8, 8);
    }
  }

  @Test
  void chunksShareALaunchOnlyWithTheirEntryPoint() {
    List<Step> steps =
        launches(sum(DType.FLOAT64), 8, add(512, 0), add(9, 16), add(512, 0)).steps();
    assertThat(steps)
        .extracting(Step::entryPoint, Step::chunks)
        .containsExactly(tuple("add_dense", 2), tuple("add_strided32", 1));
    assertThat(steps.getFirst().words()[3]).isEqualTo(X);
    assertThat(steps.getFirst().words()[9 + 3]).as("the third").isEqualTo(X + 32);
  }

  @Test
  void aChunkOfFewerAxesIsPadded() {
    Arguments flat = add(9, 16);
    Arguments square =
        Arguments.map(
            new long[] {4, 4},
            List.of(at(0, 64, 16), at(0, 32, 8)),
            List.of(at(0, 40, 8)),
            new long[0]);
    Step step = launches(sum(DType.FLOAT64), 8, flat, square, flat).steps().getFirst();
    assertThat(step.words()[0]).isEqualTo(13);
    assertThat(step.words()[1 + 2 * 13]).as("size of the third").isEqualTo(9);
  }

  @Test
  void blocksAreJoinedAfterAllChunksAreReduced() {
    boolean[] all = {true};
    Arguments longOne = arguments(new long[] {10_000}, all, new long[] {8});
    Arguments shortOne = arguments(new long[] {10}, all, new long[] {8});
    assertThat(launches(reduce(Reduction.SUM), 10, shortOne, longOne, longOne).steps())
        .extracting(Step::entryPoint, Step::chunks)
        .containsExactly(
            tuple("sum_reduce1", 1), tuple("sum_reduce64", 2), tuple("sum_join256", 2));
  }

  @Test
  void chunksOfOtherScalarsAreAnotherLaunch() {
    BodyBuilder body = new BodyBuilder();
    FusedKernel kernel =
        body.store(
            body.apply(ElementwiseOps.ADD, body.load(DType.FLOAT64), body.scalar(DType.FLOAT64)));
    Arguments[] all = new Arguments[3];
    for (int i = 0; i < 3; i++) {
      all[i] =
          Arguments.map(
              new long[] {6}, List.of(at(0, 8)), List.of(at(0, 8)), new long[] {i == 1 ? 5 : 4});
    }
    List<Step> steps = launches(kernel, 10, all).steps();
    assertThat(steps).extracting(Step::chunks).containsExactly(2, 1);
    assertThat(steps).extracting(step -> step.words()[1]).containsExactly(4L, 5L);
  }
}
