package dev.weft.core.picture;

import java.util.List;

/**
 * What is drawn into one file: a title and graphs below each other.
 *
 * @param title what it is a picture of
 * @param panels the graphs, in order
 */
public record Picture(String title, List<Panel> panels) {
  /** Copies the list. */
  public Picture {
    panels = List.copyOf(panels);
  }

  /**
   * One graph.
   *
   * @param heading what it shows
   * @param note a remark, such as that nodes were put together; empty for none
   * @param graph the graph
   */
  public record Panel(String heading, String note, PictureGraph graph) {
    /**
     * A panel of a graph of any size: one of more than {@code most} nodes is {@linkplain
     * GraphSummary summarised}, and the note says so.
     */
    public static Panel of(String heading, PictureGraph graph, int most) {
      if (graph.nodes().size() <= most) {
        return new Panel(heading, "", graph);
      }
      String note =
          "%,d nodes, more than %,d: equal ones are drawn as one"
              .formatted(graph.nodes().size(), most);
      return new Panel(heading, note, GraphSummary.of(graph, most));
    }
  }
}
