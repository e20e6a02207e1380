package dev.weft.core;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.spill.SpillDevice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What profiles and dashboards ask of an open session: its memory, and the code of kernels. Safe
 * for many threads.
 *
 * <pre>{@code
 * long live = session.inspect().memory().get("cpu").live();
 * }</pre>
 */
public final class Inspection {
  private final DeviceGroup devices;
  private final SpillDevice spill;

  Inspection(DeviceGroup devices, SpillDevice spill) {
    this.devices = devices;
    this.spill = spill;
  }

  /**
   * Bytes held by buffers of each device, by its name, the host first. The last is {@code disk},
   * where chunks go that find no room in memory.
   */
  public Map<String, MemoryUse> memory() {
    Map<String, MemoryUse> memory = new LinkedHashMap<>();
    devices.all().forEach(device -> memory.put(device.info().name(), device.memory()));
    memory.put(spill.info().name(), spill.memory());
    return memory;
  }

  /** The code that each device runs for a kernel, the host first, as {@code explain} shows it. */
  public List<GeneratedCode> code(Kernel kernel) {
    return GeneratedCode.of(kernel, devices);
  }
}
