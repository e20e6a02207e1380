package dev.weft.io.hdf5;

import dev.weft.core.dtype.DType;
import dev.weft.io.binary.StoredType;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HDF5's element types, and which of them Weft has. */
final class ElementTypes {
  private static final Map<Integer, String> TRUTH = Map.of(0, "FALSE", 1, "TRUE");

  private ElementTypes() {}

  /** The same type of Weft; none where it has none. */
  static Optional<StoredType> of(DataType type) {
    return switch (type) {
      case FixedPoint integer -> integer(integer);
      case FloatingPoint floating -> floating(floating);
      case EnumDataType choice -> choice(choice);
      case CompoundDataType compound -> complex(compound);
      default -> Optional.empty();
    };
  }

  private static Optional<StoredType> integer(FixedPoint type) {
    if (type.getBitOffset() != 0 || type.getBitPrecision() != Byte.SIZE * type.getSize()) {
      return Optional.empty();
    }
    DType dtype =
        switch (type.getSize()) {
          case 1 -> type.isSigned() ? DType.INT8 : DType.UINT8;
          case 2 -> type.isSigned() ? DType.INT16 : DType.UINT16;
          case 4 -> type.isSigned() ? DType.INT32 : DType.UINT32;
          case 8 -> type.isSigned() ? DType.INT64 : DType.UINT64;
          default -> null;
        };
    return Optional.ofNullable(dtype).map(known -> new StoredType(known, type.getByteOrder()));
  }

  private static Optional<StoredType> floating(FloatingPoint type) {
    return switch (type.getSize()) {
      case Short.BYTES -> floating(type, DType.FLOAT16, 5, 10);
      case Float.BYTES -> floating(type, DType.FLOAT32, 8, 23);
      case Double.BYTES -> floating(type, DType.FLOAT64, 11, 52);
      default -> Optional.empty();
    };
  }

  /** That type of IEEE 754, if the bits lie as there. */
  private static Optional<StoredType> floating(
      FloatingPoint type, DType dtype, int exponent, int fraction) {
    boolean isIeee =
        type.getBitOffset() == 0
            && type.getBitPrecision() == Byte.SIZE * dtype.itemSize()
            && type.getSignLocation() == exponent + fraction
            && type.getExponentSize() == exponent
            && type.getExponentLocation() == fraction
            && type.getMantissaLocation() == 0
            && type.getMantissaSize() == fraction
            && type.getExponentBias() == (1 << exponent - 1) - 1;
    return isIeee ? Optional.of(new StoredType(dtype, type.getByteOrder())) : Optional.empty();
  }

  /** Truth values as h5py writes them; other choices are the integers behind their names. */
  private static Optional<StoredType> choice(EnumDataType type) {
    if (!(type.getBaseType() instanceof FixedPoint base) || base.getSize() != type.getSize()) {
      return Optional.empty();
    }
    Optional<StoredType> integer = integer(base);
    return base.getSize() == 1 && type.getEnumMapping().equals(TRUTH)
        ? Optional.of(new StoredType(DType.BOOL, base.getByteOrder()))
        : integer;
  }

  /** Complex numbers as h5py writes them: a structure of two floating point numbers, r and i. */
  private static Optional<StoredType> complex(CompoundDataType type) {
    List<CompoundDataMember> members = type.getMembers();
    if (members.size() != 2
        || !members.get(0).getName().equals("r")
        || !members.get(1).getName().equals("i")
        || members.get(0).getOffset() != 0
        || !(members.get(0).getDataType() instanceof FloatingPoint real)
        || !(members.get(1).getDataType() instanceof FloatingPoint imaginary)) {
      return Optional.empty();
    }
    Optional<StoredType> part = floating(real);
    boolean fits =
        part.equals(floating(imaginary))
            && real.getSize() > Short.BYTES
            && members.get(1).getOffset() == real.getSize()
            && type.getSize() == 2 * real.getSize();
    return fits
        ? part.map(
            each ->
                new StoredType(
                    each.dtype() == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64,
                    each.order()))
        : Optional.empty();
  }

  /** What people call a type that Weft does not have. */
  static String word(DataType type) {
    return switch (type) {
      case FixedPoint integer ->
          "%d-bit integer in %d bytes".formatted(integer.getBitPrecision(), integer.getSize());
      case FloatingPoint floating -> "float" + floating.getBitPrecision();
      case StringData _ -> "string";
      case VariableLength _ -> "variable length";
      case CompoundDataType compound ->
          "compound of "
              + compound.getMembers().stream().map(CompoundDataMember::getName).limit(8).toList();
      default -> type.getClass().getSimpleName().replace("DataType", "").toLowerCase(Locale.ROOT);
    };
  }
}
