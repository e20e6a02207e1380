package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.cli.compare.Sweep.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sweep over sizes for people, as a table, and for programs, as maps and lists. */
public final class SweepTable {
  private final Sweep sweep;
  private final List<Line> lines;

  private SweepTable(Sweep sweep) {
    this.sweep = sweep;
    this.lines = sweep.lines();
  }

  /** The whole text, with a line break at its end. */
  public static String of(Heading heading, Sweep sweep, List<String> warnings) {
    return new SweepTable(sweep).text(heading, warnings);
  }

  private String text(Heading heading, List<String> warnings) {
    StringBuilder text = new StringBuilder();
    text.append(heading.expression()).append('\n');
    text.append(heading.inputs()).append('\n');
    text.append(heading.machine()).append("\n\n");
    rows(text);
    Line base = sweep.baseline();
    if (base != null) {
      text.append(
          "\nmilliseconds, medians of %d, after a warm-up; in brackets: speed-up against %s\n"
              .formatted(heading.repeats(), base.label()));
      text.append(
          "it pays where its median is at least 5 % less, there and at all larger sizes\n\n");
      sweep.crossings().forEach(one -> text.append(sweep.words(one)).append('\n'));
    }
    reasons().forEach(reason -> text.append('\n').append(reason));
    warnings.forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.append(warnings.isEmpty() && reasons().isEmpty() ? "" : "\n").toString();
  }

  private void rows(StringBuilder text) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("elements"));
    lines.forEach(line -> head.add(line.label()));
    cells.add(head);
    for (Sweep.Point point : sweep.points()) {
      List<String> row = new ArrayList<>(List.of(Units.count(point.elements())));
      lines.forEach(line -> row.add(cell(point, line)));
      cells.add(row);
    }
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = cells.stream().mapToInt(one -> one.get(column).length()).max().orElse(1);
        line.append(i == 0 ? "" : "  ")
            .append(String.format(Locale.ROOT, "%" + width + "s", row.get(i)));
      }
      text.append(line).append('\n');
    }
  }

  private String cell(Sweep.Point point, Line line) {
    return switch (point.outcome(line)) {
      case null -> "-";
      case Outcome.NotRun none -> "not run";
      case Outcome.Failed failed -> "failed";
      case Outcome.Different other -> "different";
      case Measured one -> {
        Line base = sweep.baseline();
        Measured first = base == null ? null : point.measured(base);
        String time = ComparisonTable.ms(one.median().total());
        yield first == null || line.equals(base)
            ? time
            : "%s (%s)".formatted(time, Units.number(ComparisonTable.speedUp(first, one)));
      }
    };
  }

  /** Why there are no times, each once. */
  private Set<String> reasons() {
    Set<String> reasons = new LinkedHashSet<>();
    for (Sweep.Point point : sweep.points()) {
      String size = ", at " + Units.count(point.elements()) + " elements";
      for (Outcome outcome : point.outcomes()) {
        switch (outcome) {
          case Outcome.NotRun(String device, String reason, String remedy) ->
              reasons.add("%s: not run: %s. %s".formatted(device, reason, remedy));
          case Outcome.Failed failed ->
              reasons.add("%s%s: failed: %s".formatted(failed.label(), size, failed.message()));
          case Outcome.Different other ->
              reasons.add(
                  "%s%s: different answer, so no times: %s"
                      .formatted(other.label(), size, other.agreement().difference()));
          case Measured measured -> {}
        }
      }
    }
    return reasons;
  }

  /** One object with everything. */
  public static Map<String, Object> json(Heading heading, Sweep sweep, List<String> warnings) {
    Map<String, Object> json = ComparisonJson.heading(heading);
    List<Object> sizes = new ArrayList<>();
    for (Sweep.Point point : sweep.points()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("elements", point.elements());
      one.put("devices", ComparisonJson.devices(point.outcomes()));
      sizes.add(one);
    }
    json.put("sweep", sizes);
    List<Object> crossings = new ArrayList<>();
    for (Sweep.Crossing crossing : sweep.crossings()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("device", crossing.line().device());
      one.put("inputs_at", crossing.line().inputs().label());
      // Null where it does at no size, 0 where it does at all.
      one.put("pays_from_elements", crossing.elements());
      one.put("words", sweep.words(crossing));
      crossings.add(one);
    }
    json.put("crossings", crossings);
    json.put("warnings", warnings);
    return json;
  }
}
