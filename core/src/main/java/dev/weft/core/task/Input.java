package dev.weft.core.task;

/**
 * What a task can be given, and a session can compute: a {@link Delayed}, a {@link TaskFuture}, an
 * array, or a value that is there already.
 *
 * @param <R> what a task receives for it: its result, or of an array its elements
 */
public interface Input<R> {
  /** A value that is there already. */
  static <R> Input<R> of(R value) {
    return new Given<>(value);
  }

  /** A value that is there already. */
  record Given<R>(R value) implements Input<R> {}
}
