package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Copies between the host's memory and a device's, from and to such buffers as chunks lie in. */
final class Link implements AutoCloseable {
  private final DeviceBuffer near;
  private final double latency;
  private final RepeatedRate in;
  private final RepeatedRate out;

  private Link(FarDevice device, Ticks ticks, DeviceBuffer near, DeviceBuffer far) {
    this.near = near;
    MemorySegment memory = Objects.requireNonNull(near.host(), "the host reaches its own memory");
    // Fresh pages would be made during the first copy.
    memory.fill((byte) 1);
    Timing timing = new Timing(device.info().name(), ticks);
    double inOne = timing.latency(done -> device.copyIn(block(memory, 1), far, done));
    double outOne = timing.latency(done -> device.copyOut(far, block(memory, 1), done));
    this.latency = (inOne + outOne) / 2;
    long elements = Math.min(near.bytes(), far.bytes()) / RateMeasurement.ITEM;
    this.in =
        new RepeatedRate(
            RateMeasurement.FIRST_AMOUNT,
            elements,
            inOne,
            RateMeasurement.ENOUGH_NANOS,
            (n, times) ->
                timing.nanos(
                    Collections.nCopies(
                        times, done -> device.copyIn(block(memory, n), far, done))));
    this.out =
        new RepeatedRate(
            RateMeasurement.FIRST_AMOUNT,
            elements,
            outOne,
            RateMeasurement.ENOUGH_NANOS,
            (n, times) ->
                timing.nanos(
                    Collections.nCopies(
                        times, done -> device.copyOut(far, block(memory, n), done))));
  }

  /** Copies to and from the beginning of {@code far}; what is there is overwritten. */
  static Link between(Device host, FarDevice device, DeviceBuffer far, Ticks ticks) {
    DeviceBuffer near = RateMeasurement.largest(host);
    try {
      return new Link(device, ticks, near, far);
    } catch (RuntimeException | Error e) {
      near.close();
      throw e;
    }
  }

  static HostBlock block(MemorySegment memory, long elements) {
    return HostBlock.dense(memory, new long[] {elements}, (int) RateMeasurement.ITEM);
  }

  /** What is to be measured before the answers are asked for. */
  List<RepeatedRate> rates() {
    return List.of(in, out);
  }

  /** Bytes a nanosecond to the device. */
  double in() {
    return in.value() * RateMeasurement.ITEM;
  }

  /** Bytes a nanosecond to the host. */
  double out() {
    return out.value() * RateMeasurement.ITEM;
  }

  /** How sure the first of both is. */
  double inSpread() {
    return in.spread();
  }

  /** How sure the second of both is. */
  double outSpread() {
    return out.spread();
  }

  /** Nanoseconds of a copy of one element. */
  double latency() {
    return latency;
  }

  @Override
  public void close() {
    near.close();
  }
}
