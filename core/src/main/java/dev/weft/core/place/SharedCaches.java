package dev.weft.core.place;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The last caches before the memory, of all cores together: what they hold is no test of memory.
 */
final class SharedCaches {
  private static final Path CORES = Path.of("/sys/devices/system/cpu");

  private SharedCaches() {}

  /** Their bytes; 0 where the system does not say. */
  static long bytesOfThisMachine() {
    return bytes(CORES);
  }

  /** The largest cache of each core; one that several cores share counts once. */
  static long bytes(Path cores) {
    Map<String, Long> byCores = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cores, "cpu[0-9]*")) {
      for (Path core : folders) {
        Map.Entry<String, Long> largest = largest(core.resolve("cache"));
        byCores.put(largest.getKey(), largest.getValue());
      }
    } catch (IOException | NumberFormatException unknown) {
      // Not Linux, or a container that hides it.
      return 0;
    }
    return byCores.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map.Entry<String, Long> largest(Path caches) throws IOException {
    Map.Entry<String, Long> largest = Map.entry("", 0L);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(caches, "index*")) {
      for (Path cache : folders) {
        long bytes = size(Files.readString(cache.resolve("size")).strip());
        if (bytes > largest.getValue()) {
          largest = Map.entry(Files.readString(cache.resolve("shared_cpu_list")).strip(), bytes);
        }
      }
    }
    return largest;
  }

  /** Such as 36864K. */
  private static long size(String text) {
    long number = Long.parseLong(text.replaceAll("\\D", ""));
    return text.endsWith("K") ? number << 10 : text.endsWith("M") ? number << 20 : number;
  }
}
