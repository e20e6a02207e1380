package dev.weft.core.watch;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.kernel.Kernel;
import java.util.List;
import java.util.Map;

/**
 * What a dashboard may ask of a session, and what it may do to it: to cancel jobs. Safe for
 * threads.
 */
public interface WatchedSession {
  /** The devices, the host first. */
  List<DeviceInfo> devices();

  /**
   * Bytes in use at each place that holds chunks, by the place's name: the host first, other
   * devices, and the disk that chunks are spilled to.
   */
  Map<String, MemoryUse> memory();

  /** Energy that each device has used, by its name. */
  Map<String, Energy> energy();

  /**
   * The code that each device runs for a kernel, by the device's name, as {@code explain} shows it.
   */
  Map<String, String> code(Kernel kernel);

  /** Cancels the job of a number, as events have it; whether it was running. */
  boolean cancel(long job);

  /** Cancels every computation that is running. */
  void cancelAll();
}
