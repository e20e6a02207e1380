package dev.weft.core.task;

import dev.weft.core.event.JobEvent;
import dev.weft.core.schedule.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in the user's Java as numbers. Those of one name are a kind; each makes one item, its
 * result, which has the number of its task and lies in the JVM's heap.
 */
final class NumberedTasks implements TaskGraph {
  private final TaskNode[] nodes;
  private final Object[] results;
  private final List<String> labels = new ArrayList<>();
  private final boolean[] waiting;
  private final int[] firsts;
  private final List<Integer> finals = new ArrayList<>();

  /** {@code results} are nodes and values, in the order in which they were asked for. */
  NumberedTasks(List<TaskNode> all, Object[] results) {
    this.results = results;
    record Key(String name, boolean waiting) {}
    Map<Key, List<TaskNode>> kinds = new LinkedHashMap<>();
    for (TaskNode node : all) {
      Key key = new Key(node.options.name(), node.isWaiting());
      kinds.computeIfAbsent(key, name -> new ArrayList<>()).add(node);
    }
    this.nodes = new TaskNode[all.size()];
    this.firsts = new int[kinds.size() + 1];
    this.waiting = new boolean[kinds.size()];
    int kind = 0;
    int number = 0;
    for (var entry : kinds.entrySet()) {
      labels.add(entry.getKey().name());
      waiting[kind] = entry.getKey().waiting();
      List<TaskNode> members = entry.getValue();
      members.sort(Comparator.comparingInt(node -> -Math.max(node.priority, node.reach)));
      for (TaskNode node : members) {
        node.number = number;
        nodes[number++] = node;
      }
      if (members.stream().anyMatch(node -> node.isResult)) {
        finals.add(kind);
      }
      kind++;
      firsts[kind] = number;
    }
  }

  TaskNode node(int task) {
    return nodes[task];
  }

  /** The results, of all values by the numbers of their tasks. */
  List<Object> results(Object[] values) {
    List<Object> list = new ArrayList<>(results.length);
    for (Object result : results) {
      list.add(resolve(result, values));
    }
    return list;
  }

  /** The arguments of a task, of all values. */
  Object[] arguments(TaskNode node, Object[] values) {
    Object[] arguments = new Object[node.arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = resolve(node.arguments[i], values);
    }
    return arguments;
  }

  private static Object resolve(Object argument, Object[] values) {
    return switch (argument) {
      case TaskNode node -> values[node.number];
      case TaskGraphBuilder.Value(Object value) -> value;
      default -> argument;
    };
  }

  /** What the kinds are called, for events. */
  List<JobEvent.Kind> described() {
    List<JobEvent.Kind> list = new ArrayList<>();
    for (int kind = 0; kind < kinds(); kind++) {
      list.add(new JobEvent.Kind(labels.get(kind), first(kind + 1) - first(kind)));
    }
    return list;
  }

  /** Which kinds read results of which, for events: at most so many pairs, the first. */
  List<JobEvent.Edge> edges(int most) {
    List<JobEvent.Edge> edges = new ArrayList<>();
    BitSet read = new BitSet();
    for (int kind = 0; kind < kinds() && edges.size() < most; kind++) {
      read.clear();
      for (int task = first(kind); task < first(kind + 1); task++) {
        nodes[task].reads.forEach(node -> read.set(kind(node.number)));
      }
      int to = kind;
      read.stream()
          .limit(most - edges.size())
          .forEach(from -> edges.add(new JobEvent.Edge(from, to)));
    }
    return edges;
  }

  @Override
  public int kinds() {
    return labels.size();
  }

  @Override
  public int first(int kind) {
    return firsts[kind];
  }

  @Override
  public int kind(int task) {
    int at = Arrays.binarySearch(firsts, task);
    return at >= 0 ? at : -at - 2;
  }

  @Override
  public List<Integer> finals() {
    return finals;
  }

  @Override
  public boolean isHostWork(int kind) {
    return true;
  }

  @Override
  public boolean isSlabbed(int kind) {
    return false;
  }

  @Override
  public boolean holdsSlot(int kind) {
    return !waiting[kind];
  }

  @Override
  public @Nullable String device(int kind) {
    return null;
  }

  @Override
  public String label(int kind) {
    return labels.get(kind);
  }

  @Override
  public int items() {
    return nodes.length;
  }

  @Override
  public void reads(int task, IntConsumer visitor) {
    nodes[task].reads.forEach(node -> visitor.accept(node.number));
  }

  @Override
  public void writes(int task, IntConsumer visitor) {
    visitor.accept(task);
  }

  @Override
  public int producer(int item) {
    return item;
  }

  @Override
  public int readers(int item) {
    return nodes[item].readers;
  }

  @Override
  public long bytes(int item) {
    return 0;
  }

  @Override
  public Keeping keeping(int item) {
    return nodes[item].isResult ? Keeping.RESULT : Keeping.PASSING;
  }

  @Override
  public boolean isHostBound(int item) {
    return true;
  }

  @Override
  public long scratch(int task, boolean onHost) {
    return 0;
  }

  @Override
  public long traffic(int task) {
    return 0;
  }

  @Override
  public double additions(int task) {
    return nodes[task].options.cost().toNanos();
  }

  @Override
  public String describe(int item) {
    return "the result of task '%s'".formatted(nodes[item].options.name());
  }
}
