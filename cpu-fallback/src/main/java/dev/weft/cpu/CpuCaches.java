package dev.weft.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about the processor. */
final class CpuCaches {
  private static final long USUAL_CACHE = 1L << 20;
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private CpuCaches() {}

  /** Bytes of the second cache of one core; 1 MiB where the system does not say. */
  static long cacheBytes() {
    return cacheBytes(CACHES);
  }

  static long cacheBytes(Path caches) {
    try (var folders = Files.newDirectoryStream(caches, "index*")) {
      for (Path folder : folders) {
        if (Files.readString(folder.resolve("level")).strip().equals("2")) {
          return bytes(Files.readString(folder.resolve("size")).strip());
        }
      }
    } catch (IOException | NumberFormatException unknown) {
      // Not Linux, or a container that hides it: the usual size does.
      return USUAL_CACHE;
    }
    return USUAL_CACHE;
  }

  private static long bytes(String size) {
    long number = Long.parseLong(size.replaceAll("[^0-9]", ""));
    return size.endsWith("K") ? number << 10 : size.endsWith("M") ? number << 20 : number;
  }
}
