package dev.weft.core.expr;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Java code that makes one block of an array from blocks of others, on the host. Called by several
 * threads at once, for different blocks.
 */
public interface BlockRoutine {
  /** What it computes, for people. */
  String name();

  /** Why it runs on the host, for people. */
  String reason();

  /** What runs where and why, in a line. */
  default String shown() {
    return "%s, on the host: %s".formatted(name(), reason());
  }

  /**
   * Whether equal routines give the same result for the same operands, whenever they are called:
   * then work is shared, and plans are kept.
   */
  boolean isPure();

  /** The price of one element of the result, in additions, about. */
  double cost();

  /** Whether an operand is to lie in one piece of memory, because every task reads all of it. */
  default boolean readsAll(int input) {
    return false;
  }

  /** Bytes of memory that a task needs beside its blocks, given back when it has ended. */
  default long bytesOfWork() {
    return 0;
  }

  /**
   * Fills {@code output}.
   *
   * @param inputs what the node says that it reads, along the axes of each input; of any extents
   *     where nothing is read
   */
  void run(List<Block> inputs, Block output) throws Exception;

  /**
   * The same of a routine that asks for memory.
   *
   * @param work as many bytes as it asks for, of any content
   */
  default void run(List<Block> inputs, Block output, MemorySegment work) throws Exception {
    run(inputs, output);
  }
}
