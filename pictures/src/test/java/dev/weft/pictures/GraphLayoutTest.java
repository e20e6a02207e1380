package dev.weft.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import dev.weft.pictures.Canvas.Point;
import dev.weft.pictures.GraphLayout.PlacedArrow;
import dev.weft.pictures.GraphLayout.PlacedBox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where boxes and arrows are, told by their coordinates. */
class GraphLayoutTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30, 150, 500})
  void boxesDoNotOverlapAndArrowsRunForward(int size) {
    for (long seed = 0; seed < 3; seed++) {
      PictureGraph graph = RandomGraphs.of(size, seed);
      GraphLayout layout = GraphLayout.of(graph);

      assertThat(layout.boxes()).hasSize(size);
      assertThat(layout.arrows()).hasSameSizeAs(graph.edges());
      requireApart(layout);
      Map<String, Area> areas = areas(layout);
      boolean down = layout.arrows().stream().allMatch(arrow -> runs(arrow, areas, true));
      for (PlacedArrow arrow : layout.arrows()) {
        assertThat(runs(arrow, areas, down)).describedAs("%s", arrow).isTrue();
      }
    }
  }

  private static void requireApart(GraphLayout layout) {
    List<PlacedBox> boxes = layout.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      Area a = boxes.get(i).area();
      assertThat(a.x()).isNotNegative();
      assertThat(a.right()).isLessThanOrEqualTo(layout.width());
      assertThat(a.bottom()).isLessThanOrEqualTo(layout.height());
      for (int j = 0; j < i; j++) {
        Area b = boxes.get(j).area();
        boolean apart =
            a.right() < b.x() || b.right() < a.x() || a.bottom() < b.y() || b.bottom() < a.y();
        assertThat(apart).describedAs("%s and %s", boxes.get(i), boxes.get(j)).isTrue();
      }
    }
  }

  /** Whether an arrow leaves one box below, or on its right, and comes to the other from before. */
  private static boolean runs(PlacedArrow arrow, Map<String, Area> areas, boolean down) {
    Area from = areas.get(arrow.edge().from());
    Area to = areas.get(arrow.edge().to());
    Point first = arrow.points().getFirst();
    Point last = arrow.points().getLast();
    return down
        ? from.bottom() < to.y()
            && isAt(first.y(), from.bottom())
            && isAt(last.y(), to.y())
            && isWithin(first.x(), from.x(), from.right())
            && isWithin(last.x(), to.x(), to.right())
        : from.right() < to.x()
            && isAt(first.x(), from.right())
            && isAt(last.x(), to.x())
            && isWithin(first.y(), from.y(), from.bottom())
            && isWithin(last.y(), to.y(), to.bottom());
  }

  private static boolean isAt(double value, double wanted) {
    return Math.abs(value - wanted) < 0.01;
  }

  private static boolean isWithin(double value, double low, double high) {
    return value >= low && value <= high;
  }

  private static Map<String, Area> areas(GraphLayout layout) {
    Map<String, Area> areas = new HashMap<>();
    layout.boxes().forEach(box -> areas.put(box.node().id(), box.area()));
    return areas;
  }

  @Test
  void manyChunksOfOneStageAreReadFromLeftToRight() {
    List<PictureNode> nodes =
        new ArrayList<>(List.of(PictureNode.of("sum", "sum", Kind.REDUCTION)));
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      nodes.add(PictureNode.of("c" + i, "(" + i + ")", Kind.ELEMENTWISE));
      edges.add(new Edge("c" + i, "sum", ""));
    }
    GraphLayout layout = GraphLayout.of(new PictureGraph(nodes, edges));

    requireApart(layout);
    assertThat(layout.width()).isLessThan(1000);
    Map<String, Area> areas = areas(layout);
    for (int i = 0; i < 125; i++) {
      assertThat(areas.get("c" + i).right()).isLessThan(areas.get("sum").x());
    }
  }

  @Test
  void aGraphWithoutNodesIsEmpty() {
    GraphLayout layout = GraphLayout.of(new PictureGraph(List.of(), List.of()));

    assertThat(layout.boxes()).isEmpty();
    assertThat(layout.width()).isZero();
  }

  @Test
  void wordsAreCutToTheWidestBox() {
    BoxText text = BoxText.of(PictureNode.of("x", "W".repeat(1000), Kind.SOURCE));

    assertThat(text.label()).endsWith("…").hasSizeLessThan(30);
    assertThat(BoxText.width(text.label(), BoxText.LABEL)).isLessThanOrEqualTo(text.width());
    assertThat(text.width()).isLessThan(270);
  }
}
