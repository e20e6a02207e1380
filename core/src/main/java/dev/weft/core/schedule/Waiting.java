package dev.weft.core.schedule;

import dev.weft.core.plan.Plan;
import java.util.Arrays;

/**
 * Who waits for whom: for each task a linked list of the tasks that read what it writes, and for
 * each waiting task how many reads are missing. Arrays of numbers, a few bytes per task.
 */
final class Waiting {
  private static final int CHUNK_BITS = 40;
  private static final int NONE = -1;

  private final int[][] heads;
  private final int[][] missing;
  private final Plan plan;
  private long[] waiters = new long[64];
  private int[] next = new int[64];
  private int edges;

  Waiting(Plan plan) {
    this.plan = plan;
    this.heads = new int[plan.graph().stages().size()][];
    this.missing = new int[heads.length][];
  }

  static long pack(int stage, long chunk) {
    return (long) stage << CHUNK_BITS | chunk;
  }

  static int stage(long task) {
    return (int) (task >>> CHUNK_BITS);
  }

  static long chunk(long task) {
    return task & ((1L << CHUNK_BITS) - 1);
  }

  /** {@code waiter} reads what this task will write. */
  void add(int stage, long chunk, long waiter) {
    if (heads[stage] == null) {
      heads[stage] = new int[(int) plan.chunks(stage)];
      Arrays.fill(heads[stage], NONE);
    }
    if (edges == waiters.length) {
      waiters = Arrays.copyOf(waiters, 2 * edges);
      next = Arrays.copyOf(next, 2 * edges);
    }
    waiters[edges] = waiter;
    next[edges] = heads[stage][(int) chunk];
    heads[stage][(int) chunk] = edges++;
  }

  /** The task lacks this many reads. */
  void missing(int stage, long chunk, int count) {
    if (missing[stage] == null) {
      missing[stage] = new int[(int) plan.chunks(stage)];
    }
    missing[stage][(int) chunk] = count;
  }

  /** The task has written: those that lack nothing more are reported. */
  void release(int stage, long chunk, Ready ready) {
    if (heads[stage] == null) {
      return;
    }
    int edge = heads[stage][(int) chunk];
    heads[stage][(int) chunk] = NONE;
    while (edge != NONE) {
      int waiterStage = stage(waiters[edge]);
      long waiterChunk = chunk(waiters[edge]);
      if (--missing[waiterStage][(int) waiterChunk] == 0) {
        ready.on(waiterStage, waiterChunk);
      }
      edge = next[edge];
    }
  }

  /** Hears of a task that can run. */
  @FunctionalInterface
  interface Ready {
    void on(int stage, long chunk);
  }
}
