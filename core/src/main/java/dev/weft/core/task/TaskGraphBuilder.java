package dev.weft.core.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything that a computation needs, each call once, without recursion: graphs may be
 * deeper than any stack.
 */
final class TaskGraphBuilder {
  private static final Comparator<TaskNode> FIRST =
      Comparator.<TaskNode>comparingInt(node -> -node.reach)
          .thenComparing(node -> node.options.cost(), Comparator.reverseOrder());

  /** What is called an array, or a chunk of one, that a task reads. */
  static final String ARRAY = "array";

  private final LateInputs late;
  private final List<TaskNode> nodes = new ArrayList<>();

  /** The node, or the value, that stands for an input; an input that is open has none yet. */
  private final Map<Input<?>, Object> found = new IdentityHashMap<>();

  private final Map<List<Object>, TaskNode> pure = new HashMap<>();

  /** Late inputs that need nothing. */
  private final LateParts together;

  private TaskGraphBuilder(LateInputs late) {
    this.late = late;
    this.together = new LateParts(late, List.of());
  }

  /** The tasks that compute these inputs; values among them need none. */
  static NumberedTasks build(List<? extends Input<?>> roots, LateInputs late) {
    TaskGraphBuilder builder = new TaskGraphBuilder(late);
    Object[] results = new Object[roots.size()];
    for (int i = 0; i < results.length; i++) {
      builder.discover(roots.get(i));
      results[i] = builder.found(roots.get(i));
    }
    for (Object result : results) {
      if (result instanceof TaskNode node) {
        node.isResult = true;
      }
    }
    for (TaskNode node : builder.nodes.reversed()) {
      node.reads.forEach(read -> read.priority = Math.max(read.priority, node.priority));
    }
    return new NumberedTasks(builder.nodes, results);
  }

  private Object found(Input<?> input) {
    return input instanceof Input.Given<?>(Object value)
        ? new Value(value)
        : Objects.requireNonNull(found.get(input), "inputs come before those that read them");
  }

  /** A value, so that none is taken for a node, and null is one. */
  record Value(@Nullable Object value) {}

  private void discover(Input<?> root) {
    Deque<Input<?>> stack = new ArrayDeque<>();
    stack.push(root);
    Set<Input<?>> opened = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!stack.isEmpty()) {
      Input<?> input = stack.peek();
      if (input instanceof Input.Given || found.containsKey(input)) {
        stack.pop();
        continue;
      }
      List<? extends Input<?>> needs = needs(input);
      if (opened.add(input)) {
        for (int i = needs.size() - 1; i >= 0; i--) {
          stack.push(needs.get(i));
        }
      } else {
        stack.pop();
        found.put(input, node(input, needs));
      }
    }
  }

  private List<? extends Input<?>> needs(Input<?> input) {
    return switch (input) {
      case Delayed<?> delayed -> delayed.inputs();
      case TaskFuture<?> future -> List.of();
      default -> late.needs(input);
    };
  }

  private TaskNode node(Input<?> input, List<? extends Input<?>> needs) {
    return switch (input) {
      case Delayed<?> delayed
          when delayed.function() instanceof TaskFunction.Same
              && found(delayed.inputs().getFirst()) instanceof TaskNode same ->
          same;
      case Delayed<?> delayed -> call(delayed);
      case TaskFuture<?> future -> add(future.node());
      default -> late(input, needs);
    };
  }

  private TaskNode call(Delayed<?> delayed) {
    Object[] arguments = new Object[delayed.inputs().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = found(delayed.inputs().get(i));
    }
    TaskNode node =
        new TaskNode(
            new TaskNode.Body.Code(delayed.function()),
            delayed.options(),
            delayed.site(),
            arguments);
    if (!delayed.options().pure()) {
      return add(node);
    }
    List<Object> key = new ArrayList<>(List.of(delayed.function()));
    key.addAll(Arrays.asList(arguments));
    TaskNode known = pure.putIfAbsent(key, node);
    return known == null ? add(node) : known;
  }

  /** Waits for an input of another kind. */
  private TaskNode late(Input<?> input, List<? extends Input<?>> needs) {
    LateParts parts = needs.isEmpty() ? together : new LateParts(late, needs);
    return add(
        new TaskNode(
            new TaskNode.Body.Start(parts.starter(input)),
            TaskOptions.named(ARRAY),
            null,
            needs.stream().map(this::found).toArray()));
  }

  private TaskNode add(TaskNode node) {
    Set<TaskNode> reads = new LinkedHashSet<>();
    for (Object argument : node.arguments) {
      if (argument instanceof TaskNode read && reads.add(read)) {
        read.readers++;
        node.reach = Math.max(node.reach, read.reach);
      }
    }
    List<TaskNode> order = new ArrayList<>(reads);
    order.sort(FIRST);
    node.reads = order;
    nodes.add(node);
    return node;
  }
}
