package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.List;
import java.util.Locale;

/**
 * The part of the chart that shows how far each device is from what it can do at most, by how many
 * additions the job makes for each byte that it has to move.
 *
 * <pre>
 * additions/s │        ________ the arithmetic of the device
 *             │      ╱
 *             │    ╱   •        what was reached
 *             │  ╱ its memory
 *             └────────────────
 *               additions a byte
 * </pre>
 */
final class RooflineDrawing {
  private static final int LEFT = ComparisonChart.MARGIN + 52;
  private static final int RIGHT = ComparisonChart.WIDTH - 24;
  private static final int TALL = 190;
  private static final int ROW = 17;

  /** So many times more and fewer additions a byte than the job's are drawn. */
  private static final double AROUND = 10;

  private final List<Measured> drawn;

  RooflineDrawing(List<Outcome> outcomes) {
    this.drawn =
        Warnings.measured(outcomes).stream()
            .filter(one -> one.limits().unknown().isEmpty() && reached(one) > 0)
            .filter(one -> one.median().bytes() > 0)
            .toList();
  }

  boolean isEmpty() {
    return drawn.isEmpty();
  }

  /** Additions a nanosecond. */
  private static double reached(Measured one) {
    JobTimes median = one.median();
    return median.work().additions() / Math.max(1, median.total());
  }

  private static double perByte(Measured one) {
    return one.median().work().additions() / one.median().bytes();
  }

  private static double roof(Limits limits, double perByte) {
    return Math.min(limits.memory() * perByte, limits.top());
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  int draw(Markup svg, int top) {
    svg.words(
        ComparisonChart.MARGIN, top + 14, TextStyle.PART, "How far from what each can do at most");
    svg.words(
        ComparisonChart.MARGIN,
        top + 31,
        TextStyle.NOTE,
        "lines: memory and arithmetic as measured on this machine; points: what the job reached, all of its time counted");
    int from = top + 44;
    int bottom = from + TALL;
    double low = drawn.stream().mapToDouble(RooflineDrawing::perByte).min().orElse(1);
    double high = drawn.stream().mapToDouble(RooflineDrawing::perByte).max().orElse(1);
    for (Measured one : drawn) {
      high = Math.max(high, one.limits().top() / one.limits().memory());
    }
    LogAxis x = LogAxis.around(low / AROUND, high * AROUND / 2, LEFT, RIGHT);
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Measured one : drawn) {
      least = Math.min(least, Math.min(reached(one), roof(one.limits(), x.low())));
      most = Math.max(most, Math.max(one.limits().top(), reached(one)));
    }
    LogAxis y = LogAxis.around(least, most, bottom, from);
    axes(svg, x, y);
    for (int i = 0; i < drawn.size(); i++) {
      roof(svg, x, y, drawn.get(i), Series.ink(i));
    }
    for (int i = 0; i < drawn.size(); i++) {
      point(svg, x, y, drawn.get(i), Series.ink(i));
    }
    return legend(svg, bottom + 44);
  }

  private static void axes(Markup svg, LogAxis x, LogAxis y) {
    for (double tick : x.ticks()) {
      double at = x.at(tick);
      svg.line(at, y.to(), at, y.from() + 4, Ink.GRID);
      svg.words(at, y.from() + 16, TextStyle.TICK, Anchor.MIDDLE, LogAxis.power(tick));
    }
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      svg.line(x.from() - 4, at, x.to(), at, Ink.GRID);
      svg.words(x.from() - 8, at + 4, TextStyle.TICK, Anchor.END, LogAxis.power(tick));
    }
    svg.words(x.to(), y.from() + 30, TextStyle.TICK, Anchor.END, "additions a byte");
    svg.words(x.from() + 6, y.to() + 12, TextStyle.TICK, "10⁹ additions/s");
  }

  private static void roof(Markup svg, LogAxis x, LogAxis y, Measured one, Ink ink) {
    Limits limits = one.limits();
    double ridge = Math.clamp(limits.top() / limits.memory(), x.low(), x.high());
    svg.line(
        "<polyline %s fill=\"none\" stroke-width=\"1.5\" points=\"%s %s %s\"/>",
        svg.stroke(ink),
        point(x, y, x.low(), roof(limits, x.low())),
        point(x, y, ridge, roof(limits, ridge)),
        point(x, y, x.high(), roof(limits, x.high())));
  }

  private static String point(LogAxis x, LogAxis y, double perByte, double rate) {
    return Markup.number(x.at(perByte)) + "," + Markup.number(y.at(rate));
  }

  private static void point(Markup svg, LogAxis x, LogAxis y, Measured one, Ink ink) {
    svg.line(
        "<circle %s cx=\"%s\" cy=\"%s\" r=\"5\"><title>%s</title></circle>",
        svg.fill(ink),
        Markup.number(x.at(perByte(one))),
        Markup.number(y.at(reached(one))),
        Markup.escaped(words(one)));
  }

  private int legend(Markup svg, int top) {
    int y = top;
    for (int i = 0; i < drawn.size(); i++) {
      svg.box(ComparisonChart.MARGIN, y - 10, 12, 12, Series.ink(i));
      svg.words(ComparisonChart.MARGIN + 18, y, TextStyle.NOTE, words(drawn.get(i)));
      y += ROW;
    }
    return y - ROW;
  }

  private static String words(Measured one) {
    Limits limits = one.limits();
    JobTimes median = one.median();
    String text =
        String.format(
            Locale.ROOT,
            "%s: %s of %s GB/s, %s",
            one.label(),
            Units.number(median.bandwidth()),
            Units.number(limits.memory()),
            ComparisonTable.percent(limits.ofMemory(median)));
    return limits.products() > 0
        ? text
            + "; %s of the %s Gflop/s of its best product"
                .formatted(
                    ComparisonTable.percent(limits.ofProducts(median)),
                    Units.number(limits.products()))
        : text
            + "; %s of %s · 10⁹ additions/s"
                .formatted(Units.number(reached(one)), Units.number(limits.arithmetic()));
  }
}
