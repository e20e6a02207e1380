package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** The part of the chart with a bar for each device, from the fastest to the slowest run. */
final class BarDrawing {
  private static final int BAR = 24;
  private static final int ROW = 42;

  /** Room right of the longest bar for its text. */
  private static final int AFTER = 236;

  private static final int LONGEST = 96;

  /** A run that takes so many times the longest median is not drawn to its end. */
  private static final double FAR = 1.5;

  private static final Ink REST = new Ink("rest", "#8a8a8a", "#7a7a7a");

  private final Heading heading;
  private final List<Outcome> outcomes;
  private final List<Measured> measured;
  private final int left;
  private final double longest;

  BarDrawing(Heading heading, List<Outcome> outcomes) {
    this.heading = heading;
    this.outcomes = outcomes;
    this.measured = Warnings.measured(outcomes);
    int name = outcomes.stream().mapToInt(outcome -> outcome.label().length()).max().orElse(0);
    this.left = ComparisonChart.MARGIN + (int) (name * TextStyle.NAME_WIDTH) + 12;
    double medians = measured.stream().mapToDouble(one -> length(one.median())).max().orElse(1);
    double slowest = measured.stream().mapToDouble(Measured::slowest).max().orElse(1);
    this.longest = Math.max(medians, Math.min(slowest, FAR * medians));
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  int draw(Markup svg, int top) {
    boolean times = !measured.isEmpty();
    if (times) {
      svg.words(
          ComparisonChart.MARGIN,
          top,
          TextStyle.NOTE,
          "medians of %d runs after a warm-up, in milliseconds; lines: fastest to slowest run; ×: speed-up against %s"
              .formatted(heading.repeats(), measured.getFirst().label()));
    }
    int rows = top + 16;
    int bottom = rows + ROW * outcomes.size();
    if (times) {
      axis(svg, rows, bottom);
    }
    for (int i = 0; i < outcomes.size(); i++) {
      row(svg, outcomes.get(i), rows + i * ROW + (ROW - BAR) / 2);
    }
    return times ? legend(svg, bottom + 52) : bottom;
  }

  // Okabe and Ito's colours, which people with colour blindness can tell apart; darker on white,
  // lighter on black.
  private static Ink ink(Phase phase) {
    return switch (phase) {
      case COMPILE -> new Ink(phase.key(), "#b87a00", "#e69f00");
      case HOST_TO_DEVICE -> new Ink(phase.key(), "#2f8fc4", "#56b4e9");
      case KERNEL -> new Ink(phase.key(), "#0060a0", "#3d8fd1");
      case DEVICE_TO_HOST -> new Ink(phase.key(), "#b0568c", "#cc79a7");
      case REDUCE -> new Ink(phase.key(), "#00805f", "#00a67c");
    };
  }

  private void axis(Markup svg, int top, int bottom) {
    double step = step(longest * 1e-6);
    for (int i = 0; i * step <= longest * 1e-6 * 1.0001; i++) {
      double x = x(i * step * 1e6);
      svg.line(x, top - 4, x, bottom + 4, Ink.GRID);
      String unit = i == 0 ? " ms" : "";
      svg.words(x, bottom + 20, TextStyle.TICK, Anchor.MIDDLE, tick(i * step) + unit);
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

  private void row(Markup svg, Outcome outcome, int y) {
    svg.words(ComparisonChart.MARGIN, y + BAR / 2 + 4, TextStyle.NAME, outcome.label());
    switch (outcome) {
      case Outcome.NotRun(String device, String reason, String remedy) ->
          remark(svg, y, "not run: " + reason + ". " + remedy);
      case Outcome.Failed failed -> remark(svg, y, "failed: " + failed.message());
      case Outcome.Different other ->
          remark(svg, y, "different answer: " + other.agreement().difference());
      case Measured one -> bar(svg, one, y);
    }
  }

  private void remark(Markup svg, int y, String words) {
    String style = svg.fill(Ink.FAINT);
    svg.line(
        "<text %s x=\"%d\" y=\"%d\"><title>%s</title>%s</text>",
        style,
        left,
        y + BAR / 2 + 4,
        Markup.escaped(words),
        Markup.escaped(Markup.shortened(words, LONGEST)));
  }

  private void bar(Markup svg, Measured one, int y) {
    JobTimes median = one.median();
    double from = 0;
    for (Phase phase : Phase.values()) {
      Long nanos = median.phase(phase);
      if (nanos != null) {
        part(svg, from, nanos, y, ink(phase), phase.label());
        from += nanos;
      }
    }
    part(svg, from, median.rest(), y, REST, "rest");
    double end = Math.max(length(median), Math.min(one.slowest(), longest));
    if (one.runs().size() > 1) {
      spread(svg, one, y);
    }
    double at = x(end) + 8;
    int base = y + BAR / 2 + 4;
    String total = ComparisonTable.ms(median.total()) + " ms" + speedUp(one);
    svg.words(at, base, TextStyle.PLAIN, total);
    if (one.runs().size() > 1) {
      TextStyle style = Warnings.isWide(one) ? TextStyle.WRONG : TextStyle.NOTE;
      double after = at + total.length() * 7.2 + 6;
      String beyond = one.slowest() > longest ? ", to " + Units.time(one.slowest()) : "";
      svg.words(after, base, style, "spread " + ComparisonTable.percent(one.spread()) + beyond);
    }
  }

  private String speedUp(Measured one) {
    Measured first = measured.getFirst();
    return one == first ? "" : ", " + Units.number(ComparisonTable.speedUp(first, one)) + " ×";
  }

  /** A line from the fastest to the slowest run, open where the slowest is far away. */
  private void spread(Markup svg, Measured one, int y) {
    double middle = y + BAR + 4;
    double from = x(one.fastest());
    double to = x(Math.min(one.slowest(), longest));
    svg.line(from, middle, to, middle, Ink.TEXT);
    svg.line(from, middle - 3, from, middle + 3, Ink.TEXT);
    if (one.slowest() <= longest) {
      svg.line(to, middle - 3, to, middle + 3, Ink.TEXT);
    }
  }

  private void part(Markup svg, double from, long nanos, int y, Ink ink, String label) {
    if (nanos > 0) {
      svg.box(x(from), y, x(from + nanos) - x(from), BAR, ink, label + ": " + Units.time(nanos));
    }
  }

  /** What is drawn: phases are medians of their own, and may add up to a little more than all. */
  private static double length(JobTimes times) {
    return times.phases().values().stream().mapToLong(Long::longValue).sum() + times.rest();
  }

  private int legend(Markup svg, int y) {
    int x = ComparisonChart.MARGIN;
    for (Phase phase : Phase.values()) {
      if (measured.stream().anyMatch(one -> one.median().phase(phase) != null)) {
        x = legend(svg, x, y, ink(phase), phase.label());
      }
    }
    legend(svg, x, y, REST, "rest: starting, waiting, finishing");
    return y;
  }

  private static int legend(Markup svg, int x, int y, Ink ink, String label) {
    svg.box(x, y - 10, 12, 12, ink);
    svg.words(x + 18, y, TextStyle.NOTE, label);
    return x + 18 + (int) (label.length() * 6.6) + 16;
  }

  private double x(double nanos) {
    return left + nanos / longest * (ComparisonChart.WIDTH - AFTER - left);
  }
}
