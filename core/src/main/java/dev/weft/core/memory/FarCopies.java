package dev.weft.core.memory;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The copies of operands that tasks which are started as one wait for, made by kernels of their
 * device: collected first, so that those of all tasks are few launches.
 */
final class FarCopies {
  private final FarDevice device;
  private final PendingCopies pending = new PendingCopies();

  /** By the bytes of an element. */
  private final Map<Integer, List<Arguments>> collected = new TreeMap<>();

  FarCopies(FarDevice device) {
    this.device = device;
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

  /** Starts what was collected; goes on when all have ended, with the first failure. */
  void then(Completion next) {
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
