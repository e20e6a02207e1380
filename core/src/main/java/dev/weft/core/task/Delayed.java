package dev.weft.core.task;

import dev.weft.core.picture.PictureOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lazy call of a function: nothing runs before {@link #compute} or {@link #submit}. Arguments may
 * be other such calls, arrays and values; together they are a graph, whose independent parts run
 * side by side and whose shared parts run once in each computation. Immutable, and so without
 * cycles.
 *
 * <pre>{@code
 * Delayed<Integer> a = session.delayed(() -> increment(1));
 * Delayed<Integer> b = session.delayed(() -> decrement(2));
 * int sum = session.delayed(Integer::sum, a, b).named("add").compute();
 * }</pre>
 *
 * @param <R> type of the result
 */
public final class Delayed<R> implements Input<R> {
  private final TaskSession session;
  private final TaskFunction<R> function;
  private final List<Input<?>> inputs;
  private final TaskOptions options;
  private final @Nullable String site;

  private Delayed(
      TaskSession session,
      TaskFunction<R> function,
      List<Input<?>> inputs,
      TaskOptions options,
      @Nullable String site) {
    this.session = session;
    this.function = function;
    this.inputs = inputs;
    this.options = options;
    this.site = site;
  }

  /** A call of a function; sessions offer the same with the types checked. */
  public static <R> Delayed<R> of(
      TaskSession session, TaskFunction<R> function, Input<?>... inputs) {
    return new Delayed<>(
        session, function, List.of(inputs), TaskOptions.named("task"), CreationSite.find());
  }

  /**
   * All results as one list, for functions of collections; {@code inputs} belong to one session.
   *
   * <pre>{@code
   * Delayed<Integer> total = session.delayed(Totals::of, session.all(parts));
   * }</pre>
   */
  public static <A> Delayed<List<A>> all(
      TaskSession session, List<? extends Input<? extends A>> inputs) {
    return new Delayed<>(
        session,
        new TaskFunction.All<>(),
        List.copyOf(inputs),
        TaskOptions.named("all"),
        CreationSite.find());
  }

  /** An input of another kind as a call, for functions that want one: no task of its own. */
  public static <A> Delayed<A> of(TaskSession session, Input<A> input) {
    return new Delayed<>(
        session,
        new TaskFunction.Same<>(),
        List.of(input),
        TaskOptions.named(TaskGraphBuilder.ARRAY),
        null);
  }

  /** The same call with this name, which errors, progress and pictures show. */
  public Delayed<R> named(String name) {
    return with(options.withName(name));
  }

  /**
   * The same call, of a function without side effects: where the same function object is called
   * with equal arguments in one computation, it runs once.
   */
  public Delayed<R> pure() {
    return with(options.withPure());
  }

  /** The same call, tried again so many times after an exception. */
  public Delayed<R> retries(int count) {
    return with(options.withRetries(count));
  }

  /** The same call, with what it needs, before those of lower numbers; others have 0. */
  public Delayed<R> priority(int number) {
    return with(options.withPriority(number));
  }

  /** The same call, which takes about so long: longer ones begin first. */
  public Delayed<R> cost(Duration time) {
    return with(options.withCost(time));
  }

  /** The same call, which mostly waits: it runs on a virtual thread and takes no core's place. */
  public Delayed<R> blocking() {
    return with(options.withBlocking());
  }

  private Delayed<R> with(TaskOptions other) {
    return new Delayed<>(session, function, inputs, other, site);
  }

  /** A call of another function with this result. */
  public <S> Delayed<S> then(TaskFunction.Of1<? super R, S> next) {
    return of(session, next, this);
  }

  /**
   * Computes the result, with all that it needs.
   *
   * @throws dev.weft.core.error.JobFailedException when a task fails: names it, its arguments and
   *     the line that made it
   * @throws java.util.concurrent.CancellationException when the session cancels it
   */
  @SuppressWarnings("unchecked")
  public R compute() {
    return (R) session.computeInputs(List.of(this)).getFirst();
  }

  /** Starts the computation and returns at once. */
  public TaskFuture<R> submit() {
    return session.submit(this);
  }

  /**
   * Draws the graph of this call and all that it needs; nothing runs. Drawing comes with {@code
   * weft-pictures}.
   *
   * @param file its ending says the format: {@code .svg}, {@code .png} or {@code .dot}
   * @throws dev.weft.core.error.UsageException when the ending is another one, the folder does not
   *     exist, or {@code weft-pictures} is not on the class path
   */
  public void visualize(Path file) {
    session.visualize(List.of(this), file, PictureOptions.defaults());
  }

  /** The session that computes it. */
  public TaskSession session() {
    return session;
  }

  /** Its code. */
  TaskFunction<R> function() {
    return function;
  }

  /** What its code is given. */
  public List<Input<?>> inputs() {
    return inputs;
  }

  /** How it is run. */
  public TaskOptions options() {
    return options;
  }

  /** The line of the program that made it, null when that is not known. */
  public @Nullable String site() {
    return site;
  }

  @Override
  public String toString() {
    return "Delayed(%s, %d %s)"
        .formatted(options.name(), inputs.size(), inputs.size() == 1 ? "argument" : "arguments");
  }
}
