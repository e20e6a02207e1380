package dev.weft.gpu.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The files by which a process reaches the kernel's part of the driver on Linux. The driver itself
 * says "no device" when they are missing, and when they may not be opened.
 */
final class DeviceFiles {
  private static final List<String> NVIDIA = List.of("dev/nvidiactl", "dev/nvidia0");

  /** The way to the GPU under Windows Subsystem for Linux. */
  private static final String WINDOWS = "dev/dxg";

  private final Path root;
  private final Function<Path, Access> access;

  /** Whether this process may use a file. */
  enum Access {
    ABSENT,
    DENIED,
    OPEN
  }

  DeviceFiles(Path root, Function<Path, Access> access) {
    this.root = root;
    this.access = access;
  }

  static DeviceFiles below(Path root) {
    return new DeviceFiles(root, DeviceFiles::access);
  }

  private static Access access(Path file) {
    return !Files.exists(file)
        ? Access.ABSENT
        : Files.isReadable(file) && Files.isWritable(file) ? Access.OPEN : Access.DENIED;
  }

  /** The files that are there and may not be opened. */
  List<Path> denied() {
    return NVIDIA.stream()
        .map(root::resolve)
        .filter(file -> access.apply(file) == Access.DENIED)
        .toList();
  }

  /** Whether there is any way to a GPU. */
  boolean present() {
    return access.apply(root.resolve(NVIDIA.getFirst())) != Access.ABSENT
        || access.apply(root.resolve(WINDOWS)) != Access.ABSENT;
  }
}
