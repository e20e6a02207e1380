package dev.weft.core.task;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What inputs of other kinds become when a computation starts: arrays, by jobs of their own. */
public interface LateInputs {
  /** The calls that must be computed before an input. */
  List<Delayed<?>> needs(Input<?> input);

  /**
   * Starts to compute inputs, all together, and returns at once.
   *
   * @param known the results of what they need
   * @param done hears once, on any thread: the results in order, or why there are none
   * @return cancels the computation
   */
  Runnable compute(
      List<Input<?>> inputs,
      Map<Delayed<?>, Object> known,
      BiConsumer<@Nullable List<Object>, @Nullable Throwable> done);
}
