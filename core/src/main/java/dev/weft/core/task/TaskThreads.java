package dev.weft.core.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one computation: as many for tasks that compute as there are slots, which take one
 * task after the other, and a virtual one for each task that waits.
 */
final class TaskThreads {
  private final int slots;
  private final Executor pool;
  private final IntConsumer run;
  private final PriorityQueue<Ready> ready = new PriorityQueue<>();
  private final AtomicInteger working = new AtomicInteger();

  /** Of threads that take tasks: whether this one takes the next, so that no other is started. */
  private final ThreadLocal<Boolean> takesNext = new ThreadLocal<>();

  private final Set<Thread> busy = new HashSet<>();
  private final List<Runnable> cancels = new ArrayList<>();
  private boolean interrupted;
  private long given;

  /** A task that can run; the scheduler's order counts among those of one priority. */
  private record Ready(int priority, long order, int task) implements Comparable<Ready> {
    @Override
    public int compareTo(Ready other) {
      return priority == other.priority
          ? Long.compare(order, other.order)
          : Integer.compare(other.priority, priority);
    }
  }

  /** {@code run} runs a task and tells of its end before it returns. */
  TaskThreads(int slots, Executor pool, IntConsumer run) {
    this.slots = slots;
    this.pool = pool;
    this.run = run;
  }

  void onCore(int task, int priority) {
    synchronized (ready) {
      ready.add(new Ready(priority, given++, task));
    }
    if (Boolean.TRUE.equals(takesNext.get())) {
      takesNext.set(false);
    } else if (enter()) {
      pool.execute(this::work);
    }
  }

  /** The task of this thread has ended; what is told of it may lead to the next one. */
  void ending() {
    if (takesNext.get() != null) {
      takesNext.set(true);
    }
  }

  void onVirtualThread(int task) {
    Thread.ofVirtual().name("weft-waiting-" + task).start(() -> run.accept(task));
  }

  private boolean enter() {
    while (true) {
      int now = working.get();
      if (now >= slots) {
        return false;
      }
      if (working.compareAndSet(now, now + 1)) {
        return true;
      }
    }
  }

  private void work() {
    do {
      for (Ready next = next(); next != null; next = next()) {
        takesNext.set(false);
        run.accept(next.task);
      }
      takesNext.remove();
      working.decrementAndGet();
      // What came since the queue was seen empty may have found all slots taken.
    } while (isAnyReady() && enter());
  }

  private @Nullable Ready next() {
    synchronized (ready) {
      return ready.poll();
    }
  }

  private boolean isAnyReady() {
    synchronized (ready) {
      return !ready.isEmpty();
    }
  }

  /** Calls a function; an interrupt of the computation reaches it and nothing after it. */
  Object call(TaskFunction<?> function, Object[] arguments) throws Exception {
    Thread own = Thread.currentThread();
    synchronized (this) {
      if (interrupted) {
        throw new InterruptedException("the computation was cancelled");
      }
      busy.add(own);
    }
    try {
      return function.call(arguments);
    } finally {
      synchronized (this) {
        busy.remove(own);
      }
      if (isInterrupted()) {
        Thread.interrupted();
      }
    }
  }

  /** How to stop what was started and runs on no thread of this computation. */
  void cancelWith(Runnable cancel) {
    boolean late;
    synchronized (this) {
      cancels.add(cancel);
      late = interrupted;
    }
    if (late) {
      cancel.run();
    }
  }

  /** Whether functions are running. */
  synchronized boolean isWorking() {
    return !busy.isEmpty();
  }

  synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Interrupts what runs, and whatever begins from now on. */
  void interrupt() {
    List<Runnable> others;
    synchronized (this) {
      interrupted = true;
      busy.forEach(Thread::interrupt);
      others = List.copyOf(cancels);
    }
    others.forEach(Runnable::run);
  }
}
