package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * What the words of a fused kernel's launch are: some that all chunks share, and for each chunk a
 * header, the base of each operand, and for each axis its extent and a stride for each operand. So
 * a chunk of few axes takes few words, and many chunks go into one launch.
 *
 * @param operands names of the operands: parameters, sinks, and the position for arg-reductions
 * @param planed the sinks whose results are several words each
 * @param keys words that random parameters share
 */
record LaunchStruct(
    List<String> operands, boolean reduces, List<Integer> planed, int keys, int scalars) {
  /** CUDA takes 4 KiB of arguments on every device and with every compiler. */
  static final int WORDS = 512;

  private static final int LEAST_AXES = 3;
  private static final int MAP_HEADER = 2;
  private static final int REDUCE_HEADER = 4;

  /** The ranks of kept and of reduced axes share a word: in it the second is shifted by so much. */
  static final int RANK_BITS = 8;

  static LaunchStruct of(FusedKernel kernel) {
    List<String> operands = new ArrayList<>();
    int keys = 0;
    for (int i = 0; i < kernel.params().size(); i++) {
      operands.add("p" + i);
      keys += kernel.params().get(i) instanceof Param.Random ? 2 : 0;
    }
    boolean reduces = false;
    List<Integer> planed = new ArrayList<>();
    for (int i = 0; i < kernel.sinks().size(); i++) {
      operands.add("out" + i);
      if (kernel.sinks().get(i) instanceof Sink.Reduce reduce) {
        reduces = true;
        if (reduce.reduction().planes() > 1) {
          planed.add(i);
        }
      }
    }
    if (hasPosition(kernel)) {
      operands.add("position");
    }
    LaunchStruct struct = new LaunchStruct(operands, reduces, planed, keys, kernel.scalars());
    if (struct.chunks(struct.words(LEAST_AXES)) == 0) {
      throw new InternalException(
          "kernel %s has %d operands and %d scalars; their words do not fit the %d that a launch takes"
              .formatted(kernel.name(), operands.size(), kernel.scalars(), WORDS));
    }
    return struct;
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

  /** The first of the two shared words that are the key of a random parameter. */
  static int keyOf(FusedKernel kernel, int param) {
    return 2
        * (int)
            kernel.params().subList(0, param).stream()
                .filter(Param.Random.class::isInstance)
                .count();
  }

  /** The struct called {@code NAME_words}. */
  String text(String name) {
    String base =
        reduces
            ? "weft_reduce_chunk<%d, %d, %d>".formatted(shared(), planed.size(), operands.size())
            : "weft_map_chunk<%d, %d>".formatted(shared(), operands.size());
    return """
        struct %s_words : %s {
          enum { %s };
          __device__ __forceinline__ explicit %s_words(const weft_launch &all)
              : %s(all) {}
        };
        """
        .formatted(
            name, base, String.join(", ", operands), name, base.substring(0, base.indexOf('<')));
  }

  /** Words that all chunks of a launch share. */
  int shared() {
    return keys + scalars;
  }

  /** Words of a chunk with so many axes, kept and reduced ones together. */
  int words(int axes) {
    int header = reduces ? REDUCE_HEADER + planed.size() : MAP_HEADER;
    return header + operands.size() + axes * (1 + operands.size());
  }

  /** How many chunks of so many words go into a launch. */
  int chunks(int words) {
    return (WORDS - 1 - shared()) / words;
  }
}
