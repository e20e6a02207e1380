package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measured rates as a text that people can read, and what they were measured on.
 *
 * @param key facts in order; rates are valid while none of them has changed
 */
record RateFile(Map<String, String> key) {
  private static final String HEAD =
      "# How fast Weft found this device. Remove the file, and it is measured anew.";
  private static final String[] NAMES = {
    "memory, GB/s",
    "additions, 1e9/s",
    "to device, GB/s",
    "to host, GB/s",
    "launch, ns",
    "copy, ns",
    "memory, spread",
    "additions, spread",
    "to device, spread",
    "to host, spread",
  };

  /** The file for a device of this machine. */
  static RateFile of(Device opened) {
    DeviceInfo device = opened.info();
    Map<String, String> key = new LinkedHashMap<>();
    key.put("device", device.name());
    key.put("description", device.description());
    // A device that is given little memory is measured within its caches.
    key.put(
        "buffers", (RateMeasurement.bufferBytes(opened, opened.memory().limit()) >> 10) + " KiB");
    key.put("processor", Processor.ofThisMachine().toString());
    key.put("java", Runtime.version().toString());
    key.put("weft", version());
    return new RateFile(key);
  }

  private static String version() {
    String version = RateFile.class.getPackage().getImplementationVersion();
    return version == null ? "of a build without jars" : version;
  }

  /** Its name: that of the device, and a digest of all facts. */
  String name() {
    String device = key.getOrDefault("device", "").replaceAll("[^A-Za-z0-9-]+", "-");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(facts().getBytes(StandardCharsets.UTF_8));
      return device + "-" + HexFormat.of().formatHex(digest, 0, 8) + ".txt";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String facts() {
    StringBuilder text = new StringBuilder();
    key.forEach((name, value) -> text.append(line(name, value)));
    return text.toString();
  }

  private static String line(String name, String value) {
    return name + ": " + value.replaceAll("\\s+", " ") + "\n";
  }

  /** The text of the file. */
  String write(Rates rates) {
    double[] values = {
      rates.memory(),
      rates.arithmetic(),
      rates.in(),
      rates.out(),
      rates.launchNanos(),
      rates.copyNanos(),
      rates.spread().memory(),
      rates.spread().arithmetic(),
      rates.spread().in(),
      rates.spread().out(),
    };
    StringBuilder text = new StringBuilder(HEAD).append('\n').append(facts());
    for (int i = 0; i < NAMES.length; i++) {
      text.append(line(NAMES[i], Double.toString(values[i])));
    }
    return text.toString();
  }

  /** The rates of a text, or null where it is not one for just this key. */
  @Nullable Rates read(String text) {
    String start = HEAD + "\n" + facts();
    if (!text.startsWith(start)) {
      return null;
    }
    String[] lines = text.substring(start.length()).split("\n", -1);
    if (lines.length != NAMES.length + 1 || !lines[NAMES.length].isEmpty()) {
      return null;
    }
    double[] values = new double[NAMES.length];
    try {
      for (int i = 0; i < NAMES.length; i++) {
        if (!lines[i].startsWith(NAMES[i] + ": ")) {
          return null;
        }
        values[i] = Double.parseDouble(lines[i].substring(NAMES[i].length() + 2));
        if (!Double.isFinite(values[i])) {
          return null;
        }
      }
      return new Rates(
          values[0],
          values[1],
          values[2],
          values[3],
          values[4],
          values[5],
          new Rates.Spread(values[6], values[7], values[8], values[9]));
    } catch (IllegalArgumentException e) {
      // Not a number, or a rate that cannot be.
      return null;
    }
  }
}
