package dev.weft.pictures;

import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.List;

/** What a sheet is drawn on. */
interface Canvas {
  /** Words at a place, no wider than {@code width}; {@code y} is what they stand on. */
  void words(double x, double y, double width, TextStyle style, Anchor anchor, String words);

  /**
   * A box with rounded corners.
   *
   * @param stroke the width of its border
   * @param title what a pointer that rests on it is told; empty for nothing
   */
  void box(Area area, Look look, double stroke, String title);

  /** A line through points with a head at the last one. */
  void arrow(List<Point> points, Ink ink, String title);

  /** A place, in pixels. */
  record Point(double x, double y) {
    Point moved(double dx, double dy) {
      return new Point(x + dx, y + dy);
    }
  }

  /** The colours of a box. */
  record Look(Ink fill, Ink border) {}
}
