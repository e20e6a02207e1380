package dev.weft.core.place;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.Operand;
import dev.weft.core.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Launches of one kernel over the beginnings of buffers, on all slots of a device at once. */
final class KernelRun {
  private static final long[] STRIDES = {RateMeasurement.ITEM};

  private final Device device;
  private final Timing timing;
  private final CompiledKernel kernel;
  private final List<DeviceBuffer> from;
  private final DeviceBuffer to;
  private final long[] scalars;
  private final int slots;

  KernelRun(
      Device device,
      Timing timing,
      Kernel kernel,
      List<DeviceBuffer> from,
      DeviceBuffer to,
      double... scalars) {
    this.device = device;
    this.timing = timing;
    this.kernel = device.compile(kernel);
    this.from = from;
    this.to = to;
    this.scalars = new long[scalars.length];
    for (int i = 0; i < scalars.length; i++) {
      this.scalars[i] = Double.doubleToRawLongBits(scalars[i]);
    }
    this.slots = Math.max(1, device.info().parallelism());
  }

  /** Whether the device will run the same code from now on. */
  boolean isSettled() {
    return kernel.isSettled();
  }

  /** A launch over one element. */
  Timing.Start one() {
    Arguments arguments = arguments(0, 1);
    return done -> device.launch(kernel, arguments, done);
  }

  /** How long it takes over so many elements, divided among the slots, so many times. */
  long nanos(long elements, int times) {
    List<Timing.Start> once = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      long first = elements * slot / slots;
      long count = elements * (slot + 1) / slots - first;
      if (count > 0) {
        Arguments arguments = arguments(first, count);
        once.add(done -> device.launch(kernel, arguments, done));
      }
    }
    List<Timing.Start> starts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      starts.addAll(once);
    }
    return timing.nanos(starts);
  }

  private Arguments arguments(long first, long count) {
    long base = first * RateMeasurement.ITEM;
    List<Operand> inputs =
        from.stream().map(buffer -> Operand.of(buffer.memory(), base, STRIDES)).toList();
    Operand output = Operand.of(to.memory(), base, STRIDES);
    return Arguments.map(new long[] {count}, inputs, List.of(output), scalars);
  }
}
