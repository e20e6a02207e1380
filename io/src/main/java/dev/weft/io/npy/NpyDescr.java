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
    char mark =
        dtype.itemSize() == 1 ? '|' : ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? '>' : '<';
    return mark + dtype.code();
  }

  /**
   * The type that {@code descr} names; {@code offset} is where it stands in the file. Without a
   * byte order it is this machine's, as for NumPy.
   */
  static StoredType parse(String file, long offset, String descr) {
    boolean marked = !descr.isEmpty() && "<>=|".indexOf(descr.charAt(0)) >= 0;
    String name = marked ? descr.substring(1) : descr;
    if (name.isEmpty()) {
      throw new FormatException(
          file,
          offset,
          "descr '%s' is no dtype; one is '<', '>', '=' or '|', then kind and size, as in '<f8'"
              .formatted(descr));
    }
    DType dtype =
        DType.find(name)
            .orElseThrow(
                () ->
                    new FormatException(
                        file, offset, "descr '%s': %s".formatted(descr, unsupported(name))));
    char mark = marked ? descr.charAt(0) : '=';
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

  private static String unsupported(String name) {
    String what =
        switch (name.charAt(0)) {
          case 'O' -> "Python objects are pickled, which could run code, and are not read";
          case 'S', 'a', 'U', 'T' -> "strings are not supported";
          case 'M', 'm' -> "dates and times are not supported";
          case 'V' -> "raw bytes and structures are not supported";
          case 'f' -> "floating point of this size is not supported";
          default -> "no such type is known";
        };
    String remedy =
        name.charAt(0) == 'f' ? "np.save(file, a.astype('float64'))" : "np.save of a numeric array";
    return "%s. Convert it in NumPy: %s".formatted(what, remedy);
  }
}
