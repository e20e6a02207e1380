package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Arrays among tasks: those that tasks read, and those whose elements tasks compute. */
final class ArrayInputs implements LateInputs {
  private final Session session;

  ArrayInputs(Session session) {
    this.session = session;
  }

  @Override
  public List<Delayed<?>> needs(Input<?> input) {
    return needs(List.of(own(input).expr()));
  }

  private NDArray own(Input<?> input) {
    if (input instanceof NDArray array) {
      return session.own(array);
    }
    throw new UsageException(
        "%s cannot be computed; give a Delayed, a TaskFuture, an NDArray or Input.of(value)"
            .formatted(input));
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
  public Runnable compute(
      List<Input<?>> inputs,
      Map<Delayed<?>, Object> known,
      BiConsumer<@Nullable List<Object>, @Nullable Throwable> done) {
    AtomicReference<@Nullable Job> started = new AtomicReference<>();
    // Planning may take a while, and beginning may wait for the memory of other jobs.
    Thread.ofVirtual()
        .name("weft-arrays")
        .start(
            () -> {
              List<Object> results;
              try {
                List<Expr> exprs = inputs.stream().map(input -> own(input).expr()).toList();
                List<Expr> resolved = known.isEmpty() ? exprs : resolve(exprs, known);
                Job job = session.start(resolved.stream().map(session::array).toList());
                started.set(job);
                results = new ArrayList<>(job.await());
              } catch (Throwable e) {
                done.accept(null, e);
                return;
              }
              done.accept(results, null);
            });
    return () -> {
      Job job = started.get();
      if (job != null) {
        job.cancel();
      }
    };
  }
}
