package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A comparison as a bar chart in SVG: one bar per device, divided into phases. It needs nothing
 * from outside, and takes light or dark colours as the viewer does.
 */
public final class ComparisonChart {
  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int BAR = 26;
  private static final int ROW = 44;
  private static final int TOP = 84;

  /** Room right of the longest bar for its text. */
  private static final int AFTER = 150;

  /** About the width of a character of the labels, which stand in a font of fixed width. */
  private static final double CHARACTER = 7.3;

  private static final int LONGEST = 78;

  private static final String[] REST = {"#8a8a8a", "#7a7a7a"};

  private final Heading heading;
  private final List<Outcome> outcomes;
  private final StringBuilder svg = new StringBuilder();
  private final int left;
  private final double longest;

  private ComparisonChart(Heading heading, List<Outcome> outcomes) {
    this.heading = heading;
    this.outcomes = outcomes;
    int name = outcomes.stream().mapToInt(outcome -> outcome.device().length()).max().orElse(0);
    this.left = MARGIN + (int) (name * CHARACTER) + 12;
    this.longest =
        Warnings.measured(outcomes).stream()
            .mapToDouble(device -> length(device.median()))
            .max()
            .orElse(1);
  }

  /** The file's text. */
  public static String of(Heading heading, List<Outcome> outcomes) {
    return new ComparisonChart(heading, outcomes).draw();
  }

  private String draw() {
    int bottom = TOP + ROW * outcomes.size();
    int height = bottom + 78;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" aria-label=\"%s\">",
        WIDTH, height, WIDTH, height, escaped("Time by device: " + heading.expression()));
    style();
    line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
    text(MARGIN, 28, "title", "Time by device: " + shortened(heading.expression(), 60));
    text(MARGIN, 48, "note", shortened(heading.machine(), 100));
    text(
        MARGIN,
        66,
        "note",
        "medians of %d runs after a warm-up, in milliseconds".formatted(heading.repeats()));
    boolean times = !Warnings.measured(outcomes).isEmpty();
    if (times) {
      axis(bottom);
    }
    for (int i = 0; i < outcomes.size(); i++) {
      row(outcomes.get(i), TOP + i * ROW + (ROW - BAR) / 2);
    }
    if (times) {
      legend(bottom + 58);
    }
    line("</svg>");
    return svg.toString();
  }

  // Okabe and Ito's colours, which people with colour blindness can tell apart; darker on white,
  // lighter on black.
  private static String[] colours(Phase phase) {
    return switch (phase) {
      case COMPILE -> new String[] {"#b87a00", "#e69f00"};
      case HOST_TO_DEVICE -> new String[] {"#2f8fc4", "#56b4e9"};
      case KERNEL -> new String[] {"#0060a0", "#3d8fd1"};
      case DEVICE_TO_HOST -> new String[] {"#b0568c", "#cc79a7"};
      case REDUCE -> new String[] {"#00805f", "#00a67c"};
    };
  }

  private void style() {
    line("<style>");
    line("text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:var(--ink)}");
    line(".title{font-size:17px;font-weight:600}.note{font-size:12px;fill:var(--faint)}");
    line(".name{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12px}");
    line(".paper{fill:var(--paper)}.grid{stroke:var(--grid);stroke-width:1}");
    line(".tick{font-size:11px;fill:var(--faint)}");
    colours(":root", 0, "--paper:#ffffff;--ink:#1b1b1b;--faint:#5c5c5c;--grid:#dcdcdc");
    line("@media (prefers-color-scheme:dark){");
    colours(":root", 1, "--paper:#16181c;--ink:#ececec;--faint:#a8a8a8;--grid:#383c42");
    line("}");
    line("</style>");
  }

  private void colours(String selector, int scheme, String others) {
    StringBuilder rule = new StringBuilder(selector).append('{').append(others);
    for (Phase phase : Phase.values()) {
      rule.append(";--").append(phase.key()).append(':').append(colours(phase)[scheme]);
    }
    svg.append(rule).append(";--rest:").append(REST[scheme]).append("}\n");
  }

  private void axis(int bottom) {
    double step = step(longest * 1e-6);
    for (int i = 0; i * step <= longest * 1e-6 * 1.0001; i++) {
      double x = x(i * step * 1e6);
      line(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          x, TOP - 4, x, bottom + 4);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s%s</text>%n",
              x,
              bottom + 20,
              tick(i * step),
              i == 0 ? " ms" : ""));
    }
  }

  /** The distance of ticks: 1, 2 or 5 times a power of ten, so that there are three to six. */
  static double step(double largest) {
    double power = Math.pow(10, Math.floor(Math.log10(largest)));
    double first = largest / power;
    return power * (first < 1.5 ? 0.25 : first < 3 ? 0.5 : first < 7 ? 1 : 2);
  }

  private static String tick(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private void row(Outcome outcome, int y) {
    text(MARGIN, y + BAR / 2 + 4, "name", outcome.device());
    switch (outcome) {
      case Outcome.NotRun(String device, String reason, String remedy) ->
          remark(y, "not run: " + reason + ". " + remedy);
      case Outcome.Failed(String device, String message) -> remark(y, "failed: " + message);
      case Outcome.Different(String device, Agreement agreement) ->
          remark(y, "different answer: " + agreement.difference());
      case Measured measured -> bar(measured, y);
    }
  }

  private void remark(int y, String words) {
    line(
        "<text class=\"note\" x=\"%d\" y=\"%d\"><title>%s</title>%s</text>",
        left, y + BAR / 2 + 4, escaped(words), escaped(shortened(words, LONGEST)));
  }

  private void bar(Measured measured, int y) {
    JobTimes median = measured.median();
    double from = 0;
    for (Phase phase : Phase.values()) {
      Long nanos = median.phase(phase);
      if (nanos != null) {
        part(from, nanos, y, phase.key(), phase.label());
        from += nanos;
      }
    }
    part(from, median.rest(), y, "rest", "rest");
    String first = Warnings.measured(outcomes).getFirst().device();
    double gain = ComparisonTable.speedUp(Warnings.measured(outcomes).getFirst(), measured);
    String speedUp = measured.device().equals(first) ? "" : ", " + Units.number(gain) + " ×";
    text(
        (int) x(length(median)) + 8,
        y + BAR / 2 + 4,
        "",
        ComparisonTable.ms(median.total()) + " ms" + speedUp);
  }

  private void part(double from, long nanos, int y, String key, String label) {
    if (nanos > 0) {
      line(
          "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"var(--%s)\">"
              + "<title>%s: %s</title></rect>",
          x(from), y, x(from + nanos) - x(from), BAR, key, label, Units.time(nanos));
    }
  }

  /** What is drawn: phases are medians of their own, and may add up to a little more than all. */
  private static double length(JobTimes times) {
    return times.phases().values().stream().mapToLong(Long::longValue).sum() + times.rest();
  }

  private void legend(int y) {
    List<String[]> entries = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      if (Warnings.measured(outcomes).stream().anyMatch(m -> m.median().phase(phase) != null)) {
        entries.add(new String[] {phase.key(), phase.label()});
      }
    }
    entries.add(new String[] {"rest", "rest: starting, waiting, finishing"});
    int x = MARGIN;
    for (String[] entry : entries) {
      line(
          "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"var(--%s)\"/>",
          x, y - 10, entry[0]);
      text(x + 18, y, "note", entry[1]);
      x += 18 + (int) (entry[1].length() * 6.6) + 16;
    }
  }

  private double x(double nanos) {
    return left + nanos / longest * (WIDTH - AFTER - left);
  }

  private void text(int x, int y, String style, String words) {
    line("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", style, x, y, escaped(words));
  }

  private void line(String format, Object... values) {
    svg.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    svg.append('\n');
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
