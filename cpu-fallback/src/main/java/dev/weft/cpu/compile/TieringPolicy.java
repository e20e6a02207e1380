package dev.weft.cpu.compile;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * When kernels get their vector loop.
 *
 * @param start what runs first, and whether it is ever replaced
 * @param patience nanoseconds in the scalar loop after which a kernel is worth a vector loop
 * @param elements elements after which a reducer or generator, which all kernels share, is worth
 *     one
 * @param background runs what prepares vector loops, aside from launches
 * @param clock nanoseconds, for the comparison of the loops
 */
public record TieringPolicy(
    Start start, long patience, long elements, Executor background, LongSupplier clock) {
  /**
   * Warming a vector loop takes a few tenths of a second of some core. Where the workers need all
   * cores, it starts once a kernel has run for a good part of that; where cores are idle, at once.
   */
  private static final long PATIENCE = 150_000_000;

  private static final long LITTLE_PATIENCE = 1_000_000;

  private static final long ELEMENTS = 4 << 20;

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
  public static TieringPolicy adaptive(Executor background, int idleCores) {
    long patience = idleCores >= 2 ? LITTLE_PATIENCE : PATIENCE;
    return new TieringPolicy(Start.ADAPTIVE, patience, ELEMENTS, background, System::nanoTime);
  }

  /** A policy under which the same loop runs every time. */
  public static TieringPolicy fixed(Start start) {
    return new TieringPolicy(
        start, Long.MAX_VALUE, Long.MAX_VALUE, Runnable::run, System::nanoTime);
  }
}
