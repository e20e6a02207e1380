package dev.weft.timeline;

import dev.weft.timeline.svg.Markup;
import java.util.Locale;

/** Times for people: three digits and a unit, and the ticks of an axis. */
public final class Durations {
  private Durations() {}

  /** Such as 12.3 ms. */
  public static String text(double nanos) {
    String[] units = {"ns", "µs", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (unit < units.length - 1 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    int digits = unit == 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s", value, units[unit]);
  }

  /** The distance of ticks: 1, 2 or 5 times a power of ten, so that there are four to eight. */
  static double step(double nanos) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, nanos))));
    double first = Math.max(1, nanos) / power;
    return power * (first < 1.6 ? 0.2 : first < 4 ? 0.5 : first < 8 ? 1 : 2);
  }

  /** A tick in the unit of the whole axis. */
  static String tick(double nanos, double longest) {
    double unit = longest < 1e3 ? 1 : longest < 1e6 ? 1e3 : longest < 1e9 ? 1e6 : 1e9;
    String name = unit == 1 ? "ns" : unit == 1e3 ? "µs" : unit == 1e6 ? "ms" : "s";
    return Markup.number(nanos / unit) + (nanos == 0 ? " " + name : "");
  }
}
