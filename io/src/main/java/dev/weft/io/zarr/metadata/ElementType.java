package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * An element type as metadata names it.
 *
 * @param dtype Weft's type
 * @param order of the bytes of its numbers, where the name tells that
 */
record ElementType(DType dtype, ByteOrder order) {
  /** The type of a name of version 3, such as {@code float64}. */
  static DType named(String name) throws Unsupported {
    Optional<DType> found =
        Arrays.stream(DType.values()).filter(dtype -> dtype.label().equals(name)).findFirst();
    return found.orElseThrow(() -> unsupported(name));
  }

  /** The type of a name of version 2, which is NumPy's, such as {@code <f8}. */
  static ElementType ofNumpy(String name) throws Unsupported {
    if (name.length() < 3 || "<>|=".indexOf(name.charAt(0)) < 0) {
      throw unsupported(name);
    }
    DType dtype =
        switch (name.substring(1)) {
          case "b1" -> DType.BOOL;
          case "i1" -> DType.INT8;
          case "i2" -> DType.INT16;
          case "i4" -> DType.INT32;
          case "i8" -> DType.INT64;
          case "u1" -> DType.UINT8;
          case "u2" -> DType.UINT16;
          case "u4" -> DType.UINT32;
          case "u8" -> DType.UINT64;
          case "f2" -> DType.FLOAT16;
          case "f4" -> DType.FLOAT32;
          case "f8" -> DType.FLOAT64;
          case "c8" -> DType.COMPLEX64;
          case "c16" -> DType.COMPLEX128;
          default -> throw unsupported(name);
        };
    ByteOrder order =
        switch (name.charAt(0)) {
          case '>' -> ByteOrder.BIG_ENDIAN;
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    return new ElementType(dtype, order);
  }

  private static Unsupported unsupported(String name) {
    return new Unsupported(
        "elements of type %s are not read. Convert the array in Python: a.astype('float64')"
            .formatted(name.length() > 100 ? name.substring(0, 100) + "..." : name));
  }
}
