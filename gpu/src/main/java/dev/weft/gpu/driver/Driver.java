package dev.weft.gpu.driver;

import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks NVIDIA's driver what is there. Every failure is an answer with a reason and a remedy, also
 * where the driver, or JCuda's natives for this system, are missing.
 */
public final class Driver {
  /** The oldest CUDA whose drivers load what NVRTC 12 makes. */
  private static final DriverVersion OLDEST = new DriverVersion(12, 0);

  /** NVIDIA's library, which comes with the driver. */
  private static final String LIBRARY = "libcuda.so.1";

  private static final String INSTALL =
      "Install NVIDIA's driver, 525.60 or newer; in a container, start it with the GPU (docker run"
          + " --gpus all).";

  private final CudaSettings settings;
  private final DeviceFiles files;

  Driver(CudaSettings settings, DeviceFiles files) {
    this.settings = settings;
    this.files = files;
  }

  /** Asks the driver of this machine. */
  public static DriverState state(CudaSettings settings) {
    Driver driver = new Driver(settings, DeviceFiles.below(settings.root()));
    // Cheaper than JCuda, whose natives would have to be unpacked first.
    if (!LibraryLoader.canLoad(LIBRARY)) {
      return driver.missing();
    }
    try {
      JCudaNatives.of(settings).initialize("jcuda.driver.JCudaDriver");
    } catch (LibraryException failure) {
      return driver.unloadable(String.valueOf(failure.getMessage()));
    }
    return driver.ask(new JCudaCalls());
  }

  /** The driver's functions for one of the devices of a {@link DriverState.Ready}. */
  public static CudaDriver context(DriverDevice device) {
    return new JCudaContext(device);
  }

  DriverState missing() {
    String found = files.present() ? ", although there are device files" : "";
    return new DriverState.Unavailable(
        "no NVIDIA driver: %s does not load%s".formatted(LIBRARY, found), INSTALL);
  }

  DriverState unloadable(String reason) {
    return Links.isMissing(reason, LIBRARY)
        ? missing()
        : new DriverState.Unavailable(
            "JCuda does not load: " + reason,
            "Weft needs its natives for Linux on x86_64, and a folder %s that can be written and is"
                    .formatted(settings.cache())
                + " not mounted noexec.");
  }

  DriverState ask(DriverCalls driver) {
    try {
      driver.initialize();
      DriverVersion version = DriverVersion.of(driver.version());
      if (version.major() < OLDEST.major()) {
        return new DriverState.Unavailable(
            "NVIDIA's driver is too old: it supports CUDA %s, Weft needs %s"
                .formatted(version, OLDEST),
            "Update the driver to 525.60 or newer.");
      }
      int count = driver.deviceCount();
      if (count == 0) {
        return noDevice();
      }
      List<DriverDevice> devices = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        devices.add(driver.device(i));
      }
      return new DriverState.Ready(version, devices);
    } catch (CudaError error) {
      return unavailable(error);
    } catch (LinkageError error) {
      // Functions are bound when they are called first: an old driver may lack one.
      return new DriverState.Unavailable(
          "NVIDIA's driver lacks a function: " + Links.reason(error),
          "Update the driver to 525.60 or newer.");
    }
  }

  private DriverState unavailable(CudaError error) {
    String message = String.valueOf(error.getMessage());
    return switch (error.code()) {
      case CudaError.NO_DEVICE -> noDevice();
      case CudaError.STUB_LIBRARY ->
          new DriverState.Unavailable(
              "%s is the toolkit's stub, not the driver".formatted(LIBRARY),
              "Take the toolkit's folder 'stubs' out of LD_LIBRARY_PATH.");
      case CudaError.SYSTEM_DRIVER_MISMATCH ->
          new DriverState.Unavailable(
              "NVIDIA's driver was updated while an older one is running: " + message,
              "Restart the machine, or load the kernel module nvidia anew.");
      case CudaError.COMPAT_NOT_SUPPORTED ->
          new DriverState.Unavailable(
              "CUDA's forward compatibility package is not for this GPU: " + message,
              "Take its folder 'compat' out of LD_LIBRARY_PATH.");
      case CudaError.SYSTEM_NOT_READY ->
          new DriverState.Unavailable(
              "the GPUs are not ready: " + message,
              "Start nvidia-fabricmanager, of the driver's version; nvidia-smi shows the state.");
      case CudaError.DEVICE_UNAVAILABLE ->
          new DriverState.Unavailable(
              "the GPU is busy: " + message,
              "Another process has it for itself; see nvidia-smi, compute mode.");
      default -> accessOr(message);
    };
  }

  /** Several errors stand for device files that may not be opened. */
  private DriverState accessOr(String message) {
    return files.denied().isEmpty()
        ? new DriverState.Unavailable(
            "NVIDIA's driver does not start: " + message,
            "See whether nvidia-smi works and what dmesg says.")
        : denied();
  }

  private DriverState noDevice() {
    String visible = settings.environment().get("CUDA_VISIBLE_DEVICES");
    if (visible != null && visible.isBlank()) {
      return new DriverState.Unavailable(
          "CUDA_VISIBLE_DEVICES is empty, which hides every GPU",
          "Unset it, or name devices in it, such as CUDA_VISIBLE_DEVICES=0.");
    }
    if (!files.denied().isEmpty()) {
      return denied();
    }
    if (visible != null) {
      return new DriverState.Unavailable(
          "CUDA_VISIBLE_DEVICES is '%s', which names no GPU of this machine".formatted(visible),
          "Unset it, or name devices that nvidia-smi -L lists.");
    }
    return files.present()
        ? new DriverState.Unavailable(
            "NVIDIA's driver is there, but finds no GPU", "nvidia-smi -L lists what it sees.")
        : new DriverState.Unavailable(
            "NVIDIA's driver is installed, but there is no /dev/nvidiactl",
            "Load the kernel module (modprobe nvidia); in a container, start it with the GPU"
                + " (docker run --gpus all).");
  }

  private DriverState denied() {
    List<Path> denied = files.denied();
    return new DriverState.Unavailable(
        "no permission to open " + denied.getFirst(),
        "Ask for read and write access to it, often by membership in the group video or render; in"
            + " a container, start it with the GPU (docker run --gpus all).");
  }
}
