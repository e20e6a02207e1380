package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Pixels that the JDK decodes. Nothing else names its classes, since they may not be there. */
final class Pixels {
  private Pixels() {}

  /**
   * Decodes the first image of a file.
   *
   * @param format as ImageIO calls it
   * @param begin stands for the first bytes of the file
   * @param bytes the file, mapped
   * @param coloured whether the colours of a palette are wanted, not its indices
   * @param target for the elements, dense and in C order
   */
  static void decode(
      String format,
      byte[] begin,
      MemorySegment bytes,
      Picture picture,
      boolean coloured,
      int scale,
      MemorySegment target)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new NoClassDefFoundError("ImageIO has no reader of " + format);
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(new SegmentInput(begin, bytes), false, true);
      BufferedImage image = reader.read(0);
      Raster raster = image.getRaster();
      if (raster.getHeight() != picture.height() || raster.getWidth() != picture.width()) {
        throw new IOException(
            "it has %,d x %,d pixels, not %,d x %,d"
                .formatted(
                    raster.getHeight(), raster.getWidth(), picture.height(), picture.width()));
      }
      if (coloured && image.getColorModel() instanceof IndexColorModel palette) {
        colours(raster, palette, picture, target);
      } else if (raster.getNumBands() < picture.channels()) {
        throw new IOException("it has %,d channels".formatted(raster.getNumBands()));
      } else {
        samples(raster, picture, scale, target);
      }
    } finally {
      reader.dispose();
    }
  }

  private static void colours(
      Raster raster, IndexColorModel palette, Picture picture, MemorySegment target) {
    int width = (int) picture.width();
    int[] row = new int[width];
    long at = 0;
    for (int y = 0; y < picture.height(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int colour = palette.getRGB(row[x]);
        target.set(ValueLayout.JAVA_BYTE, at++, (byte) (colour >> 16));
        target.set(ValueLayout.JAVA_BYTE, at++, (byte) (colour >> 8));
        target.set(ValueLayout.JAVA_BYTE, at++, (byte) colour);
        if (picture.channels() == 4) {
          target.set(ValueLayout.JAVA_BYTE, at++, (byte) (colour >>> 24));
        }
      }
    }
  }

  private static void samples(Raster raster, Picture picture, int scale, MemorySegment target) {
    int width = (int) picture.width();
    int bands = raster.getNumBands();
    boolean isFloat = picture.dtype() == DType.FLOAT32;
    int[] whole = isFloat ? new int[0] : new int[width * bands];
    float[] broken = isFloat ? new float[width * bands] : new float[0];
    long at = 0;
    for (int y = 0; y < picture.height(); y++) {
      if (isFloat) {
        raster.getPixels(0, y, width, 1, broken);
      } else {
        raster.getPixels(0, y, width, 1, whole);
      }
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < picture.channels(); channel++, at++) {
          int i = x * bands + channel;
          switch (picture.dtype().itemSize()) {
            case Byte.BYTES -> target.set(ValueLayout.JAVA_BYTE, at, (byte) (whole[i] * scale));
            case Short.BYTES ->
                target.set(ValueLayout.JAVA_SHORT_UNALIGNED, Short.BYTES * at, (short) whole[i]);
            default -> target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, Float.BYTES * at, broken[i]);
          }
        }
      }
    }
  }
}
