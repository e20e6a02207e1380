package dev.weft.pictures;

import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureNode;
import dev.weft.pictures.Canvas.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * A graph in layers: what is read above what reads it, boxes beside each other without overlap.
 *
 * @param boxes a box for each node, in the order of the nodes
 * @param arrows an arrow for each edge, in the order of the edges
 * @param width in pixels
 * @param height in pixels
 */
record GraphLayout(List<PlacedBox> boxes, List<PlacedArrow> arrows, double width, double height) {
  /** A node and where it is. */
  record PlacedBox(PictureNode node, BoxText text, Area area) {}

  /** An edge and the points that it goes through. */
  record PlacedArrow(PictureGraph.Edge edge, List<Point> points) {}

  /** More arrows at one box come straight: in rows along the axes they would be one dark area. */
  private static final int MOST_ORTHOGONAL = 12;

  /** Boxes of more nodes are placed by a faster way, with more bends in their arrows. */
  private static final int MOST_BALANCED = 200;

  /** Graphs that are wider are better read from left to right. */
  private static final double WIDE = 1600;

  /** Room for the border of a result. */
  private static final double PADDING = 3;

  private static final double BESIDE = 18;
  private static final double BELOW = 34;

  /** How wide unconnected parts may be together, for their height. */
  private static final double ASPECT = 1.6;

  /**
   * Lays a graph out; the same graph always in the same way. What reads stands below what is read,
   * or right of it where that would be much too wide, as with many chunks of few stages.
   */
  static GraphLayout of(PictureGraph graph) {
    GraphLayout down = of(graph, Direction.DOWN);
    if (down.width() <= WIDE || down.width() <= down.height()) {
      return down;
    }
    GraphLayout right = of(graph, Direction.RIGHT);
    return right.width() < down.width() ? right : down;
  }

  private static GraphLayout of(PictureGraph graph, Direction direction) {
    ElkNode root = root(graph, direction);
    Map<String, ElkNode> nodes = new HashMap<>();
    List<BoxText> texts = new ArrayList<>();
    for (PictureNode node : graph.nodes()) {
      BoxText text = BoxText.of(node);
      ElkNode box = ElkGraphUtil.createNode(root);
      box.setDimensions(text.width(), text.height());
      nodes.put(node.id(), box);
      texts.add(text);
    }
    List<ElkEdge> edges = new ArrayList<>();
    for (PictureGraph.Edge edge : graph.edges()) {
      edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(edge.from()), nodes.get(edge.to())));
    }
    if (!texts.isEmpty()) {
      // Asking for it makes ELK's types known to ELK.
      LayoutMetaDataService.getInstance();
      new LayeredLayoutProvider().layout(root, new BasicProgressMonitor());
    }
    List<PlacedBox> boxes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      ElkNode box = root.getChildren().get(i);
      Area area = new Area(box.getX(), box.getY(), box.getWidth(), box.getHeight());
      boxes.add(new PlacedBox(graph.nodes().get(i), texts.get(i), area));
    }
    List<PlacedArrow> arrows = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      arrows.add(new PlacedArrow(graph.edges().get(i), points(edges.get(i))));
    }
    return new GraphLayout(boxes, arrows, root.getWidth(), root.getHeight());
  }

  private static ElkNode root(PictureGraph graph, Direction direction) {
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(CoreOptions.DIRECTION, direction);
    root.setProperty(CoreOptions.EDGE_ROUTING, routing(graph));
    root.setProperty(CoreOptions.PADDING, new ElkPadding(PADDING));
    root.setProperty(
        LayeredOptions.SPACING_NODE_NODE, direction == Direction.DOWN ? BESIDE : BESIDE / 2);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BELOW);
    root.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, BESIDE);
    root.setProperty(LayeredOptions.ASPECT_RATIO, ASPECT);
    root.setProperty(
        LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
    // Not Brandes and Köpf's, ELK's standard: of some graphs with 500 nodes it leaves boxes that
    // overlap.
    root.setProperty(
        LayeredOptions.NODE_PLACEMENT_STRATEGY,
        graph.nodes().size() > MOST_BALANCED
            ? NodePlacementStrategy.LINEAR_SEGMENTS
            : NodePlacementStrategy.NETWORK_SIMPLEX);
    root.setProperty(LayeredOptions.RANDOM_SEED, 1);
    return root;
  }

  private static EdgeRouting routing(PictureGraph graph) {
    Map<String, Integer> arrows = new HashMap<>();
    for (PictureGraph.Edge edge : graph.edges()) {
      arrows.merge("from " + edge.from(), 1, Integer::sum);
      arrows.merge("to " + edge.to(), 1, Integer::sum);
    }
    int most = arrows.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return most > MOST_ORTHOGONAL ? EdgeRouting.POLYLINE : EdgeRouting.ORTHOGONAL;
  }

  private static List<Point> points(ElkEdge edge) {
    List<Point> points = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      points.add(new Point(section.getStartX(), section.getStartY()));
      section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
      points.add(new Point(section.getEndX(), section.getEndY()));
    }
    return points;
  }
}
