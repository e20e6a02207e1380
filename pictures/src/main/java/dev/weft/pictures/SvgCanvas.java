package dev.weft.pictures;

import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.List;

/** A sheet as SVG text; colours stand in attributes, and follow dark viewers that know how. */
final class SvgCanvas implements Canvas {
  private static final double ROUND = 5;

  private final Markup svg = new Markup();

  private SvgCanvas() {}

  /** The text of the file. */
  static String draw(Sheet sheet) {
    SvgCanvas canvas = new SvgCanvas();
    sheet.draw(canvas);
    return canvas.svg.document(sheet.width(), sheet.height(), "Graph: " + sheet.title());
  }

  @Override
  public void words(
      double x, double y, double width, TextStyle style, Anchor anchor, String words) {
    if (!words.isEmpty()) {
      // Words in a box leave the pointer to the box, which has more to tell.
      svg.line("<g pointer-events=\"none\">").words(x, y, style, anchor, words).line("</g>");
    }
  }

  @Override
  public void box(Area area, Look look, double stroke, String title) {
    String colours =
        "class=\"%s %s-line\" fill=\"%s\" stroke=\"%s\""
            .formatted(
                look.fill().name(),
                look.border().name(),
                look.fill().light(),
                look.border().light());
    svg.fill(look.fill());
    svg.stroke(look.border());
    String frame =
        "<rect %s stroke-width=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\""
            .formatted(
                colours,
                Markup.number(stroke),
                Markup.number(area.x()),
                Markup.number(area.y()),
                Markup.number(area.width()),
                Markup.number(area.height()),
                Markup.number(ROUND));
    svg.line("%s", frame + ended("rect", title));
  }

  @Override
  public void arrow(List<Point> points, Ink ink, String title) {
    ArrowHead head = ArrowHead.at(points);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Point point = i == points.size() - 1 ? head.base() : points.get(i);
      path.append(i == 0 ? "M" : "L").append(text(point));
    }
    String line = "<path %s fill=\"none\" stroke-width=\"1.2\" stroke-linejoin=\"round\" d=\"%s\"";
    svg.line("%s", line.formatted(svg.stroke(ink), path) + ended("path", title));
    svg.line(
        "<path %s d=\"M%sL%sL%sZ\"/>",
        svg.fill(ink), text(head.tip()), text(head.left()), text(head.right()));
  }

  private static String ended(String element, String title) {
    return title.isEmpty()
        ? "/>"
        : "><title>%s</title></%s>".formatted(Markup.escaped(title), element);
  }

  private static String text(Point point) {
    return Markup.number(point.x()) + " " + Markup.number(point.y());
  }
}
