package dev.weft.core.task;

import java.util.List;

/** What {@link Delayed} and {@link TaskFuture} ask of the session that they belong to. */
public interface TaskSession {
  /** Computes all together, in this order; what they share is computed once. */
  List<Object> computeInputs(List<? extends Input<?>> inputs);

  /** Starts a task and returns at once. */
  <R> TaskFuture<R> submit(Delayed<R> delayed);
}
