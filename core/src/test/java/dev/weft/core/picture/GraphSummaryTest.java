package dev.weft.core.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.core.error.InternalException;
import dev.weft.core.error.UsageException;
import dev.weft.core.picture.Picture.Panel;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphSummaryTest {
  /** A chain that increments and doubles in turn: inc, double, inc, double. */
  private static PictureGraph chain(int length, boolean numbered) {
    List<PictureNode> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String label = (i % 2 == 0 ? "inc" : "double") + (numbered ? i : "");
      PictureNode node = PictureNode.of("n" + i, label, i % 2 == 0 ? Kind.USER : Kind.VIEW);
      nodes.add(i == length - 1 ? node.asResult() : node);
      if (i > 0) {
        edges.add(new Edge("n" + (i - 1), "n" + i, ""));
      }
    }
    return new PictureGraph(nodes, edges);
  }

  @Test
  void equalNodesBecomeOneWithTheirCount() {
    PictureGraph summary = GraphSummary.of(chain(101, false), 10);

    assertThat(summary.nodes())
        .extracting(
            PictureNode::label, PictureNode::detail, PictureNode::count, PictureNode::result)
        .containsExactly(tuple("inc", "× 51", 51L, true), tuple("double", "× 50", 50L, false));
    assertThat(summary.edges()).containsExactly(new Edge("n0", "n1", ""), new Edge("n1", "n0", ""));
  }

  @Test
  void manyLabelsAreJoinedByKind() {
    PictureGraph summary = GraphSummary.of(chain(100, true), 10);

    assertThat(summary.nodes())
        .extracting(PictureNode::label)
        .containsExactly("all of kind: user code", "all of kind: view, rechunk");
  }

  @Test
  void aPanelSaysThatItIsSummarised() {
    assertThat(Panel.of("Tasks", chain(10, false), 10).note()).isEmpty();
    assertThat(Panel.of("Tasks", chain(1001, false), 10).note())
        .isEqualTo("1,001 nodes, more than 10: equal ones are drawn as one");
  }

  @Test
  void edgesEndAtNodesAndIdsAreDifferent() {
    PictureNode node = PictureNode.of("a", "a", Kind.USER);
    assertThatThrownBy(() -> new PictureGraph(List.of(node), List.of(new Edge("a", "b", ""))))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("edge from 'a' to 'b'");
    assertThatThrownBy(() -> new PictureGraph(List.of(node, node), List.of()))
        .isInstanceOf(InternalException.class)
        .hasMessageContaining("two nodes with the id 'a'");
  }

  @Test
  void aPictureHasRoomForANode() {
    assertThatThrownBy(() -> PictureOptions.defaults().withMostNodes(0))
        .isInstanceOf(UsageException.class)
        .hasMessage("a picture of at most 0 nodes was asked for; it must be 1 or more");
  }
}
