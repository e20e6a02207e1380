package dev.weft.gpu.energy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.library.Bindings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** NVIDIA's management library, called directly. Has not run on a GPU yet. */
final class Nvml {
  private final MethodHandle errorText;
  private final MethodHandle byBus;
  private final MethodHandle energy;

  private Nvml(Bindings library) throws LibraryException {
    errorText = library.bind("nvmlErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    byBus =
        library.bind(
            "nvmlDeviceGetHandleByPciBusId_v2", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    energy =
        library.bind(
            "nvmlDeviceGetTotalEnergyConsumption",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    MethodHandle init = library.bind("nvmlInit_v2", FunctionDescriptor.of(JAVA_INT));
    try {
      check("nvmlInit_v2", (int) init.invokeExact());
    } catch (Throwable failure) {
      throw failed("nvmlInit_v2", failure);
    }
  }

  /**
   * Loads and starts it; it stays loaded until the process ends.
   *
   * @param library a path or the name by which the dynamic loader finds it
   * @throws LibraryException when it does not load, or lacks a function
   * @throws DeviceException when it does not start
   */
  static Nvml load(String library) throws LibraryException {
    return new Nvml(new Bindings(library, LibraryLoader.open(library)));
  }

  /** Energy that a GPU has used since its driver was loaded. */
  long millijoules(String bus) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ADDRESS);
      check(
          "nvmlDeviceGetHandleByPciBusId_v2 of " + bus,
          (int) byBus.invokeExact(arena.allocateFrom(bus), handle));
      MemorySegment sum = arena.allocate(JAVA_LONG);
      check(
          "nvmlDeviceGetTotalEnergyConsumption",
          (int) energy.invokeExact(handle.get(ADDRESS, 0), sum));
      return sum.get(JAVA_LONG, 0);
    } catch (Throwable failure) {
      throw failed("nvmlDeviceGetTotalEnergyConsumption", failure);
    }
  }

  private void check(String function, int status) throws Throwable {
    if (status != 0) {
      MemorySegment text = (MemorySegment) errorText.invokeExact(status);
      throw new DeviceException(
          "NVML: %s failed: %s".formatted(function, text.reinterpret(Long.MAX_VALUE).getString(0)));
    }
  }

  /** A method handle may throw anything; what is not ours already is a defect of the binding. */
  private static RuntimeException failed(String function, Throwable failure) {
    return switch (failure) {
      case DeviceException known -> known;
      case Error error -> throw error;
      default -> new InternalException("calling %s failed".formatted(function), failure);
    };
  }
}
