package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.device.FarDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.place.DefaultRates;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.RateSource;
import dev.weft.core.place.Rates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices that work together in a session: the host, whose memory is the program's, and any
 * number with memory of their own. One that is lost is not used again.
 */
public final class DeviceGroup implements AutoCloseable {
  private final Device host;
  private final boolean hostKernels;
  private final List<FarDevice> others;
  private final RateSource source;
  private final Map<Device, Rates> rates = new HashMap<>();
  private final Map<FarDevice, Throwable> lost = new LinkedHashMap<>();
  private final Map<Device, MemoryAccount> accounts = new IdentityHashMap<>();
  private final Map<Device, CopyCache> copies = new IdentityHashMap<>();

  /**
   * A group; it owns its devices.
   *
   * @param hostKernels whether the host runs kernels; else it runs user code, joins partial
   *     results, and takes what no other device can run
   * @param source how fast they are; asked when the first job begins, unless the host is alone
   */
  public DeviceGroup(
      Device host, boolean hostKernels, List<? extends FarDevice> others, RateSource source) {
    if (host instanceof FarDevice) {
      throw new UsageException(
          "%s has memory of its own and cannot be the host; add the cpu device before it"
              .formatted(host.info().name()));
    }
    this.host = host;
    this.hostKernels = hostKernels || others.isEmpty();
    this.others = List.copyOf(others);
    this.source = source;
    Set<String> names = new HashSet<>();
    for (Device device : all()) {
      if (!names.add(device.info().name())) {
        throw new UsageException("two devices are called " + device.info().name());
      }
      accounts.put(device, new MemoryAccount(device.memory().limit(), device::footprint));
    }
    for (FarDevice other : others) {
      copies.put(other, new CopyCache(account(other)));
    }
  }

  /**
   * A group of devices that all run kernels.
   *
   * @param devices the host first
   */
  public static DeviceGroup of(List<? extends Device> devices, RateSource source) {
    if (devices.isEmpty()) {
      throw new UsageException("a session needs a device; give the host's first");
    }
    List<FarDevice> others = new ArrayList<>();
    for (Device device : devices.subList(1, devices.size())) {
      if (!(device instanceof FarDevice far)) {
        throw new UsageException(
            "%s and %s both work in the host's memory; use one of them"
                .formatted(devices.getFirst().info().name(), device.info().name()));
      }
      others.add(far);
    }
    return new DeviceGroup(devices.getFirst(), true, others, source);
  }

  /** The device whose memory is the host's. */
  public Device host() {
    return host;
  }

  /** Whether the host runs kernels too: because it was asked for, or as all others are lost. */
  public synchronized boolean hostKernels() {
    return hostKernels || lost.size() == others.size();
  }

  /** All devices, the host first. */
  public List<Device> all() {
    List<Device> all = new ArrayList<>();
    all.add(host);
    all.addAll(others);
    return all;
  }

  /** What they are, the host first. */
  public List<DeviceInfo> infos() {
    return all().stream().map(Device::info).toList();
  }

  /** The devices with memory of their own that can be used. */
  public synchronized List<FarDevice> others() {
    List<FarDevice> left = new ArrayList<>(others);
    left.removeAll(lost.keySet());
    return left;
  }

  /** A device is gone: jobs that begin later do without it. */
  public synchronized void lose(FarDevice device, Throwable reason) {
    lost.putIfAbsent(device, reason);
    copies(device).close();
  }

  /** The copies of sources that a device with memory of its own keeps from job to job. */
  public CopyCache copies(FarDevice device) {
    return Objects.requireNonNull(copies.get(device), "a device of this group");
  }

  /** Devices keep no copies of sources. */
  public void keepNoCopies() {
    copies.values().forEach(CopyCache::close);
  }

  /** Why a device is used no more, or null. */
  public synchronized @Nullable Throwable loss(Device device) {
    return device instanceof FarDevice far ? lost.get(far) : null;
  }

  /** The memory of a device, which all jobs share. */
  public MemoryAccount account(Device device) {
    return Objects.requireNonNull(accounts.get(device), "a device of this group");
  }

  /** A buffer belongs to nobody's job any more and stays. */
  public void take(Device device, DeviceBuffer buffer) {
    MemoryAccount account = account(device);
    account.take(account.footprint(buffer.bytes()));
  }

  /** Such a buffer is gone. */
  public void give(Device device, DeviceBuffer buffer) {
    MemoryAccount account = account(device);
    account.give(account.footprint(buffer.bytes()));
  }

  /**
   * How fast a device is. The host alone is not measured for that: there is nothing to choose, and
   * what it runs as one depends little on its rates.
   */
  public synchronized Rates rates(Device device) {
    return rates.computeIfAbsent(
        device, key -> others.isEmpty() ? new DefaultRates().rates(host, key) : measured(key));
  }

  /** A device too full to be measured, say, is no reason to fail a job. */
  private Rates measured(Device device) {
    try {
      return measuredRates(device);
    } catch (DeviceException e) {
      return new DefaultRates().rates(host, device);
    }
  }

  /**
   * How fast a device was measured to be; measured now where that was never done.
   *
   * @throws DeviceException when it cannot be measured, as it is too full for that
   */
  public Rates measuredRates(Device device) {
    return source.rates(host, device);
  }

  /** Energy that each device has used so far, by its name, the host's first. */
  public Map<String, Energy> energy() {
    Map<String, Energy> energy = new LinkedHashMap<>();
    all().forEach(device -> energy.put(device.info().name(), device.energy()));
    return energy;
  }

  /**
   * Memory of all devices together. Copies that no job uses are pooled: they give way to all else.
   */
  public MemoryUse memory() {
    MemoryUse sum = host.memory();
    for (FarDevice other : others) {
      MemoryUse use = other.memory();
      long kept = copies(other).idleBytes();
      sum =
          new MemoryUse(
              sum.live() + use.live() - kept,
              sum.pooled() + use.pooled() + kept,
              sum.peak() + use.peak(),
              plus(sum.limit(), use.limit()));
    }
    return sum;
  }

  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Closes all devices, the host last. */
  @Override
  public void close() {
    keepNoCopies();
    List<Runnable> closes = new ArrayList<>();
    all().reversed().forEach(device -> closes.add(device::close));
    Closing.all(closes);
  }
}
