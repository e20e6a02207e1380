package dev.weft.cli.machine;

import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.place.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code weft devices} tells about one device.
 *
 * @param details further facts in order
 * @param measured what was measured on it; null where nothing was
 */
public record DeviceReport(
    String name,
    Availability availability,
    Map<String, String> details,
    @Nullable Measured measured) {

  /**
   * Facts of a device that was opened.
   *
   * @param description one line
   * @param memoryLimit bytes for buffers
   * @param rates how fast it is
   * @param link whether its memory is reached over a link
   */
  public record Measured(String description, long memoryLimit, Rates rates, boolean link) {}

  /** One line for people. */
  public String line() {
    String text =
        switch (availability) {
          case Availability.Unusable(String reason, String remedy) ->
              "not usable: %s. %s".formatted(reason, remedy);
          case Availability.Usable(String found) ->
              "usable: " + (measured == null ? found : measured(measured));
        };
    return String.format(Locale.ROOT, "%-9s %s", name, text);
  }

  private String measured(Measured opened) {
    Rates rates = opened.rates();
    List<String> facts = new ArrayList<>(List.of(opened.description()));
    if (details.containsKey("cores")) {
      facts.add(details.get("cores") + " cores");
    }
    facts.add(text("%.1f GiB for buffers", opened.memoryLimit() / 0x1p30));
    Rates.Spread spread = rates.spread();
    facts.add(text("memory %.1f GB/s", rates.memory()) + sure(spread.memory()));
    facts.add(text("%.1f G additions/s", rates.arithmetic()) + sure(spread.arithmetic()));
    facts.add(text("launch %.1f us", rates.launchNanos() / 1e3));
    if (opened.link()) {
      facts.add(
          text("link %.1f GB/s in", rates.in())
              + sure(spread.in())
              + text(", %.1f GB/s out", rates.out())
              + sure(spread.out())
              + text(", %.1f us", rates.copyNanos() / 1e3));
    }
    facts.add("products by " + details.getOrDefault("matrix products", "loops"));
    return String.join(", ", facts);
  }

  /** Half of what the repetitions lie apart, to both sides. */
  private static String sure(double spread) {
    return text(" (±%.0f %%)", Math.ceil(spread * 50));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The same as data, with the details. */
  public Map<String, Object> json() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    switch (availability) {
      case Availability.Unusable(String reason, String remedy) -> {
        row.put("usable", false);
        row.put("reason", reason);
        row.put("remedy", remedy);
      }
      case Availability.Usable(String found) -> {
        row.put("usable", true);
        row.put("description", measured == null ? found : measured.description());
      }
    }
    if (measured != null) {
      row.put("memory_limit", measured.memoryLimit());
      Rates rates = measured.rates();
      row.put("memory_bytes_per_second", Math.round(1e9 * rates.memory()));
      row.put("additions_per_second", Math.round(1e9 * rates.arithmetic()));
      row.put("memory_spread", rates.spread().memory());
      row.put("additions_spread", rates.spread().arithmetic());
      row.put("launch_seconds", 1e-9 * rates.launchNanos());
      if (measured.link()) {
        row.put("to_device_bytes_per_second", Math.round(1e9 * rates.in()));
        row.put("to_host_bytes_per_second", Math.round(1e9 * rates.out()));
        row.put("to_device_spread", rates.spread().in());
        row.put("to_host_spread", rates.spread().out());
        row.put("copy_seconds", 1e-9 * rates.copyNanos());
      }
    }
    row.put("details", details);
    return row;
  }
}
