package dev.weft.testkit.conformance;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One reduction of an array on a device.
 *
 * @param extents of the array
 * @param reduced which axes are reduced
 * @param base position of the array in a larger one, along the reduced axes
 * @param transposed whether the array lies in memory in the opposite of C order
 */
record ReductionRun(
    Reduction reduction,
    DType dtype,
    long[] extents,
    boolean[] reduced,
    long[] base,
    boolean transposed) {

  /** A reduction of a whole sequence. */
  static ReductionRun sequence(Reduction reduction, DType dtype, int length) {
    return new ReductionRun(
        reduction, dtype, new long[] {length}, new boolean[] {true}, new long[1], false);
  }

  /** The words of every kept cell in C order: cell by cell, plane by plane. */
  List<long[]> words(Device device, List<Scalar> values) throws Throwable {
    FusedKernel kernel =
        new FusedKernel(
            List.of(new Param.Buffer(dtype)),
            0,
            List.of(new SsaValue.Load(0, dtype)),
            List.of(new Sink.Reduce(0, reduction, dtype)));
    try (DeviceRun run = new DeviceRun(device)) {
      TestArray array = new TestArray(run, dtype, extents, transposed).fill(values);
      int cells = cells();
      MemorySegment partials = run.memory(8L * cells * reduction.planes());
      Operand output = Operand.of(partials, DeviceRun.start(), partialStrides());
      long[] whole = new long[extents.length];
      for (int axis = 0; axis < whole.length; axis++) {
        whole[axis] = reduced[axis] ? base[axis] + extents[axis] + 5 : 1;
      }
      run.launch(
          kernel,
          new Arguments(
              extents,
              List.of(array.operand()),
              List.of(output),
              reduced,
              base,
              whole,
              new long[] {8L * cells},
              new long[0]));
      List<long[]> words = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        long[] planes = new long[reduction.planes()];
        for (int plane = 0; plane < planes.length; plane++) {
          long offset = DeviceRun.start() + 8L * (cell + (long) plane * cells);
          planes[plane] = canonical(partials.get(ValueLayout.JAVA_LONG_UNALIGNED, offset), plane);
        }
        words.add(planes);
      }
      return words;
    }
  }

  int cells() {
    int cells = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      cells *= reduced[axis] ? 1 : (int) extents[axis];
    }
    return cells;
  }

  private long[] partialStrides() {
    long[] strides = new long[extents.length];
    long stride = 8;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = reduced[axis] ? 0 : stride;
      stride *= reduced[axis] ? 1 : extents[axis];
    }
    return strides;
  }

  /** All nans are one. */
  private long canonical(long word, int plane) {
    return floating(plane) ? Double.doubleToLongBits(Double.longBitsToDouble(word)) : word;
  }

  /** Whether the words of a plane are float64. */
  boolean floating(int plane) {
    return switch (reduction) {
      case SUM, PROD, MIN, MAX -> dtype.isFloating();
      case ARGMIN, ARGMAX -> plane == 0 && dtype.isFloating();
      case MOMENTS -> plane > 0;
    };
  }

  /** Words as numbers, for messages. */
  String text(long[] words) {
    StringBuilder text = new StringBuilder();
    for (int plane = 0; plane < words.length; plane++) {
      text.append(plane == 0 ? "" : ", ");
      if (floating(plane)) {
        text.append(Double.longBitsToDouble(words[plane]));
      } else {
        text.append(words[plane]);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "%s of %s %s over axes %s%s"
        .formatted(
            reduction.label(),
            dtype,
            Arrays.toString(extents),
            Arrays.toString(reduced),
            transposed ? ", transposed" : "");
  }
}
