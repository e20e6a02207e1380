package dev.weft.gpu.driver;

import java.util.List;

/** Whether NVIDIA's driver can be used here. */
public sealed interface DriverState {

  /**
   * The driver works.
   *
   * @param version the newest CUDA it supports
   * @param devices those that it shows, at least one
   */
  record Ready(DriverVersion version, List<DriverDevice> devices) implements DriverState {
    /** Copies the list. */
    public Ready {
      devices = List.copyOf(devices);
    }
  }

  /** The driver cannot be used: why, and what to do about it. */
  record Unavailable(String reason, String remedy) implements DriverState {}
}
