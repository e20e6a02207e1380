package dev.weft.gpu.energy;

import dev.weft.core.device.Energy;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.library.LibraryException;
import org.jspecify.annotations.Nullable;

/**
 * The counter of one GPU: of all programs on it, since its driver was loaded. Safe for use by
 * several threads.
 */
public final class GpuEnergy {
  private final String bus;
  private final Source source;
  private @Nullable Nvml nvml;
  private @Nullable String reason;

  /** Loads NVML. */
  @FunctionalInterface
  interface Source {
    Nvml load() throws LibraryException;
  }

  /** The counter of the GPU that is plugged in there, such as {@code 0000:3b:00.0}. */
  public GpuEnergy(String bus) {
    this(bus, () -> Nvml.load("libnvidia-ml.so.1"));
  }

  GpuEnergy(String bus, Source source) {
    this.bus = bus;
    this.source = source;
  }

  /** The counter now. What cannot be had is asked for once. */
  public synchronized Energy read() {
    if (reason != null) {
      return new Energy.NotTold(reason);
    }
    try {
      Nvml library = nvml == null ? source.load() : nvml;
      nvml = library;
      return new Energy.Used(
          1e-3 * library.millijoules(bus), "the whole GPU, all programs together");
    } catch (LibraryException | DeviceException failure) {
      String why = String.valueOf(failure.getMessage());
      reason = why;
      return new Energy.NotTold(why);
    }
  }
}
