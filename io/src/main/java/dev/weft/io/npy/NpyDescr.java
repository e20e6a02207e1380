package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.io.FormatException;
import dev.weft.io.binary.StoredType;
import java.nio.ByteOrder;

/** NumPy's texts for element types as they lie in a file. */
final class NpyDescr {
  private NpyDescr() {}

  /** NumPy's text for a type in native byte order, such as {@code <f8}. */
  static String of(DType dtype) {
    char kind =
        switch (dtype.kind()) {
          case BOOL -> 'b';
          case SIGNED -> 'i';
          case UNSIGNED -> 'u';
          case FLOATING -> 'f';
          case COMPLEX -> 'c';
        };
    char mark =
        dtype.itemSize() == 1 ? '|' : ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? '>' : '<';
    return "" + mark + kind + dtype.itemSize();
  }

  /** The type that {@code descr} names; {@code offset} is where it stands in the file. */
  static StoredType parse(String file, long offset, String descr) {
    if (descr.length() < 2 || "<>=|".indexOf(descr.charAt(0)) < 0) {
      throw new FormatException(
          file,
          offset,
          "descr '%s' is no dtype; one is '<', '>', '=' or '|', then kind and size, as in '<f8'"
              .formatted(descr));
    }
    char mark = descr.charAt(0);
    DType dtype = dtype(file, offset, descr);
    if (mark == '|' && dtype.itemSize() > 1) {
      throw new FormatException(
          file,
          offset,
          "descr '%s' gives no byte order, which %s needs. Save the array with np.save"
              .formatted(descr, dtype));
    }
    return new StoredType(
        dtype,
        switch (mark) {
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        });
  }

  private static DType dtype(String file, long offset, String descr) {
    return switch (descr.substring(1)) {
      case "b1" -> DType.BOOL;
      case "i1" -> DType.INT8;
      case "i2" -> DType.INT16;
      case "i4" -> DType.INT32;
      case "i8" -> DType.INT64;
      case "u1" -> DType.UINT8;
      case "u2" -> DType.UINT16;
      case "u4" -> DType.UINT32;
      case "u8" -> DType.UINT64;
      case "f4" -> DType.FLOAT32;
      case "f8" -> DType.FLOAT64;
      case "c8" -> DType.COMPLEX64;
      case "c16" -> DType.COMPLEX128;
      default ->
          throw new FormatException(
              file, offset, "descr '%s': %s".formatted(descr, unsupported(descr)));
    };
  }

  private static String unsupported(String descr) {
    String what =
        switch (descr.charAt(1)) {
          case 'O' -> "Python objects are pickled, which could run code, and are not read";
          case 'S', 'a', 'U', 'T' -> "strings are not supported";
          case 'M', 'm' -> "dates and times are not supported";
          case 'V' -> "raw bytes and structures are not supported";
          case 'f' ->
              descr.endsWith("f2")
                  ? "float16 is not supported"
                  : "floating point of this size is not supported";
          default -> "no such type is known";
        };
    String remedy =
        descr.charAt(1) == 'f'
            ? "np.save(file, a.astype('float64'))"
            : "np.save of a numeric array";
    return "%s. Convert it in NumPy: %s".formatted(what, remedy);
  }
}
