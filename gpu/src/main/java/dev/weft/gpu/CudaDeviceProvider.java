package dev.weft.gpu;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.device.PortableLibrary;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.device.CudaDevice;
import dev.weft.gpu.device.CudaParts;
import dev.weft.gpu.driver.Driver;
import dev.weft.gpu.driver.DriverDevice;
import dev.weft.gpu.driver.DriverState;
import dev.weft.gpu.driver.DriverVersion;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.PortableNvrtc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which CUDA devices are there, why they cannot be used, and opens those that can. */
public final class CudaDeviceProvider implements DeviceProvider {
  private static final String NAME = "cuda";

  /**
   * What NVIDIA's kernel modules make: for cards, in WSL, and on boards with a GPU of their own.
   */
  private static final List<String> DEVICE_FILES =
      List.of("/dev/nvidiactl", "/dev/dxg", "/dev/nvhost-gpu", "/dev/nvgpu");

  /** Made by the service loader. */
  public CudaDeviceProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  /** After the CPU: no session waits for the driver unless it asks for a GPU. */
  @Override
  public int rank() {
    return 200;
  }

  @Override
  public boolean isFar() {
    return true;
  }

  /** Loading the driver takes a program some 30 ms, which one without a GPU should not pay. */
  @Override
  public boolean isLikely() {
    boolean linux = Files.isDirectory(Path.of("/proc/self"));
    return !linux || DEVICE_FILES.stream().anyMatch(file -> Files.exists(Path.of(file)));
  }

  @Override
  public Availability probe() {
    CudaSettings settings = CudaSettings.ofProcess();
    return new CudaSurvey(settings).availability(Driver.state(settings));
  }

  @Override
  public List<FoundDevice> find() {
    CudaSettings settings = CudaSettings.ofProcess();
    return new CudaSurvey(settings).devices(Driver.state(settings));
  }

  /** Opens the first device that is new enough. */
  @Override
  public Device open(DeviceOptions options) {
    List<DriverDevice> devices =
        Driver.state(CudaSettings.ofProcess()) instanceof DriverState.Ready ready
            ? ready.devices()
            : List.of();
    int first = 0;
    while (first + 1 < devices.size() && isTooOld(devices.get(first))) {
      first++;
    }
    return open(options, first);
  }

  @Override
  public Device open(DeviceOptions options, int ordinal) {
    return CudaDevice.open(parts(options.memoryLimit(), ordinal));
  }

  @Override
  public Optional<PortableLibrary> compiler(@Nullable Path from) {
    PortableNvrtc nvrtc = new PortableNvrtc(CudaSettings.ofProcess());
    return Optional.of(from == null ? nvrtc.find() : nvrtc.in(from));
  }

  /**
   * What the device of a number is made of.
   *
   * @throws DeviceException when it cannot be used
   */
  static CudaParts parts(long memoryLimit, int ordinal) {
    CudaSettings settings = CudaSettings.ofProcess();
    return switch (Driver.state(settings)) {
      case DriverState.Unavailable(String reason, String remedy) -> throw refused(reason, remedy);
      case DriverState.Ready ready ->
          parts(memoryLimit, settings, device(ready.devices(), ordinal), ready.version());
    };
  }

  /** The device of a number, if it is there and not too old. */
  static DriverDevice device(List<DriverDevice> devices, int ordinal) {
    if (ordinal < 0 || ordinal >= devices.size()) {
      throw new DeviceException(
          "no device can be used: cuda:%d: there are %d, cuda:0 to cuda:%d. Name one of them; CUDA_VISIBLE_DEVICES may hide others."
              .formatted(ordinal, devices.size(), devices.size() - 1));
    }
    DriverDevice device = devices.get(ordinal);
    if (isTooOld(device)) {
      throw refused(
          "%s has compute capability %s; Weft needs %s"
              .formatted(device.describe(), device.architecture(), Architecture.OLDEST),
          "Use a GPU of the generation Turing (2018) or newer.");
    }
    return device;
  }

  private static boolean isTooOld(DriverDevice device) {
    return device.architecture().compareTo(Architecture.OLDEST) < 0;
  }

  private static CudaParts parts(
      long memoryLimit, CudaSettings settings, DriverDevice device, DriverVersion version) {
    LibrarySearch search = LibrarySearch.of(settings);
    List<Integer> majors = LibraryChoice.majors(version);
    return switch (LibraryChoice.nvrtc(search, settings, majors)) {
      case LibraryChoice.None<Nvrtc>(String reason, String remedy) -> throw refused(reason, remedy);
      case LibraryChoice.Chosen<Nvrtc>(Nvrtc nvrtc) ->
          new CudaParts(
              Driver.context(device),
              nvrtc,
              LibraryChoice.cublas(search, settings, majors),
              settings.cache().resolve("cubins"),
              memoryLimit,
              new CudaSurvey(settings).details(device, version));
    };
  }

  private static DeviceException refused(String reason, String remedy) {
    return new DeviceException("%s: %s. %s".formatted(NAME, reason, remedy));
  }
}
