package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Graphs;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.DelayedSource;
import dev.weft.core.task.Input;
import dev.weft.core.task.LateInputs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Arrays among tasks: those that tasks read, and those whose elements tasks compute. */
final class ArrayInputs implements LateInputs {
  private final Session session;
  private final long mostWaiting;

  /** {@code mostWaiting} bytes of chunks may wait for the tasks that read them. */
  ArrayInputs(Session session, long mostWaiting) {
    this.session = session;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public List<Delayed<?>> needs(Input<?> input) {
    return needs(List.of(session.own(array(input)).expr()));
  }

  private static NDArray array(Input<?> input) {
    return switch (input) {
      case NDArray array -> array;
      case ChunkInput(NDArray array, long chunk) -> array;
      default ->
          throw new UsageException(
              "%s cannot be computed; give a Delayed, a TaskFuture, an NDArray or Input.of(value)"
                  .formatted(input));
    };
  }

  /** The calls that compute elements of these expressions. */
  static List<Delayed<?>> needs(List<Expr> roots) {
    Set<Delayed<?>> needs = new LinkedHashSet<>();
    for (Expr node : Graphs.topological(roots)) {
      if (node instanceof Expr.Source(ArraySource source, Expr.Type type)
          && source instanceof DelayedSource late) {
        needs.add(late.delayed());
      }
    }
    return List.copyOf(needs);
  }

  /** The expressions with elements in the places of the calls that have computed them. */
  static List<Expr> resolve(List<Expr> roots, Map<Delayed<?>, Object> known) {
    return Graphs.rewrite(
        roots,
        (before, after) ->
            after instanceof Expr.Source(ArraySource source, Expr.Type type)
                    && source instanceof DelayedSource late
                ? new Expr.Source(elements(late, known.get(late.delayed())), type)
                : after);
  }

  private static ArraySource elements(DelayedSource late, @Nullable Object value) {
    String what = "fromDelayed: " + late.description();
    if (value == null) {
      throw new UsageException(what + " returned null; return a HostArray or a Java array");
    }
    HostArray array = value instanceof HostArray host ? host : HostArray.of(value);
    if (array.dtype() != late.dtype() || !array.shape().equals(late.shape())) {
      throw new UsageException(
          "%s returned %s %s, but %s %s was announced; return what is announced, or announce what is returned"
              .formatted(what, array.dtype(), array.shape(), late.dtype(), late.shape()));
    }
    return array.asSource();
  }

  @Override
  public long mostWaiting() {
    return mostWaiting;
  }

  @Override
  public Runnable compute(List<Input<?>> inputs, Map<Delayed<?>, Object> known, Parts parts) {
    AtomicReference<@Nullable Job> started = new AtomicReference<>();
    // Planning may take a while, and beginning may wait for the memory of other jobs.
    Thread.ofVirtual()
        .name("weft-arrays")
        .start(
            () -> {
              try {
                run(inputs, known, parts, started);
              } catch (Throwable e) {
                parts.ended(e);
                return;
              }
              parts.ended(null);
            });
    return () -> {
      Job job = started.get();
      if (job != null) {
        job.cancel();
      }
    };
  }

  private void run(
      List<Input<?>> inputs,
      Map<Delayed<?>, Object> known,
      Parts parts,
      AtomicReference<@Nullable Job> started) {
    if (inputs.stream().allMatch(NDArray.class::isInstance)) {
      List<Expr> exprs = inputs.stream().map(input -> session.own(array(input)).expr()).toList();
      List<HostArray> results = start(exprs, List.of(), known, started).await();
      for (int i = 0; i < results.size(); i++) {
        parts.add(i, results.get(i), 0);
      }
      return;
    }
    ArrayParts roots = new ArrayParts(parts);
    for (int i = 0; i < inputs.size(); i++) {
      roots.add(i, inputs.get(i));
    }
    List<ArrayTarget> targets = new ArrayList<>();
    List<Expr> exprs = new ArrayList<>();
    roots.visit(
        (array, target) -> {
          exprs.add(session.own(array).expr());
          targets.add(target);
        });
    start(exprs, targets, known, started).await();
  }

  private Job start(
      List<Expr> exprs,
      List<ArrayTarget> targets,
      Map<Delayed<?>, Object> known,
      AtomicReference<@Nullable Job> started) {
    List<Expr> resolved = known.isEmpty() ? exprs : resolve(exprs, known);
    Job job = session.start(resolved.stream().map(session::array).toList(), targets);
    started.set(job);
    return job;
  }
}
