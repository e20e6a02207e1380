package dev.weft.gpu.emulate;

import static dev.weft.core.dtype.DType.BOOL;
import static dev.weft.core.dtype.DType.FLOAT32;
import static dev.weft.core.dtype.DType.FLOAT64;
import static dev.weft.core.dtype.DType.INT16;
import static dev.weft.core.dtype.DType.INT32;
import static dev.weft.core.dtype.DType.INT64;
import static dev.weft.core.dtype.DType.INT8;
import static dev.weft.gpu.emulate.LaunchOnBoth.dense;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.gpu.emulate.LaunchOnBoth.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fused kernels of several parts, in layouts and sizes that reach every entry point. */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
class EmulatedKernelsTest {
  private static final boolean[] NONE = {false, false, false};

  private static SsaValue load(int param, DType dtype) {
    return new SsaValue.Load(param, dtype);
  }

  private static FusedKernel copy(DType dtype) {
    return new FusedKernel(
        List.of(new Param.Buffer(dtype)),
        0,
        List.of(load(0, dtype)),
        List.of(new Sink.Store(0, dtype)));
  }

  /** Twice x is stored, and x reduced in four ways. */
  private static FusedKernel storeAndReduce(DType dtype) {
    return new FusedKernel(
        List.of(new Param.Buffer(dtype)),
        0,
        List.of(load(0, dtype), new SsaValue.Apply(ElementwiseOps.ADD, List.of(0, 0), dtype)),
        List.of(
            new Sink.Reduce(0, Reduction.SUM, dtype),
            new Sink.Store(1, dtype),
            new Sink.Reduce(0, Reduction.MOMENTS, dtype),
            new Sink.Reduce(0, Reduction.ARGMIN, dtype),
            new Sink.Reduce(1, Reduction.MAX, dtype)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT8", "INT16", "FLOAT32", "FLOAT64"})
  void copiesThatTranspose(DType dtype) throws Throwable {
    FusedKernel kernel = copy(dtype);
    long[] plane = {33, 70};
    new LaunchOnBoth(
            kernel,
            2,
            plane,
            new boolean[2],
            List.of(new Place(33 * 70, 0, 1, 33)),
            List.of(dense(plane)))
        .agrees();
    long[] box = {5, 40, 37};
    for (Place from :
        List.of(
            new Place(5 * 40 * 37, 0, 40 * 37, 1, 40), new Place(5 * 40 * 37, 0, 1, 5 * 37, 5))) {
      new LaunchOnBoth(kernel, 2, box, NONE, List.of(from), List.of(dense(box))).agrees();
    }
  }

  @Test
  void broadcastReversedAndSteppingOperandsOfMixedTypes() throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(
                new Param.Buffer(INT8),
                new Param.Buffer(FLOAT64),
                new Param.Index(),
                new Param.Buffer(BOOL)),
            2,
            List.of(
                load(0, INT8),
                load(1, FLOAT64),
                load(2, INT64),
                load(3, BOOL),
                new SsaValue.ScalarParam(1, FLOAT64),
                new SsaValue.ScalarParam(0, INT64),
                new SsaValue.Convert(0, FLOAT64),
                new SsaValue.Apply(ElementwiseOps.MULTIPLY, List.of(6, 4), FLOAT64),
                new SsaValue.Apply(ElementwiseOps.ADD, List.of(7, 1), FLOAT64),
                new SsaValue.Apply(ElementwiseOps.ADD, List.of(2, 5), INT64),
                new SsaValue.Convert(9, FLOAT64),
                new SsaValue.Apply(ElementwiseOps.WHERE, List.of(3, 8, 10), FLOAT64),
                new SsaValue.Convert(11, INT16)),
            List.of(new Sink.Store(11, FLOAT64), new Sink.Store(12, INT16)));
    long[] extents = {6, 11, 23};
    new LaunchOnBoth(
            kernel,
            2,
            extents,
            NONE,
            List.of(
                new Place(6 * 23, 0, 23, 0, 1),
                new Place(6 * 11 * 46, 6 * 11 * 46 - 1, -11 * 46, -46, -2),
                new Place(0, 1000, -253, 5, 7),
                new Place(23, 0, 0, 0, 1)),
            List.of(dense(extents), new Place(6 * 11 * 23, 0, 1, 6 * 23, 6)),
            -5L,
            Double.doubleToRawLongBits(0.375))
        .agrees();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void reductionsAlongRows(int blocks) throws Throwable {
    for (DType dtype : List.of(INT32, FLOAT32, FLOAT64)) {
      reduce(storeAndReduce(dtype), blocks, new long[] {3, 9000}, dense(3, 9000), 1);
      reduce(storeAndReduce(dtype), blocks, new long[] {70, 90}, dense(70, 90), 1);
    }
  }

  /** Few blocks are full with 32 columns each, many take 16. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 1000})
  void reductionsAcrossColumns(int blocks) throws Throwable {
    for (DType dtype : List.of(INT32, FLOAT32, FLOAT64)) {
      reduce(storeAndReduce(dtype), blocks, new long[] {4200, 70}, dense(4200, 70), 0);
      reduce(storeAndReduce(dtype), blocks, new long[] {33, 300}, dense(33, 300), 0);
    }
  }

  /** Twice the one and the other, in float64. */
  private static List<SsaValue> mixed(DType one, DType other) {
    return List.of(
        load(0, one),
        load(1, other),
        new SsaValue.Convert(0, FLOAT64),
        new SsaValue.Convert(1, FLOAT64),
        new SsaValue.Apply(ElementwiseOps.ADD, List.of(2, 2), FLOAT64),
        new SsaValue.Apply(ElementwiseOps.ADD, List.of(4, 3), FLOAT64));
  }

  @Test
  void mapsOfOperandsThatLieEachItsWay() throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(new Param.Buffer(INT8), new Param.Buffer(FLOAT32)),
            0,
            mixed(INT8, FLOAT32),
            List.of(new Sink.Store(5, FLOAT64), new Sink.Store(2, FLOAT64)));
    long[] box = {9, 45, 70};
    int size = 9 * 45 * 70;
    List<Place> layouts =
        List.of(
            dense(box),
            new Place(size, 0, 70 * 45, 1, 45),
            new Place(size, 0, 1, 9 * 70, 9),
            new Place(70, 0, 0, 0, 1),
            new Place(size, size - 1, -70 * 45, -1, -45));
    for (Place x : layouts) {
      for (Place y : layouts) {
        new LaunchOnBoth(kernel, 2, box, NONE, List.of(x, y), List.of(dense(box), dense(box)))
            .agrees();
      }
    }
  }

  @Test
  void reductionsOfOperandsThatLieEachItsWay() throws Throwable {
    for (Reduction reduction : List.of(Reduction.SUM, Reduction.MOMENTS)) {
      FusedKernel kernel =
          new FusedKernel(
              List.of(new Param.Buffer(INT8), new Param.Buffer(FLOAT64)),
              0,
              mixed(INT8, FLOAT64),
              List.of(new Sink.Reduce(5, reduction, FLOAT64), new Sink.Store(5, FLOAT64)));
      // The tiles of the first hold columns of two blocks of elements.
      for (long[] extents : new long[][] {{8200, 45}, {33, 300}, {64, 32}}) {
        Place rows = dense(extents);
        Place columns = new Place(extents[0] * extents[1], 0, 1, extents[0]);
        Place cells = new Place(extents[1], 0, 0, 1);
        for (List<Place> inputs : List.of(List.of(rows, columns), List.of(columns, rows))) {
          new LaunchOnBoth(
                  kernel,
                  2,
                  extents,
                  new boolean[] {true, false},
                  inputs,
                  List.of(cells, dense(extents)))
              .agrees();
        }
      }
    }
  }

  /** Two reduced axes that cannot be merged, around the one that is kept. */
  @Test
  void tilesOfElementsOfSeveralAxes() throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(new Param.Buffer(FLOAT32), new Param.Buffer(FLOAT32)),
            0,
            mixed(FLOAT32, FLOAT32),
            List.of(new Sink.Reduce(5, Reduction.SUM, FLOAT64)));
    long[] extents = {7, 40, 11};
    boolean[] reduced = {true, false, true};
    Place cells = new Place(40, 0, 0, 1, 0);
    Place across = new Place(7 * 40 * 11, 0, 40 * 11, 1, 40);
    new LaunchOnBoth(kernel, 2, extents, reduced, List.of(dense(extents), across), List.of(cells))
        .agrees();
  }

  /** More cells than the device has threads: each is joined by one. */
  @Test
  void manyCellsOfSeveralBlocks() throws Throwable {
    FusedKernel sum =
        new FusedKernel(
            List.of(new Param.Random(Distribution.NORMAL, FLOAT32)),
            0,
            List.of(load(0, FLOAT32)),
            List.of(new Sink.Reduce(0, Reduction.SUM, FLOAT32)));
    reduce(sum, 1, new long[] {4100, 257}, new Place(0, 12345, 257, 1), 0);
  }

  @Test
  void axesThatCannotBeMergedAreReducedTogether() throws Throwable {
    long[] extents = {7, 5, 30, 41};
    boolean[] reduced = {true, false, true, true};
    Place x = new Place(7 * 5 * 31 * 50, 3, 5 * 31 * 50, 31 * 50, 50, 1);
    Place cells = new Place(5, 0, 0, 1, 0, 0);
    new LaunchOnBoth(
            storeAndReduce(FLOAT64),
            2,
            extents,
            reduced,
            List.of(x),
            List.of(cells, dense(extents), cells, cells, cells))
        .agrees();
  }

  /** Reduces a matrix over one axis; the results lie one behind the other. */
  private static void reduce(FusedKernel kernel, int blocks, long[] extents, Place input, int axis)
      throws Throwable {
    boolean[] reduced = new boolean[2];
    reduced[axis] = true;
    long[] strides = new long[2];
    strides[1 - axis] = 1;
    Place cells = new Place(extents[1 - axis], 0, strides);
    List<Place> outputs =
        kernel.sinks().stream()
            .map(sink -> sink instanceof Sink.Store ? dense(extents) : cells)
            .toList();
    new LaunchOnBoth(kernel, blocks, extents, reduced, List.of(input), outputs).agrees();
  }
}
