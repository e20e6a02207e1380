package dev.weft.core.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A big graph in few nodes: those of equal kind, device and label become one with their count, or
 * those of equal kind and device where labels are too many. Groups may read each other in a circle.
 */
public final class GraphSummary {
  private GraphSummary() {}

  /** The graph in at most {@code most} nodes, if its kinds and devices are no more than that. */
  public static PictureGraph of(PictureGraph graph, int most) {
    PictureGraph byLabel = grouped(graph, PictureNode::label);
    return byLabel.nodes().size() <= most
        ? byLabel
        : grouped(graph, node -> "all of kind: " + node.kind().text());
  }

  private record Group(PictureNode.Kind kind, String device, String label) {}

  private static PictureGraph grouped(PictureGraph graph, Function<PictureNode, String> label) {
    Map<Group, PictureNode> groups = new LinkedHashMap<>();
    Map<String, String> ids = new HashMap<>();
    for (PictureNode node : graph.nodes()) {
      String device = node.device() == null ? "" : node.device();
      Group group = new Group(node.kind(), device, label.apply(node));
      PictureNode known = groups.get(group);
      PictureNode joined = known == null ? first(node, group) : known.withCount(sum(known, node));
      groups.put(group, node.result() ? joined.asResult() : joined);
      ids.put(node.id(), joined.id());
    }
    Set<PictureGraph.Edge> edges = new LinkedHashSet<>();
    for (PictureGraph.Edge edge : graph.edges()) {
      String from = ids.getOrDefault(edge.from(), edge.from());
      String to = ids.getOrDefault(edge.to(), edge.to());
      if (!from.equals(to)) {
        edges.add(new PictureGraph.Edge(from, to, ""));
      }
    }
    List<PictureNode> nodes = new ArrayList<>();
    groups.values().forEach(node -> nodes.add(node.withDetail("× %,d".formatted(node.count()))));
    return new PictureGraph(nodes, List.copyOf(edges));
  }

  private static PictureNode first(PictureNode node, Group group) {
    return PictureNode.of(node.id(), group.label(), node.kind())
        .withDevice(node.device())
        .withCount(node.count());
  }

  private static long sum(PictureNode a, PictureNode b) {
    return a.count() + b.count();
  }
}
