package dev.weft.core.memory;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.Operand;
import dev.weft.core.fuse.ArrayDef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tasks have in common that are started as one on a device with memory of its own. Copies of
 * operands, which kernels make, are collected first, so that those of all tasks are few launches;
 * partial results lie side by side, so that they come to the host by few copies.
 */
final class FarSlab {
  /** What is larger gains nothing by lying beside others. */
  private static final long MOST_BYTES = 64 << 10;

  private final FarDevice device;
  private final int tasks;
  private final PendingCopies pending = new PendingCopies();

  /** By the bytes of an element. */
  private final Map<Integer, List<Arguments>> collected = new TreeMap<>();

  /** By array, what its chunks of these tasks have not taken yet. */
  private final Map<Integer, ArrayDeque<DeviceBuffer>> partials = new TreeMap<>();

  FarSlab(FarDevice device, int tasks) {
    this.device = device;
    this.tasks = tasks;
  }

  /** Memory for partial results of one of the tasks. */
  DeviceBuffer partial(ArrayDef array, long bytes) {
    if (tasks == 1 || bytes > MOST_BYTES) {
      return device.allocate(bytes);
    }
    ArrayDeque<DeviceBuffer> free =
        partials.computeIfAbsent(array.id(), id -> new ArrayDeque<>(device.allocate(tasks, bytes)));
    return free.isEmpty() || free.getFirst().bytes() < bytes
        ? device.allocate(bytes)
        : free.removeFirst();
  }

  void add(long[] extents, int itemSize, Operand from, Operand to) {
    collected
        .computeIfAbsent(itemSize, size -> new ArrayList<>())
        .add(Arguments.map(extents, List.of(from), List.of(to), new long[0]));
  }

  /** One more of another kind, which has begun; the answer hears of its end. */
  Completion one() {
    return pending.one();
  }

  /**
   * All memory has been asked for. Starts what was collected; goes on when all have ended, with the
   * first failure.
   */
  void then(Completion next) {
    partials.values().forEach(free -> free.forEach(DeviceBuffer::close));
    partials.values().forEach(ArrayDeque::clear);
    collected.forEach(
        (itemSize, alike) -> {
          Completion end = pending.one();
          try {
            device.launch(
                device.compile(CopyKernels.of(itemSize)),
                alike,
                (at, problem) -> end.done(problem));
          } catch (RuntimeException | Error e) {
            end.done(e);
          }
        });
    collected.clear();
    pending.then(next);
  }
}
