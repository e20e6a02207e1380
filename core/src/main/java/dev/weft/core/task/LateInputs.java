package dev.weft.core.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What inputs of other kinds become when a computation starts: arrays and their chunks, by jobs of
 * their own that run beside the tasks and hand over each part as soon as it is there.
 */
public interface LateInputs {
  /** The calls that must be computed before an input. */
  List<Delayed<?>> needs(Input<?> input);

  /** Bytes of parts that may wait for the tasks that read them. */
  long mostWaiting();

  /**
   * Starts to compute inputs, all together, and returns at once.
   *
   * @param known the results of what they need
   * @return cancels the computation
   */
  Runnable compute(List<Input<?>> inputs, Map<Delayed<?>, Object> known, Parts parts);

  /** Hears of inputs that are computed, on any thread. */
  interface Parts {
    /**
     * One is there; may block while many wait to be read.
     *
     * @param index which one
     * @param bytes of its elements
     */
    void add(int index, Object value, long bytes);

    /** All are there, or there will be no more. */
    void ended(@Nullable Throwable problem);
  }
}
