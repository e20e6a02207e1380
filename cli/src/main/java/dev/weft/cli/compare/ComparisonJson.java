package dev.weft.cli.compare;

import dev.weft.cli.compare.Outcome.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as maps and lists, to be written as JSON. What is not known is null; a device that
 * gave no times has none.
 */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** One object with everything. */
  public static Map<String, Object> of(
      Heading heading, List<Outcome> outcomes, List<String> warnings) {
    Map<String, Object> json = heading(heading);
    json.put("devices", devices(outcomes));
    json.put("warnings", warnings);
    return json;
  }

  static Map<String, Object> heading(Heading heading) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("expression", heading.expression());
    json.put("inputs", heading.inputs());
    json.put("machine", heading.machine());
    json.put("repeats", heading.repeats());
    return json;
  }

  static List<Map<String, Object>> devices(List<Outcome> outcomes) {
    List<Measured> measured = Warnings.measured(outcomes);
    Measured first = measured.isEmpty() ? null : measured.getFirst();
    return outcomes.stream().map(outcome -> device(first, outcome)).toList();
  }

  /** What has changed since a saved comparison. */
  public static Map<String, Object> changes(SavedComparison saved, List<Change> changes) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", saved.name());
    json.put("machine", saved.machine());
    json.put("devices", changes.stream().map(Change::json).toList());
    return json;
  }

  private static Map<String, Object> device(@Nullable Measured first, Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", outcome.device());
    if (!(outcome instanceof Outcome.NotRun)) {
      json.put("inputs_at", outcome.inputs().label());
    }
    switch (outcome) {
      case Outcome.NotRun(String device, String reason, String remedy) -> {
        json.put("status", "not run");
        json.put("reason", reason);
        json.put("remedy", remedy);
      }
      case Outcome.Failed failed -> {
        json.put("status", "failed");
        json.put("reason", failed.message());
      }
      case Outcome.Different other -> {
        json.put("status", "different answer");
        json.put("reason", other.agreement().difference());
        json.put("answers", answers(other.agreement()));
      }
      case Measured run -> {
        json.put("status", "measured");
        json.put("description", run.description());
        measured(first == null ? run : first, run, json);
      }
    }
    return json;
  }

  private static void measured(Measured first, Measured run, Map<String, Object> json) {
    JobTimes median = run.median();
    json.put("cold_seconds", seconds(run.cold()));
    json.put("seconds", seconds(median));
    List<Object> totals = new ArrayList<>();
    run.runs().forEach(times -> totals.add(times.total() * 1e-9));
    json.put("total_seconds_of_runs", totals);
    json.put("spread", run.spread());
    json.put("bytes", median.bytes());
    json.put("bytes_per_second", median.bytes() / Math.max(1e-9, median.total() * 1e-9));
    limits(run, json);
    json.put("energy", energy(run.energy()));
    json.put("compared_with", first.label());
    json.put("speed_up", ComparisonTable.speedUp(first, run));
    json.put("answers", answers(run.agreement()));
  }

  private static void limits(Measured run, Map<String, Object> json) {
    Limits limits = run.limits();
    JobTimes median = run.median();
    Map<String, @Nullable Object> most = new LinkedHashMap<>();
    most.put("memory_bytes_per_second", orNull(1e9 * limits.memory()));
    most.put("additions_per_second", orNull(1e9 * limits.arithmetic()));
    most.put("product_operations_per_second", orNull(1e9 * limits.products()));
    if (!limits.unknown().isEmpty()) {
      most.put("reason", limits.unknown());
    }
    json.put("measured_limits", most);
    json.put("additions", median.work().additions());
    json.put("product_operations", median.work().products());
    // Written as null where it is not known.
    json.put("share_of_memory", limits.ofMemory(median));
    json.put("share_of_products", limits.ofProducts(median));
  }

  private static @Nullable Object orNull(double rate) {
    return rate > 0 ? rate : null;
  }

  private static Map<String, Object> energy(EnergyUse energy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("joules", energy.joules());
    json.put("of", energy.of());
    json.put("not_told", energy.notTold());
    return json;
  }

  private static Map<String, @Nullable Object> seconds(JobTimes times) {
    Map<String, @Nullable Object> seconds = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      Long nanos = times.phase(phase);
      seconds.put(phase.key(), nanos == null ? null : (Object) (nanos * 1e-9));
    }
    seconds.put("rest", times.rest() * 1e-9);
    seconds.put("total", times.total() * 1e-9);
    return seconds;
  }

  private static Map<String, Object> answers(Agreement agreement) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("against", agreement.against());
    json.put("agree", agreement.agrees());
    json.put("ulps_allowed", agreement.limit());
    List<Object> results = new ArrayList<>();
    for (Distance distance : agreement.results()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("dtype", distance.dtype().label());
      result.put("elements", distance.elements());
      result.put("differing", distance.differing());
      result.put("ulps", distance.ulps());
      result.put("ulps_of_largest", distance.scaledUlps());
      results.add(result);
    }
    json.put("results", results);
    return json;
  }
}
