package dev.weft.core.device;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * What this process may use of the machine: the least of what the machine has, what the control
 * groups around the process allow, and what the JVM knows of.
 *
 * @param memory bytes
 * @param cores threads that can run at the same time
 */
public record MachineLimits(long memory, int cores) {
  /** Read once: limits are set before a process starts. */
  private static final class Known {
    static final MachineLimits HERE =
        read(
            Path.of("/"),
            Runtime.getRuntime().availableProcessors(),
            MachineLimits::memoryOfTheJvm);
  }

  /** The limits of this process. */
  public static MachineLimits ofThisProcess() {
    return Known.HERE;
  }

  /**
   * Reads the limits below a root folder, which holds {@code proc} and what is mounted.
   *
   * @param processors what the JVM may use
   * @param elsewhere bytes where {@code proc} or the groups cannot be read: costs some 40 ms here
   */
  static MachineLimits read(Path root, int processors, LongSupplier elsewhere) {
    ControlGroups groups = ControlGroups.read(root);
    long memory = machine(root);
    if (memory == Long.MAX_VALUE || !groups.areKnown()) {
      memory = Math.min(memory, elsewhere.getAsLong());
    }
    return new MachineLimits(
        Math.min(memory, groups.memory()), Math.max(1, Math.min(processors, groups.cores())));
  }

  private static long machine(Path root) {
    try {
      for (String line : ControlGroups.lines(root.resolve("proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux: the JVM knows.
    }
    return Long.MAX_VALUE;
  }

  private static long memoryOfTheJvm() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
