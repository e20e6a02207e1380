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

  /** Where its inputs were. */
  InputsAt inputs();

  /** What it is called where it stands beside others. */
  default String label() {
    return device() + inputs().suffix();
  }

  /** The device cannot be used; there are no numbers. */
  record NotRun(String device, String reason, String remedy) implements Outcome {
    @Override
    public InputsAt inputs() {
      return InputsAt.HOST;
    }
  }

  /** The job failed on the device. */
  record Failed(String device, InputsAt inputs, String message) implements Outcome {}

  /** The device computed something else; its times are worth nothing and are not shown. */
  record Different(String device, InputsAt inputs, Agreement agreement) implements Outcome {}

  /**
   * The device computed the same as the others.
   *
   * @param description what the device is
   * @param cold the first run: kernels are compiled
   * @param runs the runs after the warm-up, of which there is at least one
   * @param agreement how close its answers are to those of the device compared with; for that
   *     device itself, how close its last answers are to its first
   * @param limits what it can do at most
   * @param energy of one run
   */
  record Measured(
      String device,
      InputsAt inputs,
      String description,
      JobTimes cold,
      List<JobTimes> runs,
      Agreement agreement,
      Limits limits,
      EnergyUse energy)
      implements Outcome {

    /** Copies the list. */
    public Measured {
      runs = List.copyOf(runs);
    }

    /** The median of each phase, of the whole, and the work. */
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
      return new JobTimes(phases, total, cold.work());
    }

    /** The total of the fastest run. */
    public long fastest() {
      return runs.stream().mapToLong(JobTimes::total).min().orElseThrow();
    }

    /** The total of the slowest run. */
    public long slowest() {
      return runs.stream().mapToLong(JobTimes::total).max().orElseThrow();
    }

    /** The slowest run less the fastest, as a share of the median. */
    public double spread() {
      return (double) (slowest() - fastest()) / Math.max(1, median().total());
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
