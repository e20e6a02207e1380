package dev.weft.io.netcdf;

import dev.weft.core.dtype.DType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The element types of the classic formats, in the order of their numbers in files, from 1. */
enum ClassicType {
  BYTE(1, DType.INT8),
  CHAR(1, null),
  SHORT(2, DType.INT16),
  INT(4, DType.INT32),
  FLOAT(4, DType.FLOAT32),
  DOUBLE(8, DType.FLOAT64),
  UBYTE(1, DType.UINT8),
  USHORT(2, DType.UINT16),
  UINT(4, DType.UINT32),
  INT64(8, DType.INT64),
  UINT64(8, DType.UINT64);

  /** The last type of CDF-1 and CDF-2. */
  private static final int LAST_OLD = 6;

  private final int size;
  private final Optional<DType> dtype;

  ClassicType(int size, @Nullable DType dtype) {
    this.size = size;
    this.dtype = Optional.ofNullable(dtype);
  }

  /** Its number in files. */
  int code() {
    return ordinal() + 1;
  }

  /** Bytes of an element. */
  int size() {
    return size;
  }

  /** The same type of Weft; none of characters. */
  Optional<DType> dtype() {
    return dtype;
  }

  /** What people call it. */
  String label() {
    return dtype.map(DType::label).orElse("char");
  }

  /** The type of a number, in a file of a version; none where there is none. */
  static Optional<ClassicType> of(int code, int version) {
    boolean known = code >= 1 && code <= (version == 5 ? values().length : LAST_OLD);
    return known ? Optional.of(values()[code - 1]) : Optional.empty();
  }
}
