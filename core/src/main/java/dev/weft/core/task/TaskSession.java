package dev.weft.core.task;

import dev.weft.core.picture.PictureOptions;
import java.nio.file.Path;
import java.util.List;

/** What {@link Delayed} and {@link TaskFuture} ask of the session that they belong to. */
public interface TaskSession {
  /** Computes all together, in this order; what they share is computed once. */
  List<Object> computeInputs(List<? extends Input<?>> inputs);

  /** Draws what would run for these, into a file whose ending says the format. */
  void visualize(List<? extends Input<?>> inputs, Path file, PictureOptions options);

  /** Starts a task and returns at once. */
  <R> TaskFuture<R> submit(Delayed<R> delayed);
}
