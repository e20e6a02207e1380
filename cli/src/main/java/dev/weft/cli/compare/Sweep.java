package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The same job over inputs of growing size, on several devices. The first that gave times is the
 * baseline; another one pays from a size on if its median is at least 5 % less there and at all
 * larger sizes.
 */
public record Sweep(List<Point> points) {
  private static final double LESS = 0.95;

  /** What became of each device at one size. */
  public record Point(long elements, List<Outcome> outcomes) {
    /** Copies the list. */
    public Point {
      outcomes = List.copyOf(outcomes);
    }

    @Nullable Outcome outcome(Line line) {
      for (Outcome outcome : outcomes) {
        if (line.device().equals(outcome.device()) && line.inputs() == outcome.inputs()) {
          return outcome;
        }
      }
      return null;
    }

    @Nullable Measured measured(Line line) {
      return outcome(line) instanceof Measured measured ? measured : null;
    }
  }

  /** A device, with its inputs at one place: what becomes a line of the picture. */
  public record Line(String device, InputsAt inputs) {
    /** What it is called. */
    String label() {
      return device + inputs.suffix();
    }
  }

  /**
   * From where on a line pays.
   *
   * @param elements about how many; infinite where it does at no size, 0 where it does at all
   */
  public record Crossing(Line line, double elements) {
    static final double NEVER = Double.POSITIVE_INFINITY;
    static final double ALWAYS = 0;
  }

  /** Copies the list. */
  public Sweep {
    points = List.copyOf(points);
  }

  /** All lines, in the order in which they were asked for. */
  List<Line> lines() {
    Set<Line> lines = new LinkedHashSet<>();
    for (Point point : points) {
      point.outcomes().forEach(one -> lines.add(new Line(one.device(), one.inputs())));
    }
    return List.copyOf(lines);
  }

  /** What the others are compared with; null where nothing gave times. */
  @Nullable Line baseline() {
    for (Line line : lines()) {
      if (points.stream().anyMatch(point -> point.measured(line) != null)) {
        return line;
      }
    }
    return null;
  }

  /** From where on each of the others pays. */
  List<Crossing> crossings() {
    List<Crossing> crossings = new ArrayList<>();
    Line base = baseline();
    for (Line line : lines()) {
      boolean known = points.stream().anyMatch(point -> point.measured(line) != null);
      if (base != null && known && !line.equals(base)) {
        crossings.add(new Crossing(line, crossing(base, line)));
      }
    }
    return crossings;
  }

  private double crossing(Line base, Line line) {
    double from = Crossing.NEVER;
    for (int i = points.size() - 1; i >= 0; i--) {
      Measured first = points.get(i).measured(base);
      Measured other = points.get(i).measured(line);
      if (first == null || other == null) {
        // A size at which one of both could not run says nothing of the smaller ones.
        if (from == Crossing.NEVER && other == null && first == null) {
          continue;
        }
        return from;
      }
      double ratio = ratio(first, other);
      if (ratio > LESS) {
        return i + 1 < points.size() && from < Crossing.NEVER
            ? between(points.get(i).elements(), ratio, i + 1, base, line)
            : from;
      }
      from = points.get(i).elements();
    }
    return Crossing.ALWAYS;
  }

  private static double ratio(Measured first, Measured other) {
    return (double) other.median().total() / Math.max(1, first.median().total());
  }

  /** Where the ratio of both falls below the limit, on a straight line over logarithms. */
  private double between(long size, double ratio, int next, Line base, Line line) {
    Measured first = points.get(next).measured(base);
    Measured other = points.get(next).measured(line);
    if (first == null || other == null) {
      return points.get(next).elements();
    }
    double low = Math.log(ratio / LESS);
    double high = Math.log(ratio(first, other) / LESS);
    double share = low / Math.max(1e-12, low - high);
    return size * Math.pow((double) points.get(next).elements() / size, share);
  }

  /** A crossing in a sentence. */
  String words(Crossing crossing) {
    Line base = baseline();
    String pays =
        "%s pays against %s".formatted(crossing.line().label(), base == null ? "" : base.label());
    long smallest = points.getFirst().elements();
    long largest = points.getLast().elements();
    if (crossing.elements() == Crossing.NEVER) {
      return "%s at no size up to %s elements".formatted(pays, Units.count(largest));
    }
    return crossing.elements() == Crossing.ALWAYS
        ? "%s at all sizes from %s elements on".formatted(pays, Units.count(smallest))
        : "%s from about %s elements on".formatted(pays, Units.count(crossing.elements()));
  }
}
