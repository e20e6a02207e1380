package dev.weft.gpu;

import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.FoundDevice;
import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.driver.DriverDevice;
import dev.weft.gpu.driver.DriverState;
import dev.weft.gpu.driver.DriverVersion;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what was found out about CUDA into what people are told. */
final class CudaSurvey {
  static final String NOT_YET = "this version of Weft runs nothing on a GPU yet";
  private static final String NOTHING_TO_DO = "Nothing needs to be done: Weft runs on the CPU.";

  /** Versions to look for where no driver says which it loads. */
  private static final List<Integer> ANY_MAJOR = List.of(12, 13);

  private final LibrarySearch search;

  CudaSurvey(CudaSettings settings) {
    this(LibrarySearch.of(settings));
  }

  CudaSurvey(LibrarySearch search) {
    this.search = search;
  }

  /** Whether any device can be used. */
  static Availability availability(DriverState state) {
    return switch (state) {
      case DriverState.Unavailable(String reason, String remedy) ->
          new Availability.Unusable(reason, remedy);
      case DriverState.Ready ready ->
          new Availability.Unusable(
              "%s found (%s), but %s"
                  .formatted(
                      ready.devices().size() == 1 ? "1 GPU" : ready.devices().size() + " GPUs",
                      ready.devices().stream()
                          .map(DriverDevice::name)
                          .distinct()
                          .collect(Collectors.joining(", ")),
                      NOT_YET),
              NOTHING_TO_DO);
    };
  }

  /** Every device, or one answer for all where there is none. */
  List<FoundDevice> devices(DriverState state) {
    return switch (state) {
      case DriverState.Unavailable _ ->
          List.of(new FoundDevice("cuda", availability(state), libraries(ANY_MAJOR)));
      case DriverState.Ready ready -> {
        Map<String, String> libraries = libraries(LibraryChoice.majors(ready.version()));
        yield ready.devices().stream()
            .map(
                device ->
                    new FoundDevice(
                        device.id(),
                        availability(device),
                        details(device, ready.version(), libraries)))
            .toList();
      }
    };
  }

  private static Availability availability(DriverDevice device) {
    return device.architecture().compareTo(Architecture.OLDEST) < 0
        ? new Availability.Unusable(
            "%s has compute capability %s; Weft needs %s"
                .formatted(device.name(), device.architecture(), Architecture.OLDEST),
            "Use a GPU of the generation Turing (2018) or newer.")
        : new Availability.Unusable("%s: %s".formatted(device.name(), NOT_YET), NOTHING_TO_DO);
  }

  private static Map<String, String> details(
      DriverDevice device, DriverVersion driver, Map<String, String> libraries) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("device", device.describe());
    details.put("memory", String.format(Locale.ROOT, "%.1f GiB", device.memoryBytes() / 0x1p30));
    details.put("driver", "supports CUDA " + driver);
    details.putAll(libraries);
    return details;
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
