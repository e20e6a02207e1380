package dev.weft.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the machine (or its container) has, without loading management classes. */
final class MachineMemory {
  private static final long FALLBACK = 4L << 30;

  private MachineMemory() {}

  static long total() {
    long machine = fromProc(Path.of("/proc/meminfo"));
    long container = fromCgroup(Path.of("/sys/fs/cgroup/memory.max"));
    return Math.min(machine, container);
  }

  private static long fromProc(Path file) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      return FALLBACK;
    } catch (IOException | NumberFormatException e) {
      return Math.max(FALLBACK, Runtime.getRuntime().maxMemory());
    }
  }

  private static long fromCgroup(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
