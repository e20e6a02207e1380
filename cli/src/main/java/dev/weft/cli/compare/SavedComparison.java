package dev.weft.cli.compare;

import dev.weft.cli.output.JsonReader;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison that {@code weft compare --json} has printed earlier. */
public final class SavedComparison {
  private static final String REMEDY =
      "give the output of 'weft compare --json' for the same expression and inputs";

  private final Path file;
  private final String expression;
  private final String inputs;
  private final String machine;
  private final boolean sweep;
  private final Map<Row, List<Double>> rows = new LinkedHashMap<>();

  /**
   * What was measured.
   *
   * @param elements size of the inputs of a sweep, else 0
   */
  public record Row(String device, InputsAt inputs, long elements) {}

  private SavedComparison(Path file, Map<?, ?> json) {
    this.file = file;
    this.expression = text(json, "expression");
    this.inputs = text(json, "inputs");
    this.machine = text(json, "machine");
    this.sweep = json.get("sweep") instanceof List<?>;
    if (json.get("sweep") instanceof List<?> sizes) {
      for (Object size : sizes) {
        if (size instanceof Map<?, ?> one && one.get("elements") instanceof Double elements) {
          rows(one, elements.longValue());
        }
      }
    } else {
      rows(json, 0);
    }
  }

  /**
   * Reads a file.
   *
   * @throws UsageException when it is no comparison
   */
  public static SavedComparison read(Path file) {
    try {
      if (JsonReader.read(Files.readString(file)) instanceof Map<?, ?> json) {
        return new SavedComparison(file, json);
      }
      throw new IllegalArgumentException("it holds no object");
    } catch (IOException e) {
      throw new UsageException("--against %s: cannot be read: %s".formatted(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--against %s: is no comparison: %s; %s".formatted(file, e.getMessage(), REMEDY), e);
    }
  }

  private static String text(Map<?, ?> json, String key) {
    if (json.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("it has no '" + key + "'");
  }

  private void rows(Map<?, ?> json, long elements) {
    if (!(json.get("devices") instanceof List<?> devices)) {
      throw new IllegalArgumentException("it has no 'devices'");
    }
    for (Object device : devices) {
      if (device instanceof Map<?, ?> one
          && one.get("total_seconds_of_runs") instanceof List<?> totals) {
        InputsAt at =
            InputsAt.DEVICE.label().equals(one.get("inputs_at")) ? InputsAt.DEVICE : InputsAt.HOST;
        List<Double> seconds =
            totals.stream()
                .filter(Double.class::isInstance)
                .map(Double.class::cast)
                .sorted()
                .toList();
        if (!seconds.isEmpty()) {
          rows.put(new Row(text(one, "device"), at, elements), seconds);
        }
      }
    }
  }

  /** Refuses another expression, and a sweep beside none. */
  public void requireSameJob(String other, boolean isSweep) {
    requireSame("expression", expression, other);
    if (sweep != isSweep) {
      throw new UsageException(
          "--against %s: it was made %s --sweep; %s"
              .formatted(file, sweep ? "with" : "without", REMEDY));
    }
  }

  /** Refuses other inputs. */
  public void requireSameInputs(String other) {
    requireSame("inputs", inputs, other);
  }

  private void requireSame(String what, String then, String now) {
    if (!then.equals(now)) {
      throw new UsageException(
          "--against %s: its %s are not these: '%s' and '%s'; %s"
              .formatted(file, what.equals("inputs") ? what : "workloads", then, now, REMEDY));
    }
  }

  /** The file's name. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  /** Where it was measured. */
  String machine() {
    return machine;
  }

  /** Seconds of each run, from the fastest to the slowest; null where there are none. */
  @Nullable List<Double> runs(Row row) {
    return rows.get(row);
  }
}
