package dev.weft.cli.compare;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long one job took.
 *
 * @param phases nanoseconds of the phases that are known; one that is missing is not known, or
 *     there was nothing of it to do
 * @param total nanoseconds from the call to the end
 * @param work what was done in that time
 */
public record JobTimes(Map<Phase, Long> phases, long total, JobWork work) {
  /** Copies the map. */
  public JobTimes {
    phases = Map.copyOf(phases);
  }

  /** Nanoseconds of a phase, or null where they are not known. */
  @Nullable Long phase(Phase phase) {
    return phases.get(phase);
  }

  /** Bytes that had to be moved. */
  long bytes() {
    return work.bytes();
  }

  /** Bytes a nanosecond, which is GB/s. */
  double bandwidth() {
    return (double) work.bytes() / Math.max(1, total);
  }

  /** Nanoseconds in none of the known phases: starting, waiting, finishing. */
  long rest() {
    long known = phases.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(0, total - known);
  }
}
