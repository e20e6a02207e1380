package dev.weft.pictures;

import dev.weft.core.picture.Picture;
import dev.weft.core.picture.Picture.Panel;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.pictures.Canvas.Look;
import dev.weft.pictures.Canvas.Point;
import dev.weft.pictures.GraphLayout.PlacedArrow;
import dev.weft.pictures.GraphLayout.PlacedBox;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.ArrayList;
import java.util.List;

/** A picture with all of its graphs laid out: how big it is, and what is where. */
final class Sheet {
  private static final double MARGIN = 24;
  private static final double HEAD = 50;
  private static final double BETWEEN = 36;

  /** Panels stand beside each other as far as they fit into this. */
  private static final double WIDTH = 1200;

  private static final double NARROWEST = 560;
  private static final double STACK = 4;

  private final Picture picture;
  private final Palette palette;
  private final List<PlacedPanel> panels = new ArrayList<>();
  private final Legend legend;
  private final double legendTop;
  private double width = NARROWEST;
  private double height = HEAD;

  private record PlacedPanel(Panel panel, GraphLayout layout, double x, double y) {}

  /** Lays the picture out. */
  Sheet(Picture picture, Color color) {
    this.picture = picture;
    List<PictureNode> nodes =
        picture.panels().stream().flatMap(panel -> panel.graph().nodes().stream()).toList();
    this.palette = new Palette(color, nodes);
    double x = MARGIN;
    double row = HEAD + MARGIN;
    for (Panel panel : picture.panels()) {
      GraphLayout layout = GraphLayout.of(panel.graph());
      double wide = Math.max(layout.width(), Math.max(heading(panel), note(panel))) + STACK;
      if (x > MARGIN && x + wide > WIDTH) {
        x = MARGIN;
        row = height + BETWEEN;
      }
      panels.add(new PlacedPanel(panel, layout, x, row));
      x += wide + BETWEEN;
      width = Math.max(width, x - BETWEEN + MARGIN);
      height = Math.max(height, row + head(panel) + layout.height() + STACK);
    }
    width = Math.ceil(Math.max(width, BoxText.width(title(), TextStyle.TITLE) + 2 * MARGIN));
    legend = new Legend(palette, nodes, width - 2 * MARGIN);
    legendTop = height + BETWEEN;
    height = Math.ceil(legendTop + legend.height() + MARGIN);
  }

  /** Pixels from the top of a panel to its graph. */
  private static double head(Panel panel) {
    return panel.note().isEmpty() ? 18 : 36;
  }

  private static double heading(Panel panel) {
    return BoxText.width(panel.heading(), TextStyle.PART);
  }

  private static double note(Panel panel) {
    return BoxText.width(panel.note(), TextStyle.NOTE);
  }

  /** Pixels from left to right. */
  int width() {
    return (int) width;
  }

  /** Pixels from top to bottom. */
  int height() {
    return (int) height;
  }

  String title() {
    return TextWidth.fit(picture.title(), TextStyle.TITLE.size(), true, WIDTH);
  }

  /** Draws everything but the paper. */
  void draw(Canvas canvas) {
    canvas.words(MARGIN, MARGIN + 14, width - 2 * MARGIN, TextStyle.TITLE, Anchor.START, title());
    for (PlacedPanel placed : panels) {
      Panel panel = placed.panel();
      canvas.words(
          placed.x(), placed.y() - 2, width, TextStyle.PART, Anchor.START, panel.heading());
      canvas.words(placed.x(), placed.y() + 15, width, TextStyle.NOTE, Anchor.START, panel.note());
      graph(canvas, placed.layout(), placed.x(), placed.y() + head(panel));
    }
    legend.draw(canvas, MARGIN, legendTop);
  }

  private void graph(Canvas canvas, GraphLayout layout, double dx, double dy) {
    for (PlacedArrow arrow : layout.arrows()) {
      List<Point> points = arrow.points().stream().map(point -> point.moved(dx, dy)).toList();
      canvas.arrow(points, Palette.ARROW, arrow.edge().text());
    }
    for (PlacedBox box : layout.boxes()) {
      box(canvas, box, box.area().moved(dx, dy));
    }
  }

  private void box(Canvas canvas, PlacedBox box, Area area) {
    PictureNode node = box.node();
    Look look = palette.look(node);
    if (node.count() > 1) {
      canvas.box(area.moved(STACK, STACK), look, 1, "");
    }
    canvas.box(area, look, node.result() ? 2.5 : 1, Tooltip.of(node));
    BoxText text = box.text();
    double room = area.width() - BoxText.PAD;
    double middle = area.x() + area.width() / 2;
    canvas.words(middle, area.y() + 17, room, BoxText.LABEL, Anchor.MIDDLE, text.label());
    canvas.words(middle, area.y() + 33, room, BoxText.DETAIL, Anchor.MIDDLE, text.detail());
  }
}
