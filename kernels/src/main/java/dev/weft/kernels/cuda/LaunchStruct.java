package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * The one argument of a fused kernel's entry points: a struct of 64-bit words. Says the struct as
 * text and puts the words of a launch into the same order.
 *
 * @param operands names of the operands: parameters, sinks, and the position for arg-reductions
 * @param axes the most axes of a launch, kept ones and reduced ones each
 */
record LaunchStruct(
    List<String> operands, int axes, boolean reduces, int sinks, int keys, int scalars) {
  /** CUDA takes 4 KiB of arguments on every device and with every compiler. */
  private static final int MOST_WORDS = 512;

  private static final int MOST_AXES = 12;
  private static final int LEAST_AXES = 3;
  private static final int HEADER = 6;

  static LaunchStruct of(FusedKernel kernel) {
    List<String> operands = new ArrayList<>();
    int keys = 0;
    for (int i = 0; i < kernel.params().size(); i++) {
      operands.add("p" + i);
      keys += kernel.params().get(i) instanceof Param.Random ? 2 : 0;
    }
    boolean reduces = false;
    for (int i = 0; i < kernel.sinks().size(); i++) {
      operands.add("out" + i);
      reduces |= kernel.sinks().get(i) instanceof Sink.Reduce;
    }
    if (hasPosition(kernel)) {
      operands.add("position");
    }
    int sinks = kernel.sinks().size();
    int groups = reduces ? 2 : 1;
    int fixed = HEADER + operands.size() + keys + kernel.scalars() + (reduces ? sinks : 0);
    int axes = Math.min(MOST_AXES, (MOST_WORDS - fixed) / (groups * (operands.size() + 1)));
    if (axes < LEAST_AXES) {
      throw new InternalException(
          "kernel %s has %d operands and %d scalars; their words do not fit the %d that a launch takes"
              .formatted(kernel.name(), operands.size(), kernel.scalars(), MOST_WORDS));
    }
    return new LaunchStruct(operands, axes, reduces, sinks, keys, kernel.scalars());
  }

  /** Whether elements need their position in the whole array. */
  static boolean hasPosition(FusedKernel kernel) {
    return kernel.sinks().stream()
        .anyMatch(
            sink ->
                sink instanceof Sink.Reduce reduce
                    && (reduce.reduction() == Reduction.ARGMIN
                        || reduce.reduction() == Reduction.ARGMAX));
  }

  /** The first of the two key words of a random parameter. */
  static int keyOf(FusedKernel kernel, int param) {
    return 2
        * (int)
            kernel.params().subList(0, param).stream()
                .filter(Param.Random.class::isInstance)
                .count();
  }

  /** The struct called {@code NAME_words}. */
  String text(String name) {
    StringBuilder text = new StringBuilder("struct %s_words {\n".formatted(name));
    if (reduces) {
      text.append("  long long size;     // cells: elements of the result\n");
      text.append("  long long length;   // elements that are reduced into a cell\n");
      text.append("  long long blocks;   // blocks of 4,096 of them\n");
      text.append("  long long scratch;  // partial results of blocks, if there are several\n");
      text.append("  long long rank, extents[%d];\n".formatted(axes));
      text.append("  long long reduced_rank, reduced_extents[%d];\n".formatted(axes));
    } else {
      text.append("  long long size;\n");
      text.append("  long long rank, extents[%d];\n".formatted(axes));
    }
    String strides = "strides[%d]".formatted(axes);
    String reduced = reduces ? ", reduced_strides[%d]".formatted(axes) : "";
    text.append(
        "  struct { long long base, %s%s; } %s;\n"
            .formatted(strides, reduced, String.join(", ", operands)));
    if (reduces) {
      text.append("  long long plane_bytes[%d];\n".formatted(sinks));
    }
    if (keys > 0) {
      text.append("  long long keys[%d];\n".formatted(keys));
    }
    if (scalars > 0) {
      text.append("  long long scalars[%d];\n".formatted(scalars));
    }
    return text.append("};\n").toString();
  }

  /** The number of words. */
  int size() {
    int header = reduces ? 6 : 2;
    int groups = reduces ? 2 : 1;
    return header
        + groups * axes
        + operands.size() * (1 + groups * axes)
        + (reduces ? sinks : 0)
        + keys
        + scalars;
  }
}
