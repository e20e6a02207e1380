package dev.weft.core.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of other kinds that are computed together, since they may have work in common, and the
 * tasks that wait for them, one each.
 */
final class LateParts implements LateInputs.Parts {
  private final LateInputs late;
  private final List<? extends Input<?>> needs;
  private final List<Input<?>> inputs = new ArrayList<>();
  private final Map<Integer, TaskNode.Done> waiting = new HashMap<>();
  private final Map<Integer, Part> early = new HashMap<>();
  private @Nullable Runnable cancel;
  private @Nullable Throwable problem;

  /** One that came before anything waited for it. */
  private record Part(Object value, long bytes) {}

  /** {@code needs} are the calls that they need. */
  LateParts(LateInputs late, List<? extends Input<?>> needs) {
    this.late = late;
    this.needs = needs;
  }

  /** What starts the task that waits for one more. */
  TaskNode.Starter starter(Input<?> input) {
    int index = inputs.size();
    inputs.add(input);
    return (values, done) -> await(index, values, done);
  }

  private Runnable await(int index, Object[] values, TaskNode.Done done) {
    Part there;
    Throwable why;
    synchronized (this) {
      there = early.remove(index);
      why = problem;
      if (there == null && why == null) {
        waiting.put(index, done);
      }
    }
    if (there != null) {
      done.accept(there.value, there.bytes, null);
    } else if (why != null) {
      done.accept(null, 0, why);
    }
    return start(values);
  }

  private synchronized Runnable start(Object[] values) {
    if (cancel == null) {
      Map<Delayed<?>, Object> known = new IdentityHashMap<>();
      for (int i = 0; i < values.length; i++) {
        known.put((Delayed<?>) needs.get(i), values[i]);
      }
      cancel = late.compute(inputs, known, this);
    }
    return cancel;
  }

  @Override
  public void add(int index, Object value, long bytes) {
    TaskNode.Done done;
    synchronized (this) {
      done = waiting.remove(index);
      if (done == null) {
        early.put(index, new Part(value, bytes));
      }
    }
    if (done != null) {
      done.accept(value, bytes, null);
    }
  }

  @Override
  public void ended(@Nullable Throwable reason) {
    List<TaskNode.Done> left;
    Throwable why = reason == null ? new CancellationException("the job has ended") : reason;
    synchronized (this) {
      problem = why;
      left = List.copyOf(waiting.values());
      waiting.clear();
    }
    left.forEach(done -> done.accept(null, 0, why));
  }
}
