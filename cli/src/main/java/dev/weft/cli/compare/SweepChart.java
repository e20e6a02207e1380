package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep over sizes as one SVG file: a line for each device, over logarithms, with a bar from the
 * fastest to the slowest run at each size, and a mark where one begins to pay.
 */
public final class SweepChart {
  private static final int LEFT = ComparisonChart.MARGIN + 60;
  private static final int RIGHT = ComparisonChart.WIDTH - 24;
  private static final int TOP = 84;
  private static final int BOTTOM = TOP + 300;
  private static final int ROW = 17;

  private final Heading heading;
  private final Sweep sweep;
  private final Markup svg = new Markup();

  private SweepChart(Heading heading, Sweep sweep) {
    this.heading = heading;
    this.sweep = sweep;
  }

  /** The file's text. */
  public static String of(Heading heading, Sweep sweep, List<String> warnings) {
    return new SweepChart(heading, sweep).draw(warnings);
  }

  private String draw(List<String> warnings) {
    String title = "Time by size: " + Markup.shortened(heading.expression(), 60);
    svg.words(ComparisonChart.MARGIN, 28, TextStyle.TITLE, title);
    svg.words(ComparisonChart.MARGIN, 48, TextStyle.NOTE, Markup.shortened(heading.machine(), 110));
    Sweep.Line base = sweep.baseline();
    int y = 66;
    if (base == null) {
      svg.words(ComparisonChart.MARGIN, y, TextStyle.NOTE, "no device gave times");
    } else {
      svg.words(
          ComparisonChart.MARGIN,
          y,
          TextStyle.NOTE,
          "medians of %d runs after a warm-up, with the fastest and the slowest; baseline: %s"
              .formatted(heading.repeats(), base.label()));
      y = lines(base);
    }
    y = ComparisonChart.warnings(svg, y, warnings);
    return svg.document(ComparisonChart.WIDTH, y + 14, "Time by size: " + heading.expression());
  }

  private int lines(Sweep.Line base) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Sweep.Point point : sweep.points()) {
      for (Measured one : Warnings.measured(point.outcomes())) {
        least = Math.min(least, one.fastest());
        most = Math.max(most, one.slowest());
      }
    }
    LogAxis x =
        LogAxis.around(
            sweep.points().getFirst().elements(), sweep.points().getLast().elements(), LEFT, RIGHT);
    LogAxis y = LogAxis.around(least * 1e-6, most * 1e-6, BOTTOM, TOP);
    axes(x, y);
    List<Sweep.Line> lines = sweep.lines();
    for (int i = 0; i < lines.size(); i++) {
      line(x, y, lines.get(i), Series.ink(i));
    }
    for (Sweep.Crossing crossing : sweep.crossings()) {
      mark(x, crossing, Series.ink(lines.indexOf(crossing.line())));
    }
    return legend(base, lines);
  }

  private void axes(LogAxis x, LogAxis y) {
    for (double tick : x.ticks()) {
      svg.line(x.at(tick), TOP, x.at(tick), BOTTOM + 4, Ink.GRID);
      svg.words(x.at(tick), BOTTOM + 16, TextStyle.TICK, Anchor.MIDDLE, LogAxis.power(tick));
    }
    for (double tick : y.ticks()) {
      svg.line(LEFT - 4, y.at(tick), RIGHT, y.at(tick), Ink.GRID);
      String unit = tick == y.ticks().getLast() ? " ms" : "";
      svg.words(LEFT - 8, y.at(tick) + 4, TextStyle.TICK, Anchor.END, LogAxis.power(tick) + unit);
    }
    svg.words(RIGHT, BOTTOM + 30, TextStyle.TICK, Anchor.END, "elements of each input");
  }

  private void line(LogAxis x, LogAxis y, Sweep.Line line, Ink ink) {
    List<String> path = new ArrayList<>();
    for (Sweep.Point point : sweep.points()) {
      Measured one = point.measured(line);
      if (one == null) {
        path(path, ink);
        path.clear();
        continue;
      }
      double at = x.at(point.elements());
      double height = y.at(one.median().total() * 1e-6);
      svg.line(at, y.at(one.fastest() * 1e-6), at, y.at(one.slowest() * 1e-6), ink);
      svg.line(
          "<circle %s cx=\"%s\" cy=\"%s\" r=\"3.5\"><title>%s</title></circle>",
          svg.fill(ink),
          Markup.number(at),
          Markup.number(height),
          Markup.escaped(
              "%s, %s elements: %s, from %s to %s"
                  .formatted(
                      line.label(),
                      Units.count(point.elements()),
                      Units.time(one.median().total()),
                      Units.time(one.fastest()),
                      Units.time(one.slowest()))));
      path.add(Markup.number(at) + "," + Markup.number(height));
    }
    path(path, ink);
  }

  /** A line breaks where a size gave no time. */
  private void path(List<String> points, Ink ink) {
    if (points.size() > 1) {
      svg.line(
          "<polyline %s fill=\"none\" stroke-width=\"1.5\" points=\"%s\"/>",
          svg.stroke(ink), String.join(" ", points));
    }
  }

  private void mark(LogAxis x, Sweep.Crossing crossing, Ink ink) {
    if (crossing.elements() != Sweep.Crossing.NEVER
        && crossing.elements() != Sweep.Crossing.ALWAYS) {
      double at = x.at(crossing.elements());
      svg.line(
          "<line %s stroke-dasharray=\"4 3\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>",
          svg.stroke(ink), Markup.number(at), TOP, Markup.number(at), BOTTOM);
    }
  }

  private int legend(Sweep.Line base, List<Sweep.Line> lines) {
    int y = BOTTOM + 50;
    for (int i = 0; i < lines.size(); i++) {
      Sweep.Line line = lines.get(i);
      svg.box(ComparisonChart.MARGIN, y - 10, 12, 12, Series.ink(i));
      svg.words(ComparisonChart.MARGIN + 18, y, TextStyle.NOTE, words(base, line));
      y += ROW;
    }
    return y - ROW;
  }

  private String words(Sweep.Line base, Sweep.Line line) {
    if (line.equals(base)) {
      return line.label() + ": the baseline";
    }
    for (Sweep.Crossing crossing : sweep.crossings()) {
      if (crossing.line().equals(line)) {
        return sweep.words(crossing);
      }
    }
    return line.label() + ": gave no times";
  }
}
