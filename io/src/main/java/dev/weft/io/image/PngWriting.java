package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.WholeTarget;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images that the JDK encodes. */
final class PngWriting {
  private PngWriting() {}

  static void write(DType dtype, Shape shape, MemorySegment elements, WholeTarget.Bytes to)
      throws IOException {
    int height = Math.toIntExact(shape.extent(0));
    int width = Math.toIntExact(shape.extent(1));
    int channels = shape.rank() == 2 ? 1 : (int) shape.extent(2);
    boolean isByte = dtype == DType.UINT8;
    DataBuffer data;
    if (isByte) {
      byte[] bytes = elements.toArray(ValueLayout.JAVA_BYTE);
      data = new DataBufferByte(bytes, bytes.length);
    } else {
      short[] shorts = elements.toArray(ValueLayout.JAVA_SHORT);
      data = new DataBufferUShort(shorts, shorts.length);
    }
    int[] offsets = new int[channels];
    for (int channel = 0; channel < channels; channel++) {
      offsets[channel] = channel;
    }
    WritableRaster raster =
        Raster.createInterleavedRaster(
            data, width, height, width * channels, channels, offsets, null);
    boolean hasAlpha = channels == 4;
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            hasAlpha,
            false,
            hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            isByte ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(new BufferedImage(model, raster, false, null));
    } finally {
      writer.dispose();
    }
    to.append(bytes.toByteArray());
  }
}
