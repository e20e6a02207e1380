package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.weft.core.dtype.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The arguments that all routines of LAPACK have alike: memory to work in, letters, extents. */
final class Work {
  private Work() {}

  /** A call that only asks how much memory it wants. */
  @FunctionalInterface
  interface Question {
    /**
     * Asks.
     *
     * @param own a piece of memory where answers are written
     * @param asked what makes it a question
     */
    int ask(long own, int asked);
  }

  /** Bytes that a routine wants to work in. */
  static long wanted(DType dtype, Question question) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(64, 16);
      question.ask(answer.address(), -1);
      double length =
          dtype.part() == DType.FLOAT32 ? answer.get(JAVA_FLOAT, 0) : answer.get(JAVA_DOUBLE, 0);
      // Room for a length that was rounded down on its way through a float32.
      return (long) Math.ceil(length * (1 + 0x1p-23) + 1) * dtype.itemSize();
    }
  }

  /** Elements of memory. */
  static int length(DType dtype, MemorySegment work) {
    return Math.clamp(work.byteSize() / dtype.itemSize(), 0, Integer.MAX_VALUE);
  }

  static byte letter(boolean first, char yes, char no) {
    return (byte) (first ? yes : no);
  }

  /** Elements from one column to the next. */
  static int stored(int rows) {
    return Math.max(1, rows);
  }

  /** Bytes up to a multiple of those of any element. */
  static long aligned(long bytes) {
    return Math.ceilDiv(bytes, 16) * 16;
  }
}
