package dev.weft.cpu.compile;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Code that is used in its scalar form until the vector form, warmed aside, is faster. Both give
 * the same bits, so that a launch may use one and then the other. Safe for many threads.
 *
 * @param <T> the type of both forms
 */
final class Adaptive<T> {
  private final @Nullable Supplier<T> vector;
  private final TieringPolicy policy;
  private final Contest<T> contest;
  // Counts elements.
  private final Patience patience;
  private volatile T now;

  /** Lets two forms race. */
  @FunctionalInterface
  interface Contest<T> {
    /** Null once the vector form is the faster one, or why the scalar form should stay. */
    @Nullable String overtaken(T scalar, T vector);
  }

  /**
   * @param first the form to begin with; see {@link #first}
   * @param vector makes the vector form, or null when there is none
   * @param elements use after which the vector form is worth preparing
   */
  Adaptive(
      T first,
      @Nullable Supplier<T> vector,
      long elements,
      TieringPolicy policy,
      Contest<T> contest) {
    this.now = first;
    this.vector = vector;
    this.policy = policy;
    this.contest = contest;
    this.patience = new Patience(elements);
    if (vector == null || policy.start() != TieringPolicy.Start.ADAPTIVE) {
      patience.end();
    }
  }

  /** The form that a policy begins with. */
  static <T> T first(Supplier<T> scalar, @Nullable Supplier<T> vector, TieringPolicy policy) {
    return vector != null && policy.start() == TieringPolicy.Start.VECTOR
        ? vector.get()
        : scalar.get();
  }

  /** The form to use now. */
  T now() {
    return now;
  }

  /** Counts elements about to be worked on; may start the preparation of the vector form. */
  void count(long added) {
    if (patience.isDue(added)) {
      policy.background().execute(this::warm);
    }
  }

  private void warm() {
    if (vector == null) {
      return;
    }
    T fast = vector.get();
    if (contest.overtaken(now, fast) == null) {
      now = fast;
    } else {
      patience.lost();
    }
  }
}
