package dev.weft.core.diagram;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tasks of a small plan as a graph: a node for each, and for each chunk of a source. */
public final class TasksGraph {
  /** With more tasks boxes have room for the chunk only. */
  private static final int MOST_NAMED = 40;

  private final Plan plan;
  private final StageNodes boxes;
  private final Map<String, PictureNode> nodes = new LinkedHashMap<>();
  private final Map<String, Edge> edges = new LinkedHashMap<>();

  private TasksGraph(Plan plan, StageNodes boxes) {
    this.plan = plan;
    this.boxes = boxes;
  }

  /**
   * The graph of all tasks, which are listed: the caller has made sure that they are few.
   *
   * @param device where the tasks of a stage run
   */
  public static PictureGraph of(Plan plan, Function<Stage, String> device) {
    TasksGraph graph = new TasksGraph(plan, new StageNodes(device));
    for (Stage stage : plan.graph().stages()) {
      for (long chunk = 0; chunk < plan.chunks(stage.id()); chunk++) {
        graph.add(stage, chunk);
      }
    }
    return new PictureGraph(List.copyOf(graph.nodes.values()), List.copyOf(graph.edges.values()));
  }

  private static String id(int stage, long chunk) {
    return "s" + stage + "c" + chunk;
  }

  private boolean isNamed() {
    return plan.tasks() <= MOST_NAMED;
  }

  private void add(Stage stage, long chunk) {
    String id = id(stage.id(), chunk);
    List<ArrayDef> arrays = plan.graph().arrays();
    plan.sources(stage.id(), chunk, (array, part) -> source(arrays.get(array), part, id));
    PictureNode node = boxes.task(id, stage, chunk, isNamed());
    nodes.put(id, plan.finalStages().contains(stage.id()) ? node.asResult() : node);
    plan.reads(
        stage.id(),
        chunk,
        (array, part) -> made(arrays.get(array), part, id),
        array -> all(array, id));
  }

  private void source(ArrayDef array, long chunk, String reader) {
    String id = "a" + array.id() + "c" + chunk;
    nodes.computeIfAbsent(id, key -> boxes.sourceChunk(key, array, chunk, isNamed()));
    edge(id, reader, array);
  }

  private void made(ArrayDef array, long chunk, String reader) {
    plan.producer(array, chunk, (stage, task) -> edge(id(stage, task), reader, array));
  }

  /** A dense array under another shape: every task that writes it may be needed. */
  private void all(ArrayDef shown, String reader) {
    ArrayDef array = shown.alias() == null ? shown : shown.alias();
    for (long chunk = 0; chunk < array.grid().count(); chunk++) {
      made(array, chunk, reader);
    }
  }

  private void edge(String from, String to, ArrayDef array) {
    if (!from.equals(to)) {
      edges.putIfAbsent(from + " " + to, new Edge(from, to, array.label()));
    }
  }
}
