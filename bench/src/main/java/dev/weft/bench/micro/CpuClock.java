package dev.weft.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of all Java threads together, compilers and collectors left out: on a machine that
 * others use, it says what work costs when wall time says who got the cores.
 */
final class CpuClock {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Nanoseconds used so far by threads that are alive. */
  long nanos() {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      sum += Math.max(0, threads.getThreadCpuTime(id));
    }
    return sum;
  }
}
