package dev.weft.core.picture;

import dev.weft.core.error.InternalException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph that is drawn: what each node reads.
 *
 * <pre>{@code
 * new PictureGraph(
 *     List.of(PictureNode.of("x", "x.npy", SOURCE), PictureNode.of("y", "sqrt", ELEMENTWISE)),
 *     List.of(new PictureGraph.Edge("x", "y", "float64 (1000,)")));
 * }</pre>
 *
 * @param nodes each with its own id
 * @param edges between nodes that are there
 */
public record PictureGraph(List<PictureNode> nodes, List<Edge> edges) {
  /**
   * An arrow.
   *
   * @param from id of the node whose result is read
   * @param to id of the node that reads it
   * @param text what a pointer that rests on the arrow is told; empty for nothing
   */
  public record Edge(String from, String to, String text) {}

  /** Copies the lists, and checks that edges end at nodes. */
  public PictureGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    Set<String> ids = new HashSet<>();
    for (PictureNode node : nodes) {
      if (!ids.add(node.id())) {
        throw new InternalException("a picture has two nodes with the id '" + node.id() + "'");
      }
    }
    for (Edge edge : edges) {
      if (!ids.contains(edge.from()) || !ids.contains(edge.to())) {
        throw new InternalException(
            "a picture's edge from '%s' to '%s' has no node at an end"
                .formatted(edge.from(), edge.to()));
      }
    }
  }
}
