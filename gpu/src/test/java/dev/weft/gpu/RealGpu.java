package dev.weft.gpu;

import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.device.CudaParts;
import dev.weft.gpu.device.GpuMeasurements;

/** The GPU of this machine, where there is one; else the reason why there is none. */
public final class RealGpu {
  /** The reason that a report shows; {@link #main} prints the whole of it. */
  static final String NOT_RUN = "not run: this machine has no GPU that can be used";

  private static final long LIMIT = 4L << 30;

  private static final Availability STATE = state();

  private RealGpu() {}

  private static Availability state() {
    Availability found = DeviceProviders.probe(new CudaDeviceProvider());
    if (found instanceof Availability.Unusable) {
      return found;
    }
    try (CudaDevice device = CudaDevice.open(parts())) {
      return new Availability.Usable(device.info().description());
    } catch (DeviceException refused) {
      return new Availability.Unusable(String.valueOf(refused.getMessage()), "");
    }
  }

  /** Whether there is one. */
  static boolean isUsable() {
    return STATE instanceof Availability.Usable;
  }

  static CudaParts parts() {
    return CudaDeviceProvider.parts(LIMIT, 0);
  }

  static CudaDevice open() {
    return CudaDevice.open(parts());
  }

  /**
   * Says what there is; the exit code is 3 where nothing can be run. {@code measure [N [SIDE
   * [REPEAT]]]} also prints measurements, a name and a number in each line.
   */
  public static void main(String[] arguments) throws Exception {
    switch (STATE) {
      case Availability.Usable(String details) -> {
        System.out.println("gpu: " + details);
        if (arguments.length > 0 && arguments[0].equals("measure")) {
          new GpuMeasurements(
                  parts(),
                  number(arguments, 1, 50_000_000),
                  number(arguments, 2, 4096),
                  number(arguments, 3, 20))
              .measure()
              .forEach((name, value) -> System.out.println(name + " " + value));
        }
      }
      case Availability.Unusable(String reason, String remedy) -> {
        System.out.println("not run: %s. %s".formatted(reason, remedy).strip());
        System.exit(3);
      }
    }
  }

  private static int number(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }
}
