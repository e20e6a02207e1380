package dev.weft.core.device;

import dev.weft.core.error.DeviceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and opens one kind of device; registered for {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
  /** The kind of device, such as {@code cpu}. */
  String name();

  /** Devices of a lower rank are preferred when nothing else decides. */
  int rank();

  /** Whether its devices have memory of their own: each is a {@link FarDevice}. */
  default boolean isFar() {
    return false;
  }

  /**
   * Whether it is worth asking at all, without loading anything: false only where there is
   * certainly no such device. Sessions that name no device ask this first.
   */
  default boolean isLikely() {
    return true;
  }

  /** Whether a device can be opened here; the answer carries the reason. */
  Availability probe();

  /** Every device of this kind that is there, usable or not; at least one answer. */
  default List<FoundDevice> find() {
    return List.of(new FoundDevice(name(), probe(), Map.of()));
  }

  /** Opens the device; {@link #probe} answered {@link Availability.Usable}. */
  Device open(DeviceOptions options);

  /**
   * Opens one of several devices of this kind.
   *
   * @param ordinal which one, counted from 0
   * @throws DeviceException when there are fewer
   */
  default Device open(DeviceOptions options, int ordinal) {
    if (ordinal != 0) {
      throw new DeviceException(
          "no device can be used: %s:%d: there is one device of this kind. Name it %s."
              .formatted(name(), ordinal, name()));
    }
    return open(options);
  }

  /**
   * The compiler that devices of this kind need beside their driver, to be taken to machines that
   * lack it; empty where none is needed.
   *
   * @param from a folder, a file or a jar to take it from; null to look where devices do
   * @throws DeviceException when it is not there: says where it was looked for and what to do
   */
  default Optional<PortableLibrary> compiler(@Nullable Path from) {
    return Optional.empty();
  }

  /** The answer to "can you run here?". */
  sealed interface Availability {
    /** The device can be opened. */
    record Usable(String details) implements Availability {}

    /** The device cannot be opened, why, and what to do about it. */
    record Unusable(String reason, String remedy) implements Availability {}
  }
}
