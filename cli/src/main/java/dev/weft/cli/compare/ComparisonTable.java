package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as a table for people. */
public final class ComparisonTable {
  private static final String UNKNOWN = "-";

  private final List<Outcome> outcomes;
  private final @Nullable Measured first;

  private ComparisonTable(List<Outcome> outcomes) {
    this.outcomes = outcomes;
    List<Measured> measured = Warnings.measured(outcomes);
    this.first = measured.isEmpty() ? null : measured.getFirst();
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
          """
              .formatted(heading.repeats(), first.device()));
      table.answers(text, first);
    }
    warnings.forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.append(warnings.isEmpty() ? "" : "\n").toString();
  }

  private void rows(StringBuilder text) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("device", "cold"));
    for (Phase phase : Phase.values()) {
      head.add(phase.column());
    }
    head.addAll(List.of("total", "spread", "bytes", "GB/s", "speed-up"));
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
      case Outcome.Failed(String device, String message) -> List.of(device, "failed: " + message);
      case Outcome.Different(String device, Agreement agreement) ->
          List.of(device, "different answer, so no times: " + agreement.difference());
      case Measured measured -> numbers(measured);
    };
  }

  private List<String> numbers(Measured measured) {
    JobTimes median = measured.median();
    List<String> row = new ArrayList<>(List.of(measured.device(), ms(measured.cold().total())));
    for (Phase phase : Phase.values()) {
      Long nanos = median.phase(phase);
      row.add(nanos == null ? UNKNOWN : ms(nanos));
    }
    row.add(ms(median.total()));
    row.add(
        measured.runs().size() == 1
            ? UNKNOWN
            : String.format(Locale.ROOT, "%.0f %%", measured.spread() * 100));
    row.add(Units.bytes(median.bytes()));
    row.add(Units.number((double) median.bytes() / Math.max(1, median.total())));
    row.add(Units.number(speedUp(measured)));
    return row;
  }

  private double speedUp(Measured measured) {
    return first == null ? Double.NaN : speedUp(first, measured);
  }

  static double speedUp(Measured first, Measured measured) {
    return (double) first.median().total() / Math.max(1, measured.median().total());
  }

  private void answers(StringBuilder text, Measured first) {
    text.append(
        "\nanswers, against the first of %s; up to %s ulp count as the same\n"
            .formatted(first.device(), Agreement.number(first.agreement().limit())));
    List<Measured> measured = Warnings.measured(outcomes);
    int width = measured.stream().mapToInt(m -> m.device().length()).max().orElse(0);
    for (Measured device : measured) {
      text.append("  ")
          .append(padded(device.device(), -width))
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
