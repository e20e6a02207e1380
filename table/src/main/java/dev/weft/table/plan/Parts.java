package dev.weft.table.plan;

import dev.weft.core.Session;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.core.task.TaskFunction;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Partitions in order, each of which is one task: what is done with the rows of a partition one
 * step after the other is done while they are in the processor's caches, and nothing is kept
 * between.
 *
 * @param schema the columns of every partition
 */
record Parts(Session session, Schema schema, List<Part> parts) {
  /** What ends a task. */
  @FunctionalInterface
  interface End<R> {
    /** Makes the result of a partition. */
    R of(Batch batch) throws Exception;
  }

  /**
   * A partition.
   *
   * @param read gives the first batch; or null
   * @param made by a task; or null
   * @param before a task that ends before this begins; or null
   * @param name of what was done so far
   */
  record Part(
      TaskFunction.@Nullable Of0<Batch> read,
      @Nullable Delayed<Batch> made,
      @Nullable Input<?> before,
      UnaryOperator<Batch> steps,
      String name) {
    Part then(String step, UnaryOperator<Batch> next) {
      UnaryOperator<Batch> earlier = steps;
      String all = name.isEmpty() ? step : name + ", " + step;
      return new Part(read, made, before, batch -> next.apply(earlier.apply(batch)), all);
    }

    /** The same, begun only when a task has ended. */
    Part after(Input<?> task) {
      return new Part(read, made, task, steps, name);
    }

    /** The same; when so said nothing is read any more, and the result is another one. */
    <R> Delayed<R> finishUnless(
        BooleanSupplier skips, R instead, Session session, String step, End<R> end) {
      TaskFunction.Of0<Batch> first = read;
      if (first == null) {
        return finish(session, step, batch -> skips.getAsBoolean() ? instead : end.of(batch));
      }
      UnaryOperator<Batch> all = steps;
      String label = name.isEmpty() ? step : name + ", " + step;
      Input<?> earlier = before == null ? Input.of(0) : before;
      return session
          .delayed(
              (Object ended) -> skips.getAsBoolean() ? instead : end.of(all.apply(first.apply())),
              earlier)
          .named(label);
    }

    <R> Delayed<R> finish(Session session, String step, End<R> end) {
      UnaryOperator<Batch> all = steps;
      String label = name.isEmpty() ? step : step.isEmpty() ? name : name + ", " + step;
      TaskFunction.Of0<Batch> first = read;
      Delayed<Batch> task = made;
      Input<?> earlier = before == null ? Input.of(0) : before;
      if (first != null) {
        return session
            .delayed((Object ended) -> end.of(all.apply(first.apply())), earlier)
            .named(label);
      }
      if (task == null) {
        throw new IllegalStateException("a partition of nothing");
      }
      return session
          .delayed((Batch batch, Object ended) -> end.of(all.apply(batch)), task, earlier)
          .named(label);
    }

    Delayed<Batch> delayed(Session session) {
      Delayed<Batch> task = made;
      return task != null && name.isEmpty() ? task : finish(session, "", batch -> batch);
    }
  }

  /** A partition that is read. */
  static Part read(String name, TaskFunction.Of0<Batch> read) {
    return new Part(read, null, null, batch -> batch, name);
  }

  /** A partition that a task makes. */
  static Part made(Delayed<Batch> task) {
    return new Part(null, task, null, batch -> batch, "");
  }

  /** Partitions that tasks make. */
  static Parts made(Session session, Schema schema, List<Delayed<Batch>> tasks) {
    return new Parts(session, schema, tasks.stream().map(Parts::made).toList());
  }

  /** The same with one step more in each partition. */
  Parts then(String step, Schema result, UnaryOperator<Batch> next) {
    return new Parts(session, result, parts.stream().map(part -> part.then(step, next)).toList());
  }

  /** A result of each partition. */
  <R> List<Delayed<R>> finish(String step, End<R> end) {
    List<Delayed<R>> results = new ArrayList<>();
    for (Part part : parts) {
      results.add(part.finish(session, step, end));
    }
    return results;
  }

  /** A result of each partition, or another one without reading it when so said. */
  <R> List<Delayed<R>> finishUnless(BooleanSupplier skips, R instead, String step, End<R> end) {
    return parts.stream()
        .map(part -> part.finishUnless(skips, instead, session, step, end))
        .toList();
  }

  /** The batches. */
  List<Delayed<Batch>> batches() {
    return parts.stream().map(part -> part.delayed(session)).toList();
  }
}
