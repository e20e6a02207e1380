package dev.weft.pictures;

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
      case PNG -> PngCanvas.draw(new Sheet(picture, options.color()));
      case DOT -> DotText.of(picture, options.color()).getBytes(StandardCharsets.UTF_8);
    };
  }
}
