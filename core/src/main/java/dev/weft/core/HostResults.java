package dev.weft.core;

import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.HeldResult;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The results that a session has handed out and that are still open. When the session closes they
 * are closed too, so that no array is left over memory that is gone.
 */
final class HostResults {
  /** Results up to this size are copied: closing memory that others own costs more than a copy. */
  private static final long SMALL = 64 << 10;

  private final HeldMemory held;
  private final Set<HostArray> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  HostResults(HeldMemory held) {
    this.held = held;
  }

  HostArray take(HeldMemory.Result result) {
    long bytes = result.memory().byteSize();
    if (bytes <= SMALL) {
      HostArray copy = HostArray.allocate(result.dtype(), result.shape());
      MemorySegment.copy(result.memory(), 0, copy.elements(), 0, bytes);
      result.release().run();
      return copy.unchanging();
    }
    HeldResult memory = held.result(bytes, result.release());
    HostArray array = HostArray.wrap(result.memory(), result.dtype(), result.shape(), memory);
    memory.ownedBy(array.elements().scope());
    open.add(array);
    return array.unchanging();
  }

  void close() {
    List<HostArray> left;
    synchronized (open) {
      left = new ArrayList<>(open);
    }
    left.forEach(HostArray::close);
  }
}
