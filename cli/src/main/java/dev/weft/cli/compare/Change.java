package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measurement beside an earlier one of the same. It is faster or slower where the medians differ
 * by more than the runs of either differ among themselves; what is less may be chance.
 *
 * @param row what was measured
 * @param now seconds of each run, from the fastest to the slowest
 * @param then the same, earlier; null where it was not measured
 */
public record Change(SavedComparison.Row row, List<Double> now, @Nullable List<Double> then) {

  /** What became of it. */
  public enum Verdict {
    /** It takes less time, and that is no chance. */
    FASTER("faster"),
    /** It takes more time, and that is no chance. */
    SLOWER("slower"),
    /** The difference may be chance. */
    NOISE("within noise"),
    /** One run says nothing about chance. */
    ONE_RUN("one run: cannot be told from noise"),
    /** There is nothing to compare it with. */
    NEW("not there");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The measurements of one comparison beside a saved one; {@code elements} is 0 without sweep. */
  public static List<Change> of(SavedComparison saved, List<Outcome> outcomes, long elements) {
    List<Change> changes = new ArrayList<>();
    for (Measured one : Warnings.measured(outcomes)) {
      SavedComparison.Row row = new SavedComparison.Row(one.device(), one.inputs(), elements);
      List<Double> now = one.runs().stream().map(run -> run.total() * 1e-9).sorted().toList();
      changes.add(new Change(row, now, saved.runs(row)));
    }
    return changes;
  }

  /** What became of it, by the rule above. */
  public Verdict verdict() {
    if (then == null) {
      return Verdict.NEW;
    }
    if (now.size() == 1 || then.size() == 1) {
      return Verdict.ONE_RUN;
    }
    double difference = median(now) - median(then);
    double noise = Math.max(spread(now), spread(then));
    return Math.abs(difference) <= noise
        ? Verdict.NOISE
        : difference < 0 ? Verdict.FASTER : Verdict.SLOWER;
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double spread(List<Double> sorted) {
    return sorted.getLast() - sorted.getFirst();
  }

  private static String seconds(List<Double> runs) {
    return "%s (%s to %s)"
        .formatted(
            Units.time(1e9 * median(runs)),
            Units.time(1e9 * runs.getFirst()),
            Units.time(1e9 * runs.getLast()));
  }

  /** Lines below a table, with a line break at the end of each. */
  public static String text(SavedComparison saved, List<Change> changes, String machine) {
    StringBuilder text = new StringBuilder();
    text.append(
        "\nagainst %s; faster or slower: medians differ by more than the runs of either do\n"
            .formatted(saved.name()));
    int width = changes.stream().mapToInt(change -> change.label().length()).max().orElse(0);
    for (Change change : changes) {
      text.append("  ")
          .append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", change.label()))
          .append(change.words())
          .append('\n');
    }
    if (!saved.machine().equals(machine)) {
      text.append("  measured elsewhere, or by another version: %s\n".formatted(saved.machine()));
    }
    return text.toString();
  }

  private String label() {
    String size = row.elements() == 0 ? "" : Units.count(row.elements()) + " ";
    return size + row.device() + row.inputs().suffix();
  }

  private String words() {
    Verdict verdict = verdict();
    if (then == null) {
      return verdict.toString();
    }
    String times = "%s, was %s".formatted(seconds(now), seconds(then));
    double ratio = median(then) / median(now);
    return switch (verdict) {
      case FASTER -> "%s: %s times as fast".formatted(times, Units.number(ratio));
      case SLOWER -> "%s: %s times as slow".formatted(times, Units.number(1 / ratio));
      case NOISE, ONE_RUN, NEW -> times + ": " + verdict;
    };
  }

  /** The same as a map, to be written as JSON. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", row.device());
    json.put("inputs_at", row.inputs().label());
    if (row.elements() > 0) {
      json.put("elements", row.elements());
    }
    json.put("seconds", median(now));
    if (then != null) {
      json.put("seconds_before", median(then));
      json.put("speed_up", median(then) / median(now));
    }
    json.put("verdict", verdict().toString());
    return json;
  }
}
