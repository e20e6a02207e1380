package dev.weft.cli.machine;

import dev.weft.cli.compare.Warnings;
import dev.weft.core.device.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the machine is and does besides, as far as it can be told without further libraries. */
public final class Machine {
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  /** Cores, system and versions. */
  public static String inOneLine() {
    int cores = MachineLimits.ofThisProcess().cores();
    return "%s%d %s, %s %s, Java %s, weft %s"
        .formatted(
            processor(),
            cores,
            cores == 1 ? "core" : "cores",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version().feature(),
            Version.text());
  }

  private static String processor() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip() + ", ";
        }
      }
    } catch (IOException e) {
      // Not Linux: the number of cores must do.
    }
    return "";
  }

  /** A warning where other programs are running. */
  public static List<String> busyWarnings() {
    try {
      String load = Files.readString(LOAD).split(" ")[0];
      return Warnings.ofLoad(Double.parseDouble(load), MachineLimits.ofThisProcess().cores());
    } catch (IOException | NumberFormatException e) {
      // Not Linux: there is nothing to say.
      return List.of();
    }
  }

  /** Bytes that this program can have without swapping. */
  public static long availableMemory() {
    try {
      for (String line : Files.readAllLines(MEMORY)) {
        if (line.startsWith("MemAvailable:")) {
          long free = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          return Math.min(free, MachineLimits.ofThisProcess().memory());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux.
    }
    return MachineLimits.ofThisProcess().memory();
  }
}
