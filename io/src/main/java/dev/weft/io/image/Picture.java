package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;

/**
 * What a header says of an image.
 *
 * @param header where it is in the file
 * @param height rows
 * @param width columns
 * @param channels of each pixel, 1 where they are no axis
 * @param dtype of each channel of a pixel
 * @param encoding how it is packed, for people
 */
record Picture(long header, long height, long width, int channels, DType dtype, String encoding) {
  /** Bytes of an image before compression, at most. */
  static final long LARGEST = 1L << 30;

  /** Bytes of its array. */
  long bytes() {
    return height * width * channels * dtype.itemSize();
  }

  /** Extents as NumPy's users know them. */
  Shape shape() {
    return channels == 1 ? Shape.of(height, width) : Shape.of(height, width, channels);
  }

  boolean isLike(Picture other) {
    return shape().equals(other.shape()) && dtype == other.dtype;
  }
}
