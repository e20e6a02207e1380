package dev.weft.core.dtype;

import dev.weft.core.dtype.DType.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** NumPy's type promotion ({@code numpy.result_type}, NEP 50) over {@link DType}. */
public final class Promotion {
  private Promotion() {}

  /** The smallest type to which both can be cast safely, as {@code numpy.promote_types}. */
  public static DType of(DType a, DType b) {
    if (a == b || b.kind() == Kind.BOOL) {
      return a;
    }
    if (a.kind() == Kind.BOOL) {
      return b;
    }
    if (a.kind() == b.kind()) {
      return a.itemSize() >= b.itemSize() ? a : b;
    }
    if (a.isInteger() && b.isInteger()) {
      return signedAndUnsigned(a.kind() == Kind.SIGNED ? a : b, a.kind() == Kind.SIGNED ? b : a);
    }
    DType inexact = a.isInteger() ? b : a;
    DType other = a.isInteger() ? a : b;
    boolean wide = realSize(inexact) == 8 || realSize(other) > (other.isInteger() ? 2 : 4);
    boolean complex = a.kind() == Kind.COMPLEX || b.kind() == Kind.COMPLEX;
    if (complex) {
      return wide ? DType.COMPLEX128 : DType.COMPLEX64;
    }
    if (inexact == DType.FLOAT16 && other.itemSize() == 1) {
      return DType.FLOAT16;
    }
    return wide ? DType.FLOAT64 : DType.FLOAT32;
  }

  /**
   * The type to which all are promoted, as {@code numpy.result_type}: integers meet what is
   * floating one by one, so that int16, uint16 and float32 are float32, whatever the order.
   *
   * @param dtypes at least one
   */
  public static DType common(List<DType> dtypes) {
    List<DType> order = new ArrayList<>(dtypes);
    order.sort(Comparator.comparing(DType::kind).reversed());
    DType common = order.getFirst();
    for (DType dtype : order) {
      common = of(common, dtype);
    }
    return common;
  }

  private static DType signedAndUnsigned(DType signed, DType unsigned) {
    if (signed.itemSize() > unsigned.itemSize()) {
      return signed;
    }
    return switch (unsigned.itemSize()) {
      case 1 -> DType.INT16;
      case 2 -> DType.INT32;
      case 4 -> DType.INT64;
      default -> DType.FLOAT64;
    };
  }

  private static int realSize(DType dtype) {
    return dtype.kind() == Kind.COMPLEX ? dtype.itemSize() / 2 : dtype.itemSize();
  }

  /**
   * The type in which a plain Java number of family {@code scalar} meets an array of {@code dtype}:
   * the array's type decides unless the number is of a higher family (NEP 50's "weak" scalars).
   */
  public static DType withScalar(DType dtype, Kind scalar) {
    return switch (scalar) {
      case BOOL -> dtype;
      case SIGNED, UNSIGNED -> dtype.kind() == Kind.BOOL ? DType.INT64 : dtype;
      case FLOATING -> dtype.isInteger() || dtype.kind() == Kind.BOOL ? DType.FLOAT64 : dtype;
      case COMPLEX ->
          dtype.isInteger() || dtype.kind() == Kind.BOOL ? DType.COMPLEX128 : dtype.complex();
    };
  }
}
