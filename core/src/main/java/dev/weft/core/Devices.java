package dev.weft.core;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.memory.DeviceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds device providers on the class path, and opens what the settings ask for. */
public final class Devices {
  /** The modules of the kinds that Weft knows; without its module a kind cannot be used. */
  private static final Map<String, String> MODULES =
      Map.of("cpu", "weft-cpu-fallback", "cuda", "weft-gpu");

  private Devices() {}

  /**
   * Whether a session can be opened on a device, and if not, why and what to do.
   *
   * @param name as {@link DeviceName} describes
   * @throws UsageException when there is no such kind of device
   */
  public static Availability probe(String name) {
    return choose(name).answer();
  }

  /** Opens the devices that the settings name, the host's first. */
  static DeviceGroup open(SessionConfig config) {
    Choice choice = choose(config.device());
    if (choice.answer() instanceof Availability.Unusable(String reason, String remedy)) {
      throw new DeviceException(
          "no device can be used: %s: %s. %s".formatted(config.device(), reason, remedy));
    }
    List<Device> opened = new ArrayList<>();
    try {
      for (Named named : choice.devices()) {
        opened.add(open(resolved(named, choice.devices()), config));
      }
      if (isAuto(config.device())) {
        opened.addAll(usable(config));
      }
      return group(opened, choice.hostKernels(), config);
    } catch (RuntimeException | Error e) {
      opened.forEach(Device::close);
      throw e;
    }
  }

  /**
   * A kind without a number means the first device of it that can be used and is not named beside
   * it. Where none is found, opening it says why.
   */
  private static Named resolved(Named named, List<Named> all) {
    if (!named.provider().isFar() || named.name().number() >= 0) {
      return named;
    }
    for (FoundDevice found : DeviceProviders.find(named.provider())) {
      DeviceName name = DeviceName.parse(found.name()).getFirst();
      boolean taken =
          all.stream()
              .anyMatch(
                  other ->
                      other.provider() == named.provider()
                          && other.name().number() >= 0
                          && other.name().number() == name.number());
      if (isUsable(found.availability()) && !taken) {
        return new Named(name, named.provider());
      }
    }
    return named;
  }

  private static boolean isAuto(String name) {
    return DeviceName.parse(name).getFirst().kind().equals(DeviceName.AUTO);
  }

  private static Device open(Named named, SessionConfig config) {
    DeviceName name = named.name();
    SessionConfig settings = name.applyTo(config);
    long whole = named.provider().isFar() ? Long.MAX_VALUE : settings.memoryLimit();
    long limit = whole;
    for (Map.Entry<String, Long> one : config.deviceLimits().entrySet()) {
      boolean meant =
          DeviceName.parse(one.getKey()).stream()
              .anyMatch(
                  other ->
                      other.kind().equals(named.provider().name())
                          && other.ordinal() == name.ordinal());
      limit = meant ? one.getValue() : limit;
    }
    DeviceOptions options = new DeviceOptions(settings.threads(), limit, settings.vectors(), 0);
    return name.number() < 0 && named.provider().isFar()
        ? named.provider().open(options)
        : named.provider().open(options, name.ordinal());
  }

  /** All devices with memory of their own; one that cannot be opened after all is left out. */
  private static List<Device> usable(SessionConfig config) {
    List<Device> devices = new ArrayList<>();
    for (DeviceProvider provider : DeviceProviders.installed()) {
      if (!provider.isFar() || !provider.isLikely() || !isUsable(DeviceProviders.probe(provider))) {
        continue;
      }
      for (FoundDevice found : DeviceProviders.find(provider)) {
        try {
          if (isUsable(found.availability())) {
            devices.add(
                open(new Named(DeviceName.parse(found.name()).getFirst(), provider), config));
          }
        } catch (DeviceException broken) {
          // 'auto' asks for what works; weft devices says what does not.
          continue;
        }
      }
    }
    return devices;
  }

  private static boolean isUsable(Availability answer) {
    return answer instanceof Availability.Usable;
  }

  private static DeviceGroup group(List<Device> opened, boolean kernels, SessionConfig config) {
    List<FarDevice> others = new ArrayList<>();
    for (Device device : opened.subList(1, opened.size())) {
      others.add((FarDevice) device);
    }
    return new DeviceGroup(opened.getFirst(), kernels, others, config.rates());
  }

  /** A device with a provider that opens it. */
  private record Named(DeviceName name, DeviceProvider provider) {}

  /**
   * What a name leads to: devices, unless there are none, the host's first, and whether they can be
   * used.
   *
   * @param hostKernels whether the host was asked for, so that it runs kernels too
   */
  private record Choice(List<Named> devices, boolean hostKernels, Availability answer) {
    static Choice none(String reason, String remedy) {
      return new Choice(List.of(), false, new Availability.Unusable(reason, remedy));
    }
  }

  private static Choice choose(String text) {
    List<DeviceName> names = DeviceName.parse(text);
    List<DeviceProvider> providers = DeviceProviders.installed();
    List<Named> hosts = new ArrayList<>();
    List<Named> others = new ArrayList<>();
    Availability last = new Availability.Usable("");
    for (DeviceName name : names) {
      Choice one = choose(name, providers);
      if (one.answer() instanceof Availability.Unusable(String reason, String remedy)) {
        return names.size() == 1 ? one : Choice.none(name.text() + ": " + reason, remedy);
      }
      Named named = one.devices().getFirst();
      (named.provider().isFar() ? others : hosts).add(named);
      last = one.answer();
    }
    if (hosts.size() > 1) {
      String first = hosts.getFirst().name().text();
      return Choice.none(
          "%s and %s both work in the host's memory".formatted(first, hosts.get(1).name().text()),
          "Name one of them, such as %s.".formatted(first));
    }
    boolean hostKernels = !hosts.isEmpty();
    if (!hostKernels) {
      // User code, joining, and what must be read: some device of the host's has to do it.
      Choice host = first(DeviceName.parse(DeviceName.AUTO).getFirst(), providers);
      if (!isUsable(host.answer())) {
        return host;
      }
      hosts.addAll(host.devices());
    }
    hosts.addAll(others);
    return new Choice(hosts, hostKernels, last);
  }

  private static Choice choose(DeviceName name, List<DeviceProvider> providers) {
    if (name.kind().equals(DeviceName.AUTO)) {
      return first(name, providers);
    }
    DeviceProvider provider = provider(name, providers);
    if (provider == null) {
      return Choice.none(
          "its module is not on the class path",
          "Add " + MODULES.get(name.kind()) + " to the class path.");
    }
    return new Choice(List.of(new Named(name, provider)), true, DeviceProviders.probe(provider));
  }

  private static @Nullable DeviceProvider provider(
      DeviceName name, List<DeviceProvider> providers) {
    for (DeviceProvider provider : providers) {
      if (provider.name().equals(name.kind())) {
        return provider;
      }
    }
    if (MODULES.containsKey(name.kind())) {
      return null;
    }
    throw new UsageException(
        "device '%s' is unknown; found: %s. Is its module (such as weft-cpu-fallback) on the class path?"
            .formatted(
                name.text(),
                providers.stream().map(DeviceProvider::name).collect(Collectors.joining(", "))));
  }

  /** The first device of the host's memory that can be used, else why none can. */
  private static Choice first(DeviceName name, List<DeviceProvider> providers) {
    List<String> reasons = new ArrayList<>();
    for (DeviceProvider provider : providers) {
      if (provider.isFar()) {
        continue;
      }
      Availability answer = DeviceProviders.probe(provider);
      switch (answer) {
        case Availability.Usable usable -> {
          return new Choice(List.of(new Named(name, provider)), true, answer);
        }
        case Availability.Unusable(String reason, String remedy) ->
            reasons.add("%s: %s. %s".formatted(provider.name(), reason, remedy));
      }
    }
    return Choice.none(
        "none of those found can: " + String.join("; ", reasons),
        "Put the module weft-cpu-fallback on the class path.");
  }
}
