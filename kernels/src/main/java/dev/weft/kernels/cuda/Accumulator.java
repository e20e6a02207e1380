package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/** The types of {@code reduce.cuh} that a reducing sink uses. */
record Accumulator(int sink, Reduction reduction, DType dtype) {
  static Accumulator of(int sink, Sink.Reduce reduce) {
    return new Accumulator(sink, reduce.reduction(), reduce.dtype());
  }

  /** Those of a kernel, in the order of its sinks. */
  static List<Accumulator> all(FusedKernel kernel) {
    List<Accumulator> all = new ArrayList<>();
    for (int sink = 0; sink < kernel.sinks().size(); sink++) {
      if (kernel.sinks().get(sink) instanceof Sink.Reduce reduce) {
        all.add(of(sink, reduce));
      }
    }
    return all;
  }

  boolean moments() {
    return reduction == Reduction.MOMENTS;
  }

  boolean positioned() {
    return reduction == Reduction.ARGMIN || reduction == Reduction.ARGMAX;
  }

  /** What the first pass over the elements gathers; of moments the sum, in float64. */
  String sums() {
    String wide = CudaType.wide(dtype);
    return switch (reduction) {
      case SUM -> fold("weft_add", wide);
      case PROD -> fold("weft_multiply", wide);
      case MIN -> fold("weft_min", wide);
      case MAX -> fold("weft_max", wide);
      case ARGMIN -> "weft_arg<false, %s>".formatted(wide);
      case ARGMAX -> "weft_arg<true, %s>".formatted(wide);
      case MOMENTS -> squares();
    };
  }

  /** What the second pass gathers, for moments. */
  String squares() {
    return fold("weft_add", "double");
  }

  /** What is known of a block. */
  String result() {
    return moments() ? "weft_moments" : sums();
  }

  /** The value as the accumulator takes it. */
  String value() {
    return "(%s) x%d".formatted(moments() ? "double" : CudaType.wide(dtype), sink);
  }

  /** Words of 64 bits that a thread keeps between the passes. */
  int sumWords() {
    return positioned() ? 2 : 1;
  }

  private static String fold(String op, String type) {
    return "weft_fold<%s, %s>".formatted(op, type);
  }
}
