package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the numbers of a comparison do not show by themselves, in words. */
public final class Warnings {
  /** From this share of the median on, a difference between devices may be chance. */
  private static final double SPREAD = 0.2;

  /** From this share on, starting the work takes the time, not the work. */
  private static final double OVERHEAD = 0.5;

  /** From this ratio on, the first run is another world. */
  private static final double COLD = 2;

  /** Share of the cores that other programs may use. */
  private static final double BUSY = 0.25;

  private Warnings() {}

  /** Warnings about these outcomes. */
  public static List<String> of(List<Outcome> outcomes) {
    List<String> warnings = new ArrayList<>();
    List<Measured> measured = measured(outcomes);
    for (Measured device : measured) {
      overhead(device, warnings);
      spread(device, warnings);
    }
    if (!measured.isEmpty()) {
      cold(measured, warnings);
    }
    if (measured.size() == 1 && outcomes.size() > 1) {
      warnings.add(
          "only %s gave times: there is nothing to compare it with"
              .formatted(measured.getFirst().device()));
    }
    return warnings;
  }

  /**
   * A warning about other programs, or nothing.
   *
   * @param load processes that wanted to run during the last minute, before the comparison
   */
  public static List<String> ofLoad(double load, int cores) {
    return load > BUSY * cores
        ? List.of(
            format(
                "other programs were busy on %.1f of %d cores when this began: stop them, or the"
                    + " times are those of a shared machine",
                Math.min(load, cores), cores))
        : List.of();
  }

  static List<Measured> measured(List<Outcome> outcomes) {
    List<Measured> measured = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Measured one) {
        measured.add(one);
      }
    }
    return measured;
  }

  private static void overhead(Measured device, List<String> warnings) {
    JobTimes median = device.median();
    Long compile = median.phase(Phase.COMPILE);
    double around = (median.rest() + (compile == null ? 0 : compile)) / (double) median.total();
    if (around > OVERHEAD) {
      warnings.add(
          format(
              "%s: the inputs are too small to compare devices: planning and starting tasks takes"
                  + " %.0f %% of %s; use larger ones",
              device.device(), around * 100, Units.time(median.total())));
    }
  }

  private static void spread(Measured device, List<String> warnings) {
    if (device.runs().size() == 1) {
      warnings.add(
          "%s: one run says nothing about how much times vary; use a larger --repeat"
              .formatted(device.device()));
    } else if (device.spread() > SPREAD) {
      long fastest = device.runs().stream().mapToLong(JobTimes::total).min().orElseThrow();
      long slowest = device.runs().stream().mapToLong(JobTimes::total).max().orElseThrow();
      warnings.add(
          format(
              "%s: times vary by %.0f %%, from %s to %s: smaller differences between devices mean"
                  + " nothing; close other programs, or use a larger --repeat",
              device.device(), device.spread() * 100, Units.time(fastest), Units.time(slowest)));
    }
  }

  private static void cold(List<Measured> measured, List<String> warnings) {
    List<String> slow = new ArrayList<>();
    for (Measured device : measured) {
      double ratio = (double) device.cold().total() / Math.max(1, device.median().total());
      if (ratio > COLD) {
        slow.add(format("%s %.0f times", device.device(), ratio));
      }
    }
    if (!slow.isEmpty()) {
      warnings.add(
          "caches were cold at first: kernels had to be compiled, and the first run took longer than"
              + " the median (%s); for a job that runs once, compare the column 'cold'"
                  .formatted(String.join(", ", slow)));
    }
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
