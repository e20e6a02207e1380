package dev.weft.core.execute;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.ArrayDef;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The targets of a job that are open: each is committed or aborted, exactly once. */
final class OpenTargets {
  private final Deque<ArrayTarget> open = new ArrayDeque<>();
  private boolean none = true;

  /** Opens one target for each result, whose memory it becomes. */
  void open(List<ArrayTarget> targets, List<ArrayDef> results, JobMemory memory) {
    for (int i = 0; i < targets.size(); i++) {
      none = false;
      ArrayDef result = results.get(i);
      ArrayTarget target = targets.get(i);
      try {
        MemorySegment place = target.open(result.dtype(), result.shape());
        open.add(target);
        memory.place(result, sized(place, i, result));
      } catch (IOException e) {
        throw new DeviceException(
            "result %d, %s %s, cannot be written: %s"
                .formatted(i, result.dtype(), result.shape(), e.getMessage()),
            e);
      }
    }
  }

  private static MemorySegment sized(MemorySegment place, int number, ArrayDef result) {
    if (place.byteSize() < result.bytes()) {
      throw new UsageException(
          "result %d, %s %s, cannot be written: its target gives %,d bytes of memory, but it needs %,d; let open return as many"
              .formatted(number, result.dtype(), result.shape(), place.byteSize(), result.bytes()));
    }
    return place;
  }

  /** Whether results stay in memory. */
  boolean isEmpty() {
    return none;
  }

  /** Completes all in order; after a failure the rest is aborted. */
  void commit() {
    while (!open.isEmpty()) {
      try {
        open.pop().commit();
      } catch (IOException e) {
        DeviceException failure =
            new DeviceException("a result cannot be completed: " + e.getMessage(), e);
        abort(failure);
        throw failure;
      } catch (RuntimeException | Error e) {
        abort(e);
        throw e;
      }
    }
  }

  /** Aborts what is still open; what fails on the way is added to the reason. */
  void abort(Throwable reason) {
    while (!open.isEmpty()) {
      try {
        open.pop().abort();
      } catch (RuntimeException | Error e) {
        reason.addSuppressed(e);
      }
    }
  }
}
