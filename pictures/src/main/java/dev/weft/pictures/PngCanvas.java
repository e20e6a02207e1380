package dev.weft.pictures;

import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A sheet as pixels, drawn by the JDK: two for one of the sheet, fewer where it is big. */
final class PngCanvas implements Canvas {
  /** Pixels of the biggest picture; it takes 4 bytes of memory for each while it is drawn. */
  static final double MOST_PIXELS = 40e6;

  private static final double SHARP = 2;
  private static final double ROUND = 10;

  private final Graphics2D graphics;

  private PngCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /**
   * The bytes of the file.
   *
   * @throws dev.weft.core.error.DeviceException where the JDK cannot draw, for instance since it
   *     finds no fonts
   * @throws LinkageError where it has no module java.desktop
   */
  static byte[] draw(Sheet sheet) {
    try {
      BufferedImage image = image(sheet);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException | RuntimeException | InternalError | AWTError e) {
      throw GraphPictures.unable(e);
    }
  }

  /** Pixels for one of a sheet of this size. */
  static double scale(int width, int height) {
    return Math.min(SHARP, Math.sqrt(MOST_PIXELS / Math.max(1.0, (double) width * height)));
  }

  private static BufferedImage image(Sheet sheet) {
    double scale = scale(sheet.width(), sheet.height());
    int width = (int) Math.max(1, Math.round(sheet.width() * scale));
    int height = (int) Math.max(1, Math.round(sheet.height() * scale));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setColor(color(Ink.PAPER));
      graphics.fillRect(0, 0, width, height);
      graphics.scale(scale, scale);
      sheet.draw(new PngCanvas(graphics));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static Color color(Ink ink) {
    return Color.decode(ink.light());
  }

  @Override
  public void words(
      double x, double y, double width, TextStyle style, Anchor anchor, String words) {
    Font font =
        new Font(Font.SANS_SERIF, style.isBold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) style.size());
    double wide = font.getStringBounds(words, graphics.getFontRenderContext()).getWidth();
    if (wide > width) {
      // A wider font than was measured with: narrower letters stay in their box.
      font = font.deriveFont(AffineTransform.getScaleInstance(width / wide, 1));
      wide = width;
    }
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - wide / 2;
          case END -> x - wide;
        };
    graphics.setFont(font);
    graphics.setColor(color(style.ink()));
    graphics.drawString(words, (float) left, (float) y);
  }

  @Override
  public void box(Area area, Look look, double stroke, String title) {
    RoundRectangle2D shape =
        new RoundRectangle2D.Double(area.x(), area.y(), area.width(), area.height(), ROUND, ROUND);
    graphics.setColor(color(look.fill()));
    graphics.fill(shape);
    graphics.setStroke(new BasicStroke((float) stroke));
    graphics.setColor(color(look.border()));
    graphics.draw(shape);
  }

  @Override
  public void arrow(List<Point> points, Ink ink, String title) {
    ArrowHead head = ArrowHead.at(points);
    Path2D line = new Path2D.Double();
    line.moveTo(points.getFirst().x(), points.getFirst().y());
    for (Point point : points.subList(1, points.size() - 1)) {
      line.lineTo(point.x(), point.y());
    }
    line.lineTo(head.base().x(), head.base().y());
    graphics.setColor(color(ink));
    graphics.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    graphics.draw(line);
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(head.tip().x(), head.tip().y());
    triangle.lineTo(head.left().x(), head.left().y());
    triangle.lineTo(head.right().x(), head.right().y());
    triangle.closePath();
    graphics.fill(triangle);
  }
}
