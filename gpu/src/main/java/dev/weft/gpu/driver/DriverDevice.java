package dev.weft.gpu.driver;

import dev.weft.gpu.compile.Architecture;
import java.util.Locale;

/**
 * A GPU as the driver describes it.
 *
 * @param ordinal its number among the visible devices
 * @param name such as {@code NVIDIA A100-SXM4-40GB}
 * @param memoryBytes all of its memory
 * @param multiprocessors groups of cores
 * @param memoryClockKilohertz clock of the memory, 0 where the driver does not say
 * @param memoryBusBits width of the memory bus, 0 where the driver does not say
 * @param bus where it is plugged in, such as {@code 0000:3b:00.0}
 */
public record DriverDevice(
    int ordinal,
    String name,
    Architecture architecture,
    long memoryBytes,
    int multiprocessors,
    int memoryClockKilohertz,
    int memoryBusBits,
    String bus) {

  /** The name under which Weft knows it. */
  public String id() {
    return "cuda:" + ordinal;
  }

  /** One line. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s, compute capability %s, %.1f GiB, %d multiprocessors",
        name,
        architecture,
        memoryBytes / 0x1p30,
        multiprocessors);
  }
}
