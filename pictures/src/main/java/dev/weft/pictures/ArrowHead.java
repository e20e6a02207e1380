package dev.weft.pictures;

import dev.weft.pictures.Canvas.Point;
import java.util.List;

/**
 * The triangle at the end of an arrow.
 *
 * @param tip where it points to
 * @param left a corner
 * @param right the other corner
 * @param base the middle between them, where the line ends
 */
record ArrowHead(Point tip, Point left, Point right, Point base) {
  private static final double LENGTH = 7;
  private static final double HALF_WIDTH = 3.2;

  static ArrowHead at(List<Point> points) {
    Point tip = points.getLast();
    Point from = points.get(points.size() - 2);
    double dx = tip.x() - from.x();
    double dy = tip.y() - from.y();
    double length = Math.max(1e-9, Math.hypot(dx, dy));
    dx /= length;
    dy /= length;
    Point base = tip.moved(-dx * LENGTH, -dy * LENGTH);
    return new ArrowHead(
        tip,
        base.moved(-dy * HALF_WIDTH, dx * HALF_WIDTH),
        base.moved(dy * HALF_WIDTH, -dx * HALF_WIDTH),
        base);
  }
}
