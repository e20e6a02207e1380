package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.expr.BlockRoutine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A routine over matrices, each by itself: the last two axes of its operands, of which every task
 * has all; the axes before them number the matrices. Each matrix of operands gives one of the
 * result.
 */
public interface MatrixRoutine extends BlockRoutine {
  /** The type that is computed in: of the operands and the result, as LAPACK sees them. */
  DType dtype();

  /** Threads that a call may use: more than one only where one task has all matrices. */
  int threads();

  /**
   * Rows and columns from which several threads gain more than it costs that they wait for each
   * other.
   */
  default int leastOfSeveralThreads() {
    return 512;
  }

  /** Bytes of each piece of memory that a matrix needs while it is worked on. */
  long[] areas(Lapack lapack);

  /** Works on one matrix of each operand. */
  void one(Lapack lapack, MatrixTask task);

  @Override
  default String reason() {
    return "LAPACK is a library of the host";
  }

  @Override
  default boolean isPure() {
    return true;
  }

  @Override
  default long bytesOfWork() {
    return MatrixTask.bytes(areas(LapackProvider.installed(name())));
  }

  @Override
  default void run(List<Block> inputs, Block output) {
    try (Arena arena = Arena.ofShared()) {
      run(inputs, output, arena.allocate(bytesOfWork(), MatrixTask.ALIGNMENT));
    }
  }

  @Override
  default void run(List<Block> inputs, Block output, MemorySegment work) {
    Lapack lapack = LapackProvider.installed(name());
    MatrixTask task = new MatrixTask(this, inputs, output, work, areas(lapack));
    lapack.withThreads(
        threads(),
        () -> {
          while (task.next()) {
            one(lapack, task);
          }
        });
  }
}
