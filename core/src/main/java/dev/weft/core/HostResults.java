package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The results that a session has handed out and that are still open. When the session closes they
 * are closed too, so that no array is left over memory that is gone.
 */
final class HostResults {
  /** Results up to this size are copied: closing memory that others own costs more than a copy. */
  private static final long SMALL = 64 << 10;

  private final Set<HostArray> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();

  HostArray take(JobRun.Result result) {
    if (result.memory().byteSize() <= SMALL) {
      HostArray copy = HostArray.allocate(result.dtype(), result.shape());
      MemorySegment.copy(result.memory(), 0, copy.segment(), 0, result.memory().byteSize());
      result.release().run();
      return copy;
    }
    Once release = new Once(result.release(), releases);
    releases.add(release);
    HostArray array = HostArray.wrap(result.memory(), result.dtype(), result.shape(), release);
    open.add(array);
    return array;
  }

  void close() {
    List<HostArray> left;
    synchronized (open) {
      left = new ArrayList<>(open);
    }
    left.forEach(HostArray::close);
    // Arrays that were dropped without being closed, and whose turn the cleaner has not come to.
    releases.forEach(Runnable::run);
  }

  /** Gives memory back once, whoever asks first: the user, the cleaner or the session. */
  private record Once(Runnable release, Set<Runnable> registry, AtomicBoolean done)
      implements Runnable {
    Once(Runnable release, Set<Runnable> registry) {
      this(release, registry, new AtomicBoolean());
    }

    @Override
    public void run() {
      if (done.compareAndSet(false, true)) {
        registry.remove(this);
        release.run();
      }
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
