package dev.weft.core.task;

import dev.weft.core.picture.Picture;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The graph of a computation of tasks, to be drawn. */
public final class TaskPicture {
  private TaskPicture() {}

  /**
   * What would run for these inputs; nothing does.
   *
   * @param most graphs of more nodes are summarised
   */
  public static Picture of(List<? extends Input<?>> wanted, LateInputs late, int most) {
    NumberedTasks tasks = TaskGraphBuilder.build(wanted, late);
    List<PictureNode> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int task = 0; task < tasks.tasks(); task++) {
      TaskNode node = tasks.node(task);
      nodes.add(node(node));
      node.reads.forEach(read -> edges.add(new Edge(id(read), id(node), "")));
    }
    PictureGraph graph = new PictureGraph(nodes, edges);
    return new Picture("", List.of(Picture.Panel.of("tasks", graph, most)));
  }

  private static String id(TaskNode node) {
    return "t" + node.number;
  }

  private static Kind kind(TaskNode node) {
    if (node.site != null) {
      return Kind.USER;
    }
    boolean array = node.options.name().equals(TaskGraphBuilder.ARRAY);
    // What else no line has made is a future, whose work is not part of this graph.
    return array ? Kind.ARRAY : Kind.SOURCE;
  }

  private static PictureNode node(TaskNode node) {
    TaskOptions options = node.options;
    PictureNode drawn = PictureNode.of(id(node), options.name(), kind(node));
    if (node.site != null) {
      drawn = drawn.withFact("made at", node.site);
    }
    if (options.pure()) {
      drawn = drawn.withFact("pure", "equal calls run once");
    }
    if (options.retries() > 0) {
      drawn = drawn.withFact("retries", String.valueOf(options.retries()));
    }
    if (options.priority() != 0) {
      drawn = drawn.withFact("priority", String.valueOf(options.priority()));
    }
    if (!options.cost().equals(Duration.ZERO)) {
      drawn = drawn.withFact("cost", options.cost().toString());
    }
    if (options.blocking()) {
      drawn = drawn.withFact("waits", "on a virtual thread");
    }
    return node.isResult ? drawn.asResult() : drawn;
  }
}
