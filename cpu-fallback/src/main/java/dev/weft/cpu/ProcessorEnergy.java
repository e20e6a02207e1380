package dev.weft.cpu;

import dev.weft.core.device.Energy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Energy of the processors and their memory, as Linux tells it by RAPL, for Intel and AMD: of all
 * programs together. Counters begin anew at a limit, which takes some minutes of full load: what
 * was used is right if it is read more often than that. Safe for use by several threads.
 */
final class ProcessorEnergy {
  private static final Path ZONES = Path.of("/sys/class/powercap");

  private final Path zones;
  private final Map<Path, Long> last = new HashMap<>();
  private long microjoules;

  ProcessorEnergy(Path zones) {
    this.zones = zones;
  }

  static ProcessorEnergy ofThisMachine() {
    return new ProcessorEnergy(ZONES);
  }

  /** Energy since the first reading. */
  synchronized Energy read() {
    List<Path> counted = new ArrayList<>();
    Path zone = zones;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(zones, "intel-rapl:*")) {
      for (Path found : all) {
        zone = found;
        // Other zones are parts of these, or of the whole machine.
        String name = Files.readString(found.resolve("name")).strip();
        if (name.startsWith("package") || name.equals("dram")) {
          counted.add(found);
        }
      }
      if (counted.isEmpty()) {
        return none();
      }
      counted.sort(Comparator.naturalOrder());
      for (Path one : counted) {
        zone = one;
        add(one);
      }
    } catch (AccessDeniedException denied) {
      return new Energy.NotTold(
          "%s may not be read; root can allow it: chmod a+r %s"
              .formatted(denied.getFile(), zones.resolve("intel-rapl:*").resolve("energy_uj")));
    } catch (IOException | NumberFormatException unknown) {
      return Files.isDirectory(zones) && !zone.equals(zones)
          ? new Energy.NotTold("%s cannot be read: %s".formatted(zone, unknown))
          : none();
    }
    return new Energy.Used(
        1e-6 * microjoules, "processors and their memory, all programs together");
  }

  private Energy none() {
    return new Energy.NotTold(zones + " has no intel-rapl");
  }

  private void add(Path zone) throws IOException {
    long now = number(zone.resolve("energy_uj"));
    Long before = last.put(zone, now);
    if (before != null) {
      long range = now >= before ? 0 : number(zone.resolve("max_energy_range_uj"));
      microjoules += now - before + range;
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }
}
