package dev.weft.cpu.compile;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * When kernels get their vector loop.
 *
 * @param start what runs first, and whether it is ever replaced
 * @param threshold elements after which a kernel that started scalar is worth a vector loop
 * @param background runs what prepares vector loops, aside from launches
 * @param clock nanoseconds, for the comparison of the loops
 */
public record Policy(Start start, long threshold, Executor background, LongSupplier clock) {
  /** Elements after which compiling a vector loop pays. */
  public static final long WORTHWHILE = 256 << 10;

  /** What runs first. */
  public enum Start {
    /** The scalar loop until the vector loop, warmed aside, is faster. */
    ADAPTIVE,
    /** The scalar loop for ever. */
    SCALAR,
    /** The vector loop at once where there is one: the same code on every run, for tests. */
    VECTOR
  }

  /** The policy for work that counts: scalar first, vectors when they are faster. */
  public static Policy adaptive(Executor background) {
    return new Policy(Start.ADAPTIVE, WORTHWHILE, background, System::nanoTime);
  }

  /** A policy under which the same loop runs every time. */
  public static Policy fixed(Start start) {
    return new Policy(start, Long.MAX_VALUE, Runnable::run, System::nanoTime);
  }
}
