package dev.weft.core;

import dev.weft.core.device.Device;
import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.memory.DeviceGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * The code that a device runs for a kernel.
 *
 * @param device the device's name
 * @param text the code for people: a listing of bytecode or CUDA C; or why it cannot be compiled
 */
public record GeneratedCode(String device, String text) {

  /** The code of each device that may run the kernel, the host first. */
  static List<GeneratedCode> of(Kernel kernel, DeviceGroup devices) {
    List<GeneratedCode> all = new ArrayList<>();
    for (Device device : devices.all()) {
      if (device == devices.host() && !devices.hostKernels()) {
        continue;
      }
      String text;
      try {
        text = device.compile(kernel).source();
      } catch (DeviceException e) {
        text = "cannot be compiled: " + e.getMessage();
      }
      all.add(new GeneratedCode(device.info().name(), text));
    }
    return all;
  }
}
