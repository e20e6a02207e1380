package dev.weft.core.place;

import dev.weft.core.device.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor of this machine.
 *
 * @param model as the system names it; empty where it cannot be told
 * @param cores that this process may use
 */
public record Processor(String model, int cores) {
  private static final Path FACTS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** Looks at the machine. */
  public static Processor ofThisMachine() {
    return new Processor(modelFromSystem(), MachineLimits.ofThisProcess().cores());
  }

  private static String modelFromSystem() {
    try {
      for (String line : Files.readAllLines(FACTS)) {
        if (line.startsWith(MODEL)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      // Not Linux: the number of cores must do.
      return "";
    }
    return "";
  }

  @Override
  public String toString() {
    String count = cores == 1 ? "1 core" : cores + " cores";
    return model.isEmpty() ? count : model + ", " + count;
  }
}
