package dev.weft.gpu;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.driver.Driver;
import dev.weft.gpu.driver.DriverState;
import dev.weft.gpu.library.CudaSettings;
import java.util.List;

/**
 * Tells which CUDA devices are there and why they cannot be used. This version finds and compiles,
 * but runs nothing on a GPU: no device is ever usable, and sessions go on with the CPU.
 */
public final class CudaDeviceProvider implements DeviceProvider {
  /** Made by the service loader. */
  public CudaDeviceProvider() {}

  @Override
  public String name() {
    return "cuda";
  }

  /** After the CPU: as long as nothing runs on a GPU, no session needs to wait for the driver. */
  @Override
  public int rank() {
    return 200;
  }

  @Override
  public boolean isFar() {
    return true;
  }

  @Override
  public Availability probe() {
    return CudaSurvey.availability(Driver.state(CudaSettings.ofProcess()));
  }

  @Override
  public List<FoundDevice> find() {
    CudaSettings settings = CudaSettings.ofProcess();
    DriverState state = Driver.state(settings);
    return new CudaSurvey(settings).devices(state);
  }

  @Override
  public Device open(DeviceOptions options) {
    if (probe() instanceof Availability.Unusable(String reason, String remedy)) {
      throw new DeviceException("cuda: %s. %s".formatted(reason, remedy));
    }
    throw new DeviceException("cuda: " + CudaSurvey.NOT_YET);
  }
}
