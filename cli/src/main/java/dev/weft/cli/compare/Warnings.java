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
      moved(device, warnings);
    }
    if (!measured.isEmpty()) {
      cold(measured, warnings);
    }
    long devices = measured.stream().map(Measured::device).distinct().count();
    if (devices == 1 && outcomes.size() > measured.size()) {
      warnings.add(
          "only %s gave times: there is nothing to compare it with"
              .formatted(measured.getFirst().device()));
    }
    return warnings;
  }

  /** Warnings about a sweep: at its small sizes starting the work is what takes the time. */
  public static List<String> of(Sweep sweep) {
    List<String> warnings = new ArrayList<>();
    List<Measured> measured = new ArrayList<>();
    sweep.points().forEach(point -> measured.addAll(measured(point.outcomes())));
    long wide = measured.stream().filter(Warnings::isWide).count();
    if (wide > 0) {
      warnings.add(
          format(
              "times vary by more than %.0f %% in %d of %d measurements, as the bars of the chart"
                  + " show: where lines are closer than that, take a larger --repeat",
              SPREAD * 100, wide, measured.size()));
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
              device.label(), around * 100, Units.time(median.total())));
    }
  }

  private static void moved(Measured device, List<String> warnings) {
    Long copies = device.median().phase(Phase.HOST_TO_DEVICE);
    if (device.inputs() == InputsAt.DEVICE && copies != null) {
      warnings.add(
          format(
              "%s: something was copied to a device in each run, for %s of it: not all inputs had"
                  + " room where they were needed, or several devices share the work",
              device.label(), Units.time(copies)));
    }
  }

  /** Whether times vary so much that a difference between devices may be chance. */
  static boolean isWide(Measured device) {
    return device.runs().size() > 1 && device.spread() > SPREAD;
  }

  private static void spread(Measured device, List<String> warnings) {
    if (device.runs().size() == 1) {
      warnings.add(
          "%s: one run says nothing about how much times vary; use a larger --repeat"
              .formatted(device.label()));
    } else if (isWide(device)) {
      warnings.add(
          format(
              "%s: times vary by %.0f %%, from %s to %s: smaller differences between devices mean"
                  + " nothing; close other programs, or use a larger --repeat",
              device.label(),
              device.spread() * 100,
              Units.time(device.fastest()),
              Units.time(device.slowest())));
    }
  }

  private static void cold(List<Measured> measured, List<String> warnings) {
    List<String> slow = new ArrayList<>();
    for (Measured device : measured) {
      double ratio = (double) device.cold().total() / Math.max(1, device.median().total());
      if (ratio > COLD) {
        slow.add(format("%s %.0f times", device.label(), ratio));
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
