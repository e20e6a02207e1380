package dev.weft.core.diagram;

import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chunk grid as SVG: a box for up to three axes, cut where chunks meet, with the extents at its
 * sides. More axes are several boxes, the last with the last three axes. Of an axis of many chunks
 * some of the cuts are drawn, evenly chosen, and the box is darker.
 */
public final class ChunkDrawing {
  private static final double LONGEST = 120;

  /** A long axis is no more than so many times as long as a short one, so that both are seen. */
  private static final double MOST_RATIO = 8;

  /** More cuts of an axis would be one dark area. */
  private static final int MOST_CUTS = 30;

  private static final double MARGIN = 14;
  private static final double TEXT = 15;
  private static final double GAP = 36;

  /** How far the third axis goes to the right and down, for each unit of its length. */
  private static final double DEPTH_X = 0.45;

  private static final double DEPTH_Y = 0.35;

  private final StringBuilder body = new StringBuilder();
  private double width;
  private double height;

  private ChunkDrawing() {}

  /** The drawing as the text of an SVG file, at most some hundred lines. */
  public static String svg(Chunks grid) {
    ChunkDrawing drawing = new ChunkDrawing();
    double left = MARGIN;
    for (Chunks part : parts(grid)) {
      left = drawing.box(part, left) + GAP;
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" font-family=\"system-ui,sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"chunks %s of shape %s\">%n"
            .formatted(
                number(drawing.width + MARGIN), number(drawing.height + MARGIN), grid, grid.shape())
            .replace(System.lineSeparator(), "\n")
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        + drawing.body
        + "</svg>\n";
  }

  /** The axes three by three, from the end; without axes there is one cell. */
  private static List<Chunks> parts(Chunks grid) {
    List<Chunks> parts = new ArrayList<>();
    for (int end = grid.rank(); end > 0; end -= 3) {
      parts.addFirst(new Chunks(grid.axes().subList(Math.max(0, end - 3), end)));
    }
    return parts.isEmpty() ? List.of(grid) : parts;
  }

  /** Draws up to three axes and returns where they end on the right. */
  private double box(Chunks grid, double left) {
    int rank = grid.rank();
    AxisChunks one = AxisChunks.regular(1, 1);
    AxisChunks deep = rank == 3 ? grid.axis(0) : one;
    AxisChunks down = rank >= 2 ? grid.axis(rank - 2) : one;
    AxisChunks across = rank >= 1 ? grid.axis(rank - 1) : one;
    double longest = longest(grid);
    double depth = rank == 3 ? length(deep, longest) : 0;
    double tall = rank >= 2 ? length(down, longest) : LONGEST / 4;
    double wide = rank >= 1 ? length(across, longest) : LONGEST / 4;
    double dx = depth * DEPTH_X;
    double dy = depth * DEPTH_Y;
    double top = MARGIN + TEXT / 2;
    if (rank == 3) {
      side(left, top, dx, dy, 0, tall, deep, down);
      side(left, top, dx, dy, wide, 0, deep, across);
    }
    side(left + dx, top + dy, wide, 0, 0, tall, across, down);
    double right = left + dx + wide;
    double bottom = top + dy + tall;
    if (rank >= 1) {
      label(left + dx + wide / 2, bottom + TEXT, "middle", across);
    }
    if (rank >= 2) {
      right = label(right + 6, top + dy + tall / 2 + 4, "start", down);
    }
    if (rank == 3) {
      label(left + dx / 2 - 4, top + tall + dy / 2 + TEXT, "end", deep);
    }
    width = Math.max(width, right);
    height = Math.max(height, bottom + TEXT);
    return right;
  }

  /** A parallelogram, cut along both of its sides, u and v. */
  private void side(
      double x, double y, double ux, double uy, double vx, double vy, AxisChunks u, AxisChunks v) {
    boolean many = u.count() > MOST_CUTS || v.count() > MOST_CUTS;
    line(
        "<polygon points=\"%s,%s %s,%s %s,%s %s,%s\" fill=\"%s\" stroke=\"#3a6a8c\" stroke-width=\"1.5\"/>",
        x,
        y,
        x + ux,
        y + uy,
        x + ux + vx,
        y + uy + vy,
        x + vx,
        y + vy,
        many ? "#9cc3dc" : "#cfe3ef");
    for (double at : cuts(u)) {
      cut(x + at * ux, y + at * uy, vx, vy);
    }
    for (double at : cuts(v)) {
      cut(x + at * vx, y + at * vy, ux, uy);
    }
  }

  private void cut(double x, double y, double dx, double dy) {
    line(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#3a6a8c\" stroke-width=\"0.7\"/>",
        x, y, x + dx, y + dy);
  }

  /** Where an axis is cut, as parts of its length; of many cuts only some, evenly chosen. */
  private static List<Double> cuts(AxisChunks axis) {
    List<Double> cuts = new ArrayList<>();
    int step = Math.max(1, (axis.count() + MOST_CUTS - 1) / MOST_CUTS);
    for (long i = step; i < axis.count(); i += step) {
      cuts.add((double) axis.offset((int) i) / Math.max(1, axis.extent()));
    }
    return cuts;
  }

  private static double longest(Chunks grid) {
    return grid.axes().stream().mapToDouble(AxisChunks::extent).max().orElse(1);
  }

  private static double length(AxisChunks axis, double longest) {
    double share = Math.max(axis.extent(), longest / MOST_RATIO) / Math.max(1, longest);
    // Between 1/8 and all of the longest side, by the root: 10 beside 10,000 is still a side.
    return LONGEST * Math.max(1 / MOST_RATIO, Math.sqrt(share));
  }

  private double label(double x, double y, String anchor, AxisChunks axis) {
    String text = String.format(Locale.ROOT, "%,d", axis.extent());
    body.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#1b1b1b\">%s</text>\n"
            .formatted(number(x), number(y), anchor, text));
    return x + text.length() * 7.5;
  }

  private void line(String format, Object... values) {
    Object[] texts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = values[i] instanceof Double value ? number(value) : values[i];
    }
    body.append(format.formatted(texts)).append('\n');
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
