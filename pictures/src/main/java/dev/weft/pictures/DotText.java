package dev.weft.pictures;

import dev.weft.core.picture.Picture;
import dev.weft.core.picture.Picture.Panel;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.pictures.Canvas.Look;
import java.util.List;

/** A picture in the language of Graphviz: a cluster for each graph, without a layout. */
final class DotText {
  private final StringBuilder text = new StringBuilder();
  private final Palette palette;

  private DotText(Palette palette) {
    this.palette = palette;
  }

  /** The text of the file. */
  static String of(Picture picture, Color color) {
    List<PictureNode> nodes =
        picture.panels().stream().flatMap(panel -> panel.graph().nodes().stream()).toList();
    DotText dot = new DotText(new Palette(color, nodes));
    dot.line("digraph weft {");
    dot.line("  graph [label=%s, labelloc=t, fontname=\"sans-serif\"]", quoted(picture.title()));
    dot.line("  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11]");
    dot.line("  edge [color=\"%s\"]", Palette.ARROW.light());
    for (int i = 0; i < picture.panels().size(); i++) {
      dot.panel(i, picture.panels().get(i));
    }
    dot.line("}");
    return dot.text.toString();
  }

  private void panel(int number, Panel panel) {
    String heading = panel.note().isEmpty() ? "" : "\n" + panel.note();
    line("  subgraph cluster_%d {", number);
    line("    label=%s", quoted(panel.heading() + heading));
    for (PictureNode node : panel.graph().nodes()) {
      Look look = palette.look(node);
      String label = node.detail().isEmpty() ? node.label() : node.label() + "\n" + node.detail();
      line(
          "    %s [label=%s, fillcolor=\"%s\", color=\"%s\", penwidth=%s, tooltip=%s]",
          id(number, node.id()),
          quoted(label),
          look.fill().light(),
          look.border().light(),
          node.result() ? "2.5" : "1",
          quoted(Tooltip.of(node)));
    }
    for (PictureGraph.Edge edge : panel.graph().edges()) {
      line(
          "    %s -> %s [tooltip=%s]",
          id(number, edge.from()), id(number, edge.to()), quoted(edge.text()));
    }
    line("  }");
  }

  private static String id(int panel, String node) {
    return quoted(panel + ":" + node);
  }

  /** A string of DOT: quotes and backslashes escaped, new lines written out. */
  private static String quoted(String words) {
    StringBuilder quoted = new StringBuilder("\"");
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.appendCodePoint(c < ' ' ? ' ' : c);
              }
            });
    return quoted.append('"').toString();
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
