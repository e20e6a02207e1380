package dev.weft.cli.compare;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What became of one device in a comparison. */
public sealed interface Outcome {
  /** The device, as it was asked for. */
  String device();

  /** The device cannot be used; there are no numbers. */
  record NotRun(String device, String reason, String remedy) implements Outcome {}

  /** The job failed on the device. */
  record Failed(String device, String message) implements Outcome {}

  /** The device computed something else; its times are worth nothing and are not shown. */
  record Different(String device, Agreement agreement) implements Outcome {}

  /**
   * The device computed the same as the others.
   *
   * @param description what the device is
   * @param cold the first run: kernels are compiled
   * @param runs the runs after the warm-up, of which there is at least one
   * @param agreement how close its answers are to those of the device compared with; for that
   *     device itself, how close its last answers are to its first
   */
  record Measured(
      String device, String description, JobTimes cold, List<JobTimes> runs, Agreement agreement)
      implements Outcome {

    /** Copies the list. */
    public Measured {
      runs = List.copyOf(runs);
    }

    /** The median of each phase, of the whole, and the bytes. */
    public JobTimes median() {
      Map<Phase, Long> phases = new EnumMap<>(Phase.class);
      for (Phase phase : Phase.values()) {
        long[] known =
            runs.stream()
                .map(run -> run.phase(phase))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .toArray();
        if (known.length == runs.size()) {
          phases.put(phase, median(known));
        }
      }
      long total = median(runs.stream().mapToLong(JobTimes::total).toArray());
      return new JobTimes(phases, total, cold.bytes());
    }

    /** The slowest run less the fastest, as a share of the median. */
    public double spread() {
      long fastest = runs.stream().mapToLong(JobTimes::total).min().orElseThrow();
      long slowest = runs.stream().mapToLong(JobTimes::total).max().orElseThrow();
      return (double) (slowest - fastest) / Math.max(1, median().total());
    }

    private static long median(long[] values) {
      long[] sorted = values.clone();
      Arrays.sort(sorted);
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1
          ? sorted[middle]
          : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
    }
  }
}
