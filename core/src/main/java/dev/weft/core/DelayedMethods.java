package dev.weft.core;

import dev.weft.core.bag.Bag;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.DelayedSource;
import dev.weft.core.task.Input;
import dev.weft.core.task.TaskFunction;
import dev.weft.core.task.TaskFuture;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Tasks in the user's own Java. {@code delayed} describes a call that runs when it is computed,
 * {@code submit} starts one at once. Arguments are other such calls, futures, arrays (the function
 * receives a {@link HostArray}) and {@link Input#of values}; values may as well be captured by the
 * lambda.
 */
public sealed interface DelayedMethods permits Session {
  /** The session itself. */
  Session self();

  /** A lazy call of a function of no argument. */
  default <R> Delayed<R> delayed(TaskFunction.Of0<R> function) {
    return Delayed.of(self().tasks(), function);
  }

  /** A lazy call of a function of one argument. */
  default <A, R> Delayed<R> delayed(TaskFunction.Of1<A, R> function, Input<? extends A> a) {
    return Delayed.of(self().tasks(), function, a);
  }

  /** A lazy call of a function of two arguments. */
  default <A, B, R> Delayed<R> delayed(
      TaskFunction.Of2<A, B, R> function, Input<? extends A> a, Input<? extends B> b) {
    return Delayed.of(self().tasks(), function, a, b);
  }

  /** A lazy call of a function of three arguments. */
  default <A, B, C, R> Delayed<R> delayed(
      TaskFunction.Of3<A, B, C, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c) {
    return Delayed.of(self().tasks(), function, a, b, c);
  }

  /** A lazy call of a function of four arguments. */
  default <A, B, C, D, R> Delayed<R> delayed(
      TaskFunction.Of4<A, B, C, D, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d) {
    return Delayed.of(self().tasks(), function, a, b, c, d);
  }

  /** A lazy call of a function of five arguments. */
  default <A, B, C, D, E, R> Delayed<R> delayed(
      TaskFunction.Of5<A, B, C, D, E, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e) {
    return Delayed.of(self().tasks(), function, a, b, c, d, e);
  }

  /** A lazy call of a function of six arguments. */
  default <A, B, C, D, E, F, R> Delayed<R> delayed(
      TaskFunction.Of6<A, B, C, D, E, F, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f) {
    return Delayed.of(self().tasks(), function, a, b, c, d, e, f);
  }

  /** A lazy call of a function of seven arguments. */
  default <A, B, C, D, E, F, G, R> Delayed<R> delayed(
      TaskFunction.Of7<A, B, C, D, E, F, G, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f,
      Input<? extends G> g) {
    return Delayed.of(self().tasks(), function, a, b, c, d, e, f, g);
  }

  /** A lazy call of a function of eight arguments. */
  default <A, B, C, D, E, F, G, H, R> Delayed<R> delayed(
      TaskFunction.Of8<A, B, C, D, E, F, G, H, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f,
      Input<? extends G> g,
      Input<? extends H> h) {
    return Delayed.of(self().tasks(), function, a, b, c, d, e, f, g, h);
  }

  /** Starts a call of a function of no argument, as soon as its arguments are there. */
  default <R> TaskFuture<R> submit(TaskFunction.Of0<R> function) {
    return delayed(function).submit();
  }

  /** Starts a call of a function of one argument, as soon as its arguments are there. */
  default <A, R> TaskFuture<R> submit(TaskFunction.Of1<A, R> function, Input<? extends A> a) {
    return delayed(function, a).submit();
  }

  /** Starts a call of a function of two arguments, as soon as its arguments are there. */
  default <A, B, R> TaskFuture<R> submit(
      TaskFunction.Of2<A, B, R> function, Input<? extends A> a, Input<? extends B> b) {
    return delayed(function, a, b).submit();
  }

  /** Starts a call of a function of three arguments, as soon as its arguments are there. */
  default <A, B, C, R> TaskFuture<R> submit(
      TaskFunction.Of3<A, B, C, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c) {
    return delayed(function, a, b, c).submit();
  }

  /** Starts a call of a function of four arguments, as soon as its arguments are there. */
  default <A, B, C, D, R> TaskFuture<R> submit(
      TaskFunction.Of4<A, B, C, D, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d) {
    return delayed(function, a, b, c, d).submit();
  }

  /** Starts a call of a function of five arguments, as soon as its arguments are there. */
  default <A, B, C, D, E, R> TaskFuture<R> submit(
      TaskFunction.Of5<A, B, C, D, E, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e) {
    return delayed(function, a, b, c, d, e).submit();
  }

  /** Starts a call of a function of six arguments, as soon as its arguments are there. */
  default <A, B, C, D, E, F, R> TaskFuture<R> submit(
      TaskFunction.Of6<A, B, C, D, E, F, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f) {
    return delayed(function, a, b, c, d, e, f).submit();
  }

  /** Starts a call of a function of seven arguments, as soon as its arguments are there. */
  default <A, B, C, D, E, F, G, R> TaskFuture<R> submit(
      TaskFunction.Of7<A, B, C, D, E, F, G, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f,
      Input<? extends G> g) {
    return delayed(function, a, b, c, d, e, f, g).submit();
  }

  /** Starts a call of a function of eight arguments, as soon as its arguments are there. */
  default <A, B, C, D, E, F, G, H, R> TaskFuture<R> submit(
      TaskFunction.Of8<A, B, C, D, E, F, G, H, R> function,
      Input<? extends A> a,
      Input<? extends B> b,
      Input<? extends C> c,
      Input<? extends D> d,
      Input<? extends E> e,
      Input<? extends F> f,
      Input<? extends G> g,
      Input<? extends H> h) {
    return delayed(function, a, b, c, d, e, f, g, h).submit();
  }

  /** Starts a call for each element, in order. */
  default <A, R> List<TaskFuture<R>> map(TaskFunction.Of1<A, R> function, Collection<A> elements) {
    return elements.stream().map(element -> submit(function, Input.of(element))).toList();
  }

  /** All results as one list, to give to a function of a collection. */
  default <A> Delayed<List<A>> all(Collection<? extends Input<? extends A>> inputs) {
    return Delayed.all(self().tasks(), List.copyOf(inputs));
  }

  /**
   * Computes several together, in this order; what they share is computed once.
   *
   * @throws dev.weft.core.error.JobFailedException when a task fails
   */
  default List<Object> compute(Input<?>... inputs) {
    return self().tasks().computeInputs(List.of(inputs));
  }

  /**
   * Computes several of one type together, in this order; what they share is computed once.
   *
   * @throws dev.weft.core.error.JobFailedException when a task fails
   */
  @SuppressWarnings("unchecked")
  default <R> List<R> gather(Collection<? extends Input<? extends R>> inputs) {
    return (List<R>) self().tasks().computeInputs(List.copyOf(inputs));
  }

  /**
   * The futures in the order in which they end, well or not; the iterator waits for the next.
   *
   * <pre>{@code
   * for (TaskFuture<Double> score : session.asCompleted(scores)) {
   *   System.out.println(score.get());
   * }
   * }</pre>
   */
  default <R> Iterable<TaskFuture<R>> asCompleted(Collection<TaskFuture<R>> futures) {
    return () -> TaskFuture.iterator(futures);
  }

  /** A lazy collection of these elements, in so many partitions. */
  default <T> Bag<T> bag(Collection<T> elements, int partitions) {
    return Bag.of(self().tasks(), elements, partitions);
  }

  /**
   * The lines of text files in UTF-8 as a lazy collection, in partitions of about so many bytes;
   * files may be larger than memory.
   *
   * @throws dev.weft.core.error.UsageException when a file cannot be read
   */
  default Bag<String> readText(Collection<Path> files, long blockBytes) {
    return Bag.readText(self().tasks(), files, blockBytes);
  }

  /**
   * An array whose elements a call computes: a {@link HostArray} or a Java array of this type and
   * shape. It is cut automatically.
   */
  default NDArray fromDelayed(Delayed<?> delayed, DType dtype, long... shape) {
    return self().array(new DelayedSource(delayed, dtype, Shape.of(shape)));
  }
}
