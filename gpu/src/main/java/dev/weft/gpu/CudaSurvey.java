package dev.weft.gpu;

import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.FoundDevice;
import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.driver.DriverDevice;
import dev.weft.gpu.driver.DriverState;
import dev.weft.gpu.driver.DriverVersion;
import dev.weft.gpu.driver.PciLink;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns what was found out about CUDA into what people are told. Loads neither NVRTC nor cuBLAS:
 * that they load shows when a device is opened.
 */
final class CudaSurvey {
  /** Versions to look for where no driver says which it loads. */
  private static final List<Integer> ANY_MAJOR = List.of(12, 13);

  private final LibrarySearch search;
  private final Path root;

  CudaSurvey(CudaSettings settings) {
    this(LibrarySearch.of(settings), settings.root());
  }

  CudaSurvey(LibrarySearch search, Path root) {
    this.search = search;
    this.root = root;
  }

  /** Whether any device can be used: the answer of the first that can, else of the first. */
  Availability availability(DriverState state) {
    List<FoundDevice> found = devices(state);
    return found.stream()
        .map(FoundDevice::availability)
        .filter(Availability.Usable.class::isInstance)
        .findFirst()
        .orElse(found.getFirst().availability());
  }

  /** Every device, or one answer for all where there is none. */
  List<FoundDevice> devices(DriverState state) {
    return switch (state) {
      case DriverState.Unavailable(String reason, String remedy) ->
          List.of(
              new FoundDevice(
                  "cuda", new Availability.Unusable(reason, remedy), libraries(ANY_MAJOR)));
      case DriverState.Ready ready -> {
        List<Integer> majors = LibraryChoice.majors(ready.version());
        Located nvrtc = search.find(CudaLibrary.NVRTC, majors);
        Map<String, String> libraries = libraries(majors);
        yield ready.devices().stream()
            .map(
                device ->
                    new FoundDevice(
                        device.id(),
                        availability(device, nvrtc),
                        details(device, ready.version(), libraries)))
            .toList();
      }
    };
  }

  /** Whether one device can be used. */
  private static Availability availability(DriverDevice device, Located nvrtc) {
    if (device.architecture().compareTo(Architecture.OLDEST) < 0) {
      return new Availability.Unusable(
          "%s has compute capability %s; Weft needs %s"
              .formatted(device.name(), device.architecture(), Architecture.OLDEST),
          "Use a GPU of the generation Turing (2018) or newer.");
    }
    return switch (nvrtc) {
      case Located.Found _ -> new Availability.Usable(device.describe());
      case Located.Missing missing ->
          new Availability.Unusable(
              "%s: no NVRTC: %s".formatted(device.name(), missing.reason()), missing.remedy());
    };
  }

  private Map<String, String> details(
      DriverDevice device, DriverVersion driver, Map<String, String> libraries) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("device", device.describe());
    details.put("memory", String.format(Locale.ROOT, "%.1f GiB", device.memoryBytes() / 0x1p30));
    details.put("driver", "supports CUDA " + driver);
    details.put("link", PciLink.describe(root, device.bus()));
    details.putAll(libraries);
    return details;
  }

  /** Facts about a device that is opened. */
  Map<String, String> details(DriverDevice device, DriverVersion driver) {
    return details(device, driver, Map.of());
  }

  private Map<String, String> libraries(List<Integer> majors) {
    Map<String, String> found = new LinkedHashMap<>();
    for (CudaLibrary library : CudaLibrary.values()) {
      found.put(
          library.title(),
          switch (search.find(library, majors)) {
            case Located.Found there -> there.describe();
            case Located.Missing missing -> missing.reason() + ". " + missing.remedy();
          });
    }
    return found;
  }
}
