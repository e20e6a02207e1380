package dev.weft.pictures;

import dev.weft.core.picture.PictureNode;
import dev.weft.pictures.Canvas.Look;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.ArrayList;
import java.util.List;

/** What the colours and borders of a picture mean, in rows. */
final class Legend {
  private static final TextStyle STYLE = TextStyle.NOTE;
  private static final double ROW = 22;
  private static final double SAMPLE = 16;
  private static final double BETWEEN = 20;
  private static final double THICK = 2.5;

  private final List<Entry> entries = new ArrayList<>();
  private double right;
  private double row;

  private record Entry(
      double x, double row, Look look, double stroke, boolean stack, String text) {}

  /** The legend of a picture with these nodes, in rows of a width. */
  Legend(Palette palette, List<PictureNode> nodes, double width) {
    palette.legend().forEach((name, look) -> add(look, 1, false, name, width));
    if (nodes.stream().anyMatch(PictureNode::result)) {
      add(Palette.PLAIN, THICK, false, "result", width);
    }
    if (nodes.stream().anyMatch(node -> node.count() > 1)) {
      add(Palette.PLAIN, 1, true, "several, with their number", width);
    }
  }

  private void add(Look look, double stroke, boolean stack, String name, double width) {
    String text = TextWidth.fit(name, STYLE.size(), STYLE.isBold(), width - 2 * SAMPLE);
    double wide = SAMPLE + 8 + BoxText.width(text, STYLE) + BETWEEN;
    if (right > 0 && right + wide > width) {
      right = 0;
      row++;
    }
    entries.add(new Entry(right, row, look, stroke, stack, text));
    right += wide;
  }

  /** Pixels from its top to its bottom. */
  double height() {
    return entries.isEmpty() ? 0 : (row + 1) * ROW;
  }

  void draw(Canvas canvas, double x, double y) {
    for (Entry entry : entries) {
      Area sample = new Area(x + entry.x(), y + entry.row() * ROW, SAMPLE, SAMPLE - 4);
      if (entry.stack()) {
        canvas.box(sample.moved(3, 3), entry.look(), 1, "");
      }
      canvas.box(sample, entry.look(), entry.stroke(), "");
      double words = sample.right() + 8;
      double room = BoxText.width(entry.text(), STYLE);
      canvas.words(words, sample.y() + 11, room, STYLE, Anchor.START, entry.text());
    }
  }
}
