package dev.weft.io.csv;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.WholeTarget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Text with a row of numbers in each line. */
record CsvEncoding(char separator) implements WholeTarget.Encoding {
  private static final int BUFFER = 256 << 10;

  @Override
  public void require(String file, DType dtype, Shape shape) {
    if (shape.rank() < 1 || shape.rank() > 2) {
      throw new UsageException(
          "write %s: an array of shape %s is no table; arrays of 1 and 2 axes are. Reshape it, or write .npy"
              .formatted(file, shape));
    }
    if (dtype.kind() == DType.Kind.COMPLEX) {
      throw new UsageException(
          "write %s: %s has no text that others read as numbers. Write .npy"
              .formatted(file, dtype));
    }
  }

  @Override
  public void write(DType dtype, Shape shape, MemorySegment elements, WholeTarget.Bytes to)
      throws IOException {
    long rows = shape.extent(0);
    long columns = shape.rank() == 1 ? 1 : shape.extent(1);
    StringBuilder text = new StringBuilder();
    for (long row = 0; row < rows; row++) {
      for (long column = 0; column < columns; column++) {
        if (column > 0) {
          text.append(separator);
        }
        NumberText.append(elements, dtype, row * columns + column, text);
      }
      text.append('\n');
      if (text.length() > BUFFER || row == rows - 1) {
        to.append(text.toString().getBytes(StandardCharsets.US_ASCII));
        text.setLength(0);
      }
    }
  }
}
