package dev.weft.pictures;

import dev.weft.core.error.DeviceException;
import dev.weft.core.picture.Picture;
import dev.weft.core.picture.PictureDrawer;
import dev.weft.core.picture.PictureFormat;
import dev.weft.core.picture.PictureOptions;
import java.nio.charset.StandardCharsets;

/**
 * Draws graphs as SVG, PNG and DOT. The same picture gives the same SVG and DOT everywhere; the
 * letters of PNG are those of the machine's fonts.
 */
public final class GraphPictures implements PictureDrawer {
  /** For {@link java.util.ServiceLoader}. */
  public GraphPictures() {}

  @Override
  public byte[] draw(Picture picture, PictureFormat format, PictureOptions options) {
    return switch (format) {
      case SVG ->
          SvgCanvas.draw(new Sheet(picture, options.color())).getBytes(StandardCharsets.UTF_8);
      case PNG -> png(new Sheet(picture, options.color()));
      case DOT -> DotText.of(picture, options.color()).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] png(Sheet sheet) {
    try {
      return PngCanvas.draw(sheet);
    } catch (LinkageError e) {
      // A Java that was linked without java.desktop, as that of bundles is. An Error of the JDK's
      // drawing is a LinkageError too, when its fonts cannot be set up.
      throw unable(e);
    }
  }

  /** What is told where the JDK cannot draw. */
  static DeviceException unable(Throwable cause) {
    return new DeviceException(
        "this Java cannot draw pixels (%s): install a font such as fonts-dejavu-core, run it with -Djava.awt.headless=true, use one with the module java.desktop, or write .svg, which needs none of that"
            .formatted(cause),
        cause);
  }
}
