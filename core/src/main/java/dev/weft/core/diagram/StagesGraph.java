package dev.weft.core.diagram;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Stages as a graph: a node for each, and for each source; edges are arrays in memory. */
public final class StagesGraph {
  private final StageNodes boxes;
  private final List<PictureNode> nodes = new ArrayList<>();
  private final Map<Integer, Set<String>> makers = new HashMap<>();
  private final Map<String, Edge> edges = new LinkedHashMap<>();

  private StagesGraph(StageNodes boxes) {
    this.boxes = boxes;
  }

  /**
   * The graph of all stages.
   *
   * @param device where the tasks of a stage run
   */
  public static PictureGraph of(StageGraph stages, Function<Stage, String> device) {
    StagesGraph graph = new StagesGraph(new StageNodes(device));
    Set<Integer> results = new LinkedHashSet<>();
    for (ArrayDef result : stages.results()) {
      results.add(base(result).id());
    }
    for (Stage stage : stages.stages()) {
      graph.add(stage, results);
    }
    return new PictureGraph(graph.nodes, List.copyOf(graph.edges.values()));
  }

  private static ArrayDef base(ArrayDef array) {
    return array.alias() == null ? array : array.alias();
  }

  private void add(Stage stage, Set<Integer> results) {
    String id = "s" + stage.id();
    PictureNode node = boxes.stage(id, stage);
    boolean last =
        stage.work() instanceof Stage.Work.Write
            || stage.outputs().stream().anyMatch(o -> results.contains(base(o.array()).id()));
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray read) {
        reads(id, base(read.array()));
      }
    }
    nodes.add(last ? node.asResult() : node);
    for (Stage.Output output : stage.outputs()) {
      makers.computeIfAbsent(base(output.array()).id(), a -> new LinkedHashSet<>()).add(id);
    }
  }

  private void reads(String reader, ArrayDef array) {
    Set<String> from = makers.computeIfAbsent(array.id(), a -> new LinkedHashSet<>());
    if (from.isEmpty()) {
      String id = "a" + array.id();
      nodes.add(boxes.source(id, array));
      from.add(id);
    }
    for (String maker : from) {
      if (!maker.equals(reader)) {
        String text = array.label() + ": " + ArrayFacts.detail(array.dtype(), array.grid());
        edges.putIfAbsent(maker + " " + reader, new Edge(maker, reader, text));
      }
    }
  }
}
