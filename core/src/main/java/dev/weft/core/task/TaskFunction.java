package dev.weft.core.task;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The code of a task: a function of 0 to 8 arguments, which may throw whatever it likes. Lambdas
 * and method references are such functions:
 *
 * <pre>{@code
 * Delayed<String> text = session.delayed(() -> Files.readString(path));
 * Delayed<Integer> length = session.delayed(String::length, text);
 * }</pre>
 *
 * @param <R> type of the result
 */
public sealed interface TaskFunction<R> {
  /**
   * Calls the function.
   *
   * @param arguments as many as it takes, in order
   */
  R call(Object[] arguments) throws Exception;

  /** A function of no argument. */
  @FunctionalInterface
  non-sealed interface Of0<R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply() throws Exception;

    @Override
    default R call(Object[] arguments) throws Exception {
      return apply();
    }
  }

  /** A function of one argument. */
  @FunctionalInterface
  non-sealed interface Of1<A, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply((A) arguments[0]);
    }
  }

  /** A function of two arguments. */
  @FunctionalInterface
  non-sealed interface Of2<A, B, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply((A) arguments[0], (B) arguments[1]);
    }
  }

  /** A function of three arguments. */
  @FunctionalInterface
  non-sealed interface Of3<A, B, C, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply((A) arguments[0], (B) arguments[1], (C) arguments[2]);
    }
  }

  /** A function of four arguments. */
  @FunctionalInterface
  non-sealed interface Of4<A, B, C, D, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c, D d) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply((A) arguments[0], (B) arguments[1], (C) arguments[2], (D) arguments[3]);
    }
  }

  /** A function of five arguments. */
  @FunctionalInterface
  non-sealed interface Of5<A, B, C, D, E, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c, D d, E e) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply(
          (A) arguments[0], (B) arguments[1], (C) arguments[2], (D) arguments[3], (E) arguments[4]);
    }
  }

  /** A function of six arguments. */
  @FunctionalInterface
  non-sealed interface Of6<A, B, C, D, E, F, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c, D d, E e, F f) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply(
          (A) arguments[0],
          (B) arguments[1],
          (C) arguments[2],
          (D) arguments[3],
          (E) arguments[4],
          (F) arguments[5]);
    }
  }

  /** A function of seven arguments. */
  @FunctionalInterface
  non-sealed interface Of7<A, B, C, D, E, F, G, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c, D d, E e, F f, G g) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply(
          (A) arguments[0],
          (B) arguments[1],
          (C) arguments[2],
          (D) arguments[3],
          (E) arguments[4],
          (F) arguments[5],
          (G) arguments[6]);
    }
  }

  /** A function of eight arguments. */
  @FunctionalInterface
  non-sealed interface Of8<A, B, C, D, E, F, G, H, R> extends TaskFunction<R> {
    /** Computes the result. */
    R apply(A a, B b, C c, D d, E e, F f, G g, H h) throws Exception;

    @Override
    @SuppressWarnings("unchecked")
    default R call(Object[] arguments) throws Exception {
      return apply(
          (A) arguments[0],
          (B) arguments[1],
          (C) arguments[2],
          (D) arguments[3],
          (E) arguments[4],
          (F) arguments[5],
          (G) arguments[6],
          (H) arguments[7]);
    }
  }

  /** Is its only argument: a call of it is no task of its own. */
  record Same<A>() implements TaskFunction<A> {
    @Override
    @SuppressWarnings("unchecked")
    public A call(Object[] arguments) {
      return (A) arguments[0];
    }
  }

  /** Hands all its arguments over as one list. */
  record All<A>() implements TaskFunction<List<A>> {
    @Override
    @SuppressWarnings("unchecked")
    public List<A> call(Object[] arguments) {
      // As a view: elements may be null.
      return (List<A>) Collections.unmodifiableList(Arrays.asList(arguments.clone()));
    }
  }
}
