package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;

/**
 * How much of a reduction a thread and a block of threads do at once: as much as registers and
 * shared memory hold.
 *
 * @param loads elements that a thread reads before it computes with the first of them
 * @param lanes lanes of a block of elements that a thread keeps in registers
 * @param threads of a block
 * @param wideThreads of a block that takes few cells
 * @param staged whether operands can go by way of a tile in shared memory
 * @param elementBytes what an element reads from memory
 */
record ReduceShape(
    int loads, int lanes, int threads, int wideThreads, boolean staged, int elementBytes) {
  /** Shared memory that every device gives a block, less some for the compiler. */
  private static final int SHARED_BYTES = 40 << 10;

  /** The most elements that a thread reads ahead; 8 of 8 bytes are what a tile gives a thread. */
  private static final int MOST_LOADS = 8;

  /** Values read ahead, of up to two registers each. */
  private static final int MOST_VALUES = 24;

  /** Words of lanes, of two registers each: more threads with fewer are quicker. */
  private static final int MOST_LANE_WORDS = 8;

  /** Instructions of the kernel's body in one entry point: compiling them takes its time. */
  private static final int MOST_INSTRUCTIONS = 256;

  /** About as many instructions as a random number takes. */
  private static final int RANDOM_INSTRUCTIONS = 50;

  private static final int THREADS = 256;
  private static final int LEAST_THREADS = 64;

  /** Threads that 64 registers each suffice: those of {@link #isLight light} kernels. */
  private static final int MOST_THREADS = 1024;

  private static final int LIGHT_INSTRUCTIONS = 4;

  /** A tile's elements, and the offsets of operands for its cells. */
  private static final int TILE_BYTES = 32 * 65 * Long.BYTES;

  static ReduceShape of(FusedKernel kernel) {
    int sums = 0;
    int words = 0;
    for (Accumulator accumulator : Accumulator.all(kernel)) {
      sums += accumulator.sumWords();
      words += accumulator.sumWords() + (accumulator.moments() ? 1 : 0);
    }
    int buffers = 0;
    int bytes = 0;
    int instructions = kernel.body().size();
    for (Param param : kernel.params()) {
      if (param instanceof Param.Buffer buffer) {
        buffers++;
        bytes += buffer.dtype().itemSize();
      }
      instructions += param instanceof Param.Random ? RANDOM_INSTRUCTIONS : 0;
    }
    int values = kernel.params().size();
    int loads = MOST_LOADS;
    while (loads > 1
        && (loads * values > MOST_VALUES || loads * instructions > MOST_INSTRUCTIONS)) {
      loads /= 2;
    }
    int lanes = loads;
    while (lanes > 1 && lanes * sums > MOST_LANE_WORDS) {
      lanes /= 2;
    }
    int threads = threads(kernel, words, THREADS);
    boolean heavy = sums > 2 || loads * values > MOST_LOADS || instructions > LIGHT_INSTRUCTIONS;
    int wide = isLight(kernel) ? MOST_THREADS : heavy ? THREADS : MOST_THREADS / 2;
    int offsets = 32 * (kernel.params().size() + kernel.sinks().size() + 3) * Long.BYTES;
    boolean staged =
        buffers > 1
            && lanes == MOST_LOADS
            && TILE_BYTES + offsets + THREADS * words * Long.BYTES <= SHARED_BYTES;
    return new ReduceShape(loads, lanes, threads, threads(kernel, words, wide), staged, bytes);
  }

  /** Whether a kernel reads one operand into one word, and needs an element's place for it only. */
  private static boolean isLight(FusedKernel kernel) {
    return kernel.params().size() == 1
        && kernel.params().getFirst() instanceof Param.Buffer
        && kernel.body().size() <= LIGHT_INSTRUCTIONS
        && kernel.sinks().size() == 1
        && Accumulator.all(kernel).stream().noneMatch(Accumulator::positioned);
  }

  /** As many as shared memory holds partial results of. */
  private static int threads(FusedKernel kernel, int words, int most) {
    for (int threads = most; threads >= LEAST_THREADS; threads /= 2) {
      if (threads * words * Long.BYTES <= SHARED_BYTES) {
        return threads;
      }
    }
    throw new InternalException(
        "kernel %s reduces to %d words at once; a block's shared memory holds %d"
            .formatted(kernel.name(), words, SHARED_BYTES / LEAST_THREADS / Long.BYTES));
  }
}
