package dev.weft.core.bag;

import dev.weft.core.task.TaskFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What happens to the elements of a partition on their way, one by one, with nothing kept in
 * between.
 */
@FunctionalInterface
interface Steps<S, T> {
  /** The elements after the steps. */
  Stream<T> of(Stream<S> elements);

  /** These steps and then others. */
  default <U> Steps<S, U> then(Function<Stream<T>, Stream<U>> next) {
    return elements -> next.apply(of(elements));
  }

  /** Code of the user's that throws, as code of a stream, which must not. */
  static <A, B> Function<A, B> code(TaskFunction.Of1<? super A, ? extends B> function) {
    return element -> {
      try {
        return function.apply(element);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new Thrown(e);
      }
    };
  }

  /** Carries an exception through a stream. */
  final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Exception reason;

    Thrown(Exception reason) {
      super(reason);
      this.reason = reason;
    }

    /** What the user's code has thrown. */
    Exception reason() {
      return reason;
    }
  }

  /** Opens a partition, and makes something of its elements after the steps. */
  static <S, T, R> R finish(Partition<S> partition, Steps<S, T> steps, Function<Stream<T>, R> end)
      throws Exception {
    try (Stream<S> elements = partition.open()) {
      return end.apply(steps.of(elements));
    } catch (Thrown e) {
      throw e.reason();
    }
  }
}
