package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A comparison as a table for people. */
public final class ComparisonTable {
  private static final String UNKNOWN = "-";

  private final List<Outcome> outcomes;
  private final @Nullable Measured first;
  private final boolean inputs;
  private final boolean products;
  private final boolean energy;

  private ComparisonTable(List<Outcome> outcomes) {
    this.outcomes = outcomes;
    List<Measured> measured = Warnings.measured(outcomes);
    this.first = measured.isEmpty() ? null : measured.getFirst();
    this.inputs = measured.stream().anyMatch(one -> one.inputs() == InputsAt.DEVICE);
    this.products = measured.stream().anyMatch(one -> one.limits().products() > 0);
    this.energy = measured.stream().anyMatch(one -> !one.energy().joules().isEmpty());
  }

  /** The whole text, with a line break at its end. */
  public static String of(Heading heading, List<Outcome> outcomes, List<String> warnings) {
    ComparisonTable table = new ComparisonTable(outcomes);
    StringBuilder text = new StringBuilder();
    text.append(heading.expression()).append('\n');
    if (!heading.inputs().isEmpty()) {
      text.append(heading.inputs()).append('\n');
    }
    text.append(heading.machine()).append("\n\n");
    table.rows(text);
    Measured first = table.first;
    if (first != null) {
      text.append(
          """

          milliseconds; cold: the first run; the others: medians of %d, after a warm-up
          compile: until the first task starts; -: not known, or there is none; speed-up: against %s
          %s read from inputs and written to results
          """
              .formatted(heading.repeats(), first.label(), Units.bytes(first.median().bytes())));
      table.notes(text);
      table.answers(text, first);
    }
    warnings.forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.append(warnings.isEmpty() ? "" : "\n").toString();
  }

  private void rows(StringBuilder text) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("device"));
    if (inputs) {
      head.add("inputs");
    }
    head.add("cold");
    for (Phase phase : Phase.values()) {
      head.add(phase.column());
    }
    head.addAll(List.of("total", "spread", "GB/s", "memory"));
    if (products) {
      head.add("products");
    }
    if (energy) {
      head.add("J");
    }
    head.add("speed-up");
    cells.add(head);
    for (Outcome outcome : outcomes) {
      cells.add(row(outcome));
    }
    int[] widths = new int[head.size()];
    for (List<String> row : cells) {
      // A row of two cells is a remark, which may be as long as it is.
      for (int i = 0; i < (row.size() == 2 ? 1 : row.size()); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder(padded(row.getFirst(), -widths[0]));
      for (int i = 1; i < row.size(); i++) {
        line.append("  ").append(row.size() == 2 ? row.get(i) : padded(row.get(i), widths[i]));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private List<String> row(Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotRun(String device, String reason, String remedy) ->
          List.of(device, "not run: %s. %s".formatted(reason, remedy));
      case Outcome.Failed failed -> List.of(failed.label(), "failed: " + failed.message());
      case Outcome.Different other ->
          List.of(
              other.label(), "different answer, so no times: " + other.agreement().difference());
      case Measured measured -> numbers(measured);
    };
  }

  private List<String> numbers(Measured measured) {
    JobTimes median = measured.median();
    List<String> row = new ArrayList<>(List.of(measured.device()));
    if (inputs) {
      row.add(measured.inputs().label());
    }
    row.add(ms(measured.cold().total()));
    for (Phase phase : Phase.values()) {
      Long nanos = median.phase(phase);
      row.add(nanos == null ? UNKNOWN : ms(nanos));
    }
    row.add(ms(median.total()));
    row.add(measured.runs().size() == 1 ? UNKNOWN : percent(measured.spread()));
    row.add(Units.number(median.bandwidth()));
    row.add(percent(measured.limits().ofMemory(median)));
    if (products) {
      row.add(percent(measured.limits().ofProducts(median)));
    }
    if (energy) {
      EnergyUse used = measured.energy();
      row.add(used.joules().isEmpty() ? UNKNOWN : Units.number(used.sum()));
    }
    row.add(Units.number(speedUp(measured)));
    return row;
  }

  static String percent(double share) {
    return Double.isNaN(share) ? UNKNOWN : String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private double speedUp(Measured measured) {
    return first == null ? Double.NaN : speedUp(first, measured);
  }

  static double speedUp(Measured first, Measured measured) {
    return (double) first.median().total() / Math.max(1, measured.median().total());
  }

  /** What the columns stand for, and what could not be told. */
  private void notes(StringBuilder text) {
    if (inputs) {
      text.append(
          "there: inputs lie on the device before a run, and a single result stays there\n");
    }
    List<Measured> measured = Warnings.measured(outcomes);
    List<String> memory = new ArrayList<>();
    List<String> best = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>();
    Set<String> counters = new LinkedHashSet<>();
    for (Measured one : measured) {
      Limits limits = one.limits();
      if (!limits.unknown().isEmpty()) {
        unknown.add("memory: not known of %s: %s\n".formatted(one.device(), limits.unknown()));
      } else {
        memory.add("%s %s".formatted(one.device(), Units.number(limits.memory())));
      }
      if (limits.products() > 0) {
        best.add("%s %s".formatted(one.device(), Units.number(limits.products())));
      }
      one.energy()
          .of()
          .forEach(
              (device, of) -> counters.add("J: joules a run, on %s of %s\n".formatted(device, of)));
      one.energy()
          .notTold()
          .forEach(
              (device, why) -> unknown.add("energy: not told: %s: %s\n".formatted(device, why)));
    }
    list(text, "memory: share of the GB/s measured by 'weft devices': ", memory);
    list(text, "products: share of the Gflop/s of the best product: ", best);
    counters.forEach(text::append);
    unknown.forEach(text::append);
  }

  private static void list(StringBuilder text, String what, List<String> values) {
    if (!values.isEmpty()) {
      text.append(what).append(String.join(", ", new LinkedHashSet<>(values))).append('\n');
    }
  }

  private void answers(StringBuilder text, Measured first) {
    text.append(
        "\nanswers, against the first of %s; up to %s ulp count as the same\n"
            .formatted(first.device(), Agreement.number(first.agreement().limit())));
    List<Measured> measured = Warnings.measured(outcomes);
    int width = measured.stream().mapToInt(m -> m.label().length()).max().orElse(0);
    for (Measured device : measured) {
      text.append("  ")
          .append(padded(device.label(), -width))
          .append("  ")
          .append(device.agreement().closeness())
          .append('\n');
    }
  }

  static String ms(long nanos) {
    double value = nanos * 1e-6;
    return value < 0.9995 ? String.format(Locale.ROOT, "%.3f", value) : Units.number(value);
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }
}
