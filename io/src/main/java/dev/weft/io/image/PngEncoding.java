package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.WholeTarget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Arrays of uint8 and uint16 as images: grey, or with three or four channels on the last axis. */
final class PngEncoding implements WholeTarget.Encoding {
  @Override
  public void require(String file, DType dtype, Shape shape) {
    boolean isImage =
        shape.rank() == 2 || shape.rank() == 3 && (shape.extent(2) == 3 || shape.extent(2) == 4);
    if (!isImage || shape.extent(0) == 0 || shape.extent(1) == 0) {
      throw new UsageException(
          "write %s: an array of shape %s is no image; (height, width), (height, width, 3) and (height, width, 4) are. Select or transpose, or write .npy"
              .formatted(file, shape));
    }
    if (dtype != DType.UINT8 && dtype != DType.UINT16) {
      throw new UsageException(
          "write %s: PNG has no %s, but uint8 and uint16. Scale and convert, as in astype(x * 255, 'uint8'), or write .npy"
              .formatted(file, dtype));
    }
    if (shape.size() > Integer.MAX_VALUE / 2) {
      throw new UsageException(
          "write %s: %,d numbers are more than the %,d that an image can have. Cut it into parts, or write .npy"
              .formatted(file, shape.size(), Integer.MAX_VALUE / 2));
    }
  }

  @Override
  public void write(DType dtype, Shape shape, MemorySegment elements, WholeTarget.Bytes to)
      throws IOException {
    try {
      PngWriting.write(dtype, shape, elements, to);
    } catch (LinkageError e) {
      throw ImageBytes.unable("write", e);
    }
  }
}
