package dev.weft.cli;

import dev.weft.core.device.DeviceProvider.Availability;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code weft devices} tells about one device.
 *
 * @param details further facts in order
 * @param measured what was measured on it; null where nothing was
 */
record DeviceReport(
    String name,
    Availability availability,
    Map<String, String> details,
    @Nullable Measured measured) {

  /**
   * Facts of a device that was opened.
   *
   * @param description one line
   * @param memoryLimit bytes for buffers
   * @param copy how fast it copies memory
   */
  record Measured(String description, long memoryLimit, Bandwidth copy) {}

  /** One line for people. */
  String line() {
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
    return String.format(
        Locale.ROOT,
        "%s, %s cores, %.1f GiB for buffers, copies %.1f GB/s (%s, read and written), products by %s",
        opened.description(),
        details.getOrDefault("cores", "?"),
        opened.memoryLimit() / 0x1p30,
        opened.copy().bytesPerSecond() * 1e-9,
        size(opened.copy().bytes()),
        details.getOrDefault("matrix products", "loops"));
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }

  /** The same as data, with the details. */
  Map<String, Object> json() {
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
      row.put("copied_bytes", measured.copy().bytes());
      row.put("bytes_per_second", Math.round(measured.copy().bytesPerSecond()));
    }
    row.put("details", details);
    return row;
  }
}
