package dev.weft.cli.compare;

import dev.weft.core.Session;
import dev.weft.core.device.Energy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Energy of one run.
 *
 * @param joules of each device that tells
 * @param of what the counters of these devices count
 * @param notTold why the others do not tell
 */
public record EnergyUse(
    Map<String, Double> joules, Map<String, String> of, Map<String, String> notTold) {
  /** Counters move every few milliseconds, some every tenth of a second. */
  private static final long ENOUGH_NANOS = 1_000_000_000;

  private static final int MOST_RUNS = 100_000;

  /** Nobody was asked. */
  static final EnergyUse NOT_ASKED = new EnergyUse(Map.of(), Map.of(), Map.of());

  /** Repeats the run for a second, if there is a counter, and divides by how often it ran. */
  static EnergyUse measure(Session session, Runnable run) {
    Map<String, Energy> before = session.energy();
    int runs = 0;
    if (before.values().stream().anyMatch(Energy.Used.class::isInstance)) {
      long begun = System.nanoTime();
      while (runs < MOST_RUNS && System.nanoTime() - begun < ENOUGH_NANOS) {
        run.run();
        runs++;
      }
    }
    return between(before, session.energy(), Math.max(1, runs));
  }

  static EnergyUse between(Map<String, Energy> before, Map<String, Energy> after, int runs) {
    Map<String, Double> joules = new LinkedHashMap<>();
    Map<String, String> of = new LinkedHashMap<>();
    Map<String, String> notTold = new LinkedHashMap<>();
    after.forEach(
        (device, energy) -> {
          switch (energy) {
            case Energy.NotTold(String reason) -> notTold.put(device, reason);
            case Energy.Used(double now, String what)
                when before.get(device) instanceof Energy.Used(double then, String same) -> {
              joules.put(device, (now - then) / runs);
              of.put(device, what);
            }
            case Energy.Used first ->
                notTold.put(device, "its counter could not be read before the runs");
          }
        });
    return new EnergyUse(joules, of, notTold);
  }

  /** Of all devices that tell. */
  double sum() {
    return joules.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
