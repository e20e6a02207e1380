package dev.weft.io.raw;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.binary.StoredType;
import dev.weft.io.file.FileOperations;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What a file without a header holds, in the words of {@code numpy.memmap}: the elements of one
 * array and nothing behind them.
 *
 * <pre>{@code
 * RawLayout layout = RawLayout.parse("float32:100,200:endian=big");
 * NDArray x = session.array(ArrayFiles.source(Path.of("x.bin"), ReadOptions.PLAIN.raw(layout)));
 * }</pre>
 *
 * @param extents of the array; one may be -1, for as many as the file holds
 * @param endian the order of the bytes of each number
 * @param isFortran whether the first axis is the fastest (order F), not the last (order C)
 * @param offset bytes before the first element
 */
public record RawLayout(
    DType dtype, long[] extents, ByteOrder endian, boolean isFortran, long offset) {
  private static final String FORM =
      "write DTYPE:SHAPE, such as float32:100,200 or int16:-1,512, and behind it where needed :order=F, :offset=BYTES and :endian=big";

  /** Copies the extents. */
  public RawLayout {
    extents = extents.clone();
    boolean unknown = false;
    for (long extent : extents) {
      if (extent < -1 || extent == -1 && unknown) {
        throw new UsageException(
            "raw: the shape is %s; extents are 0 or more, and one may be -1"
                .formatted(Arrays.toString(extents)));
      }
      unknown |= extent == -1;
    }
    if (offset < 0) {
      throw new UsageException("raw: the offset is %,d; it must be 0 or more".formatted(offset));
    }
  }

  /** Little-endian, order C, from the first byte on. */
  public RawLayout(DType dtype, long... extents) {
    this(dtype, extents, ByteOrder.LITTLE_ENDIAN, false, 0);
  }

  /** A copy. */
  @Override
  public long[] extents() {
    return extents.clone();
  }

  /**
   * The layout that a text such as {@code int16:-1,512:order=F:offset=128:endian=big} says.
   *
   * @throws UsageException when it is not of this form
   */
  public static RawLayout parse(String text) {
    String[] parts = text.strip().split(":", -1);
    if (parts.length < 2) {
      throw new UsageException("raw: '%s' has no shape; %s".formatted(text, FORM));
    }
    ByteOrder endian = ByteOrder.LITTLE_ENDIAN;
    boolean isFortran = false;
    long offset = 0;
    for (String part : Arrays.asList(parts).subList(2, parts.length)) {
      switch (part) {
        case "endian=little" -> endian = ByteOrder.LITTLE_ENDIAN;
        case "endian=big" -> endian = ByteOrder.BIG_ENDIAN;
        case "order=C" -> isFortran = false;
        case "order=F" -> isFortran = true;
        default -> {
          if (!part.startsWith("offset=")) {
            throw new UsageException("raw: '%s' is not known; %s".formatted(part, FORM));
          }
          offset = number(text, part.substring("offset=".length()));
        }
      }
    }
    String shape = parts[1].replaceAll("[()\\s]", "").replaceAll(",$", "");
    long[] extents =
        shape.isEmpty()
            ? new long[0]
            : Arrays.stream(shape.split(",", -1)).mapToLong(each -> number(text, each)).toArray();
    return new RawLayout(DType.of(parts[0].strip()), extents, endian, isFortran, offset);
  }

  private static long number(String text, String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "raw: '%s' in '%s' is no whole number; %s".formatted(digits, text, FORM), e);
    }
  }

  /**
   * Opens a file, which is mapped.
   *
   * @throws FormatException when it has not just as many bytes as the layout says
   */
  public ArraySource open(Path path) {
    OpenFile file = OpenFile.open(path, FileOperations.SYSTEM);
    try {
      Shape shape = shape(file);
      long bytes = shape.size() * dtype.itemSize();
      return new MappedSource(
          file,
          new StoredArray("", new StoredType(dtype, endian), shape, Map.of()),
          file.map(offset, bytes),
          MappedSource.strides(shape, isFortran, dtype.itemSize()),
          offset + bytes);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Shape shape(OpenFile file) {
    long[] shape = extents.clone();
    long bytes = dtype.itemSize();
    int unknown = -1;
    try {
      for (int axis = 0; axis < shape.length; axis++) {
        if (shape[axis] == -1) {
          unknown = axis;
        } else {
          bytes = Math.multiplyExact(bytes, shape[axis]);
        }
      }
    } catch (ArithmeticException e) {
      throw mismatch(file, "more than 2^63 bytes");
    }
    long there = file.size() - offset;
    if (unknown >= 0 && bytes > 0 && there >= 0 && there % bytes == 0) {
      shape[unknown] = there / bytes;
      return Shape.of(shape);
    }
    if (unknown >= 0) {
      throw mismatch(file, "a multiple of %,d bytes".formatted(bytes));
    }
    if (bytes != there) {
      throw mismatch(file, "%,d bytes".formatted(bytes));
    }
    return Shape.of(shape);
  }

  private FormatException mismatch(OpenFile file, String wanted) {
    return new FormatException(
        file.name(),
        Math.min(offset, file.size()),
        "%s of shape %s takes %s from here on, and the file has %,d. Correct dtype, shape or offset"
            .formatted(
                dtype,
                Arrays.toString(extents).replace('[', '(').replace(']', ')'),
                wanted,
                Math.max(0, file.size() - offset)));
  }
}
