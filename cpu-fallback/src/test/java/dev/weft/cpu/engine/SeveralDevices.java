package dev.weft.cpu.engine;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import dev.weft.cpu.CpuDevice;
import dev.weft.cpu.compile.TieringPolicy;
import dev.weft.testkit.device.EmulatedFarDevice;
import java.util.ArrayList;
import java.util.List;

/** Sessions of the CPU and of devices that compute as it does, in memory that it cannot reach. */
final class SeveralDevices {
  /** Equal devices, and links so fast that every one of them gets some of the work. */
  static final RateSource EQUAL = (host, device) -> new Rates(1, 1, 100, 100, 1000, 1000);

  private SeveralDevices() {}

  /** Kernels start as they go on, so that all devices give the same bits. */
  static CpuDevice cpu(SessionConfig config) {
    return CpuDevice.open(
        new DeviceOptions(config.threads(), config.memoryLimit(), config.vectors(), 0),
        TieringPolicy.Start.SCALAR);
  }

  /** The CPU, and so many others; {@code hostKernels} says whether the CPU runs kernels. */
  static DeviceGroup group(SessionConfig config, boolean hostKernels, int others) {
    List<EmulatedFarDevice> far = new ArrayList<>();
    for (int i = 0; i < others; i++) {
      far.add(new EmulatedFarDevice("far:" + i, cpu(config)));
    }
    return new DeviceGroup(cpu(config), hostKernels, far, EQUAL);
  }

  static Session open(SessionConfig config, boolean hostKernels, int others) {
    return Session.open(config, group(config, hostKernels, others));
  }
}
