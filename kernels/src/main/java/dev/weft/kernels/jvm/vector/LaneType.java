package dev.weft.kernels.jvm.vector;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;

import dev.weft.core.dtype.DType;
import dev.weft.kernels.jvm.scalar.Carrier;
import java.lang.constant.ClassDesc;

/**
 * Lane types of the Vector API. Values are computed in the last four; BYTE and SHORT only load and
 * store, because narrow arithmetic would need shapes that some widths lack.
 */
public enum LaneType {
  BYTE("Byte", "B", CD_byte, 8),
  SHORT("Short", "S", CD_short, 16),
  INT("Int", "I", CD_int, 32),
  LONG("Long", "L", CD_long, 64),
  FLOAT("Float", "F", CD_float, 32),
  DOUBLE("Double", "D", CD_double, 64);

  /** The class of vectors, such as {@code DoubleVector}. */
  final ClassDesc vector;

  /** The letter in names of conversions, such as D in {@code D2F}. */
  final String letter;

  final ClassDesc element;

  /** Bits of a lane. */
  public final int bits;

  LaneType(String name, String letter, ClassDesc element, int bits) {
    this.vector = VectorCode.api(name + "Vector");
    this.letter = letter;
    this.element = element;
    this.bits = bits;
  }

  String vectorName() {
    return vector.displayName();
  }

  /** The lane type in which values of {@code dtype} are computed; bool is a mask over any. */
  public static LaneType of(DType dtype) {
    return switch (Carrier.of(dtype)) {
      case INT -> INT;
      case LONG -> LONG;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
    };
  }

  /** The lane type as which values of {@code dtype} lie in memory. */
  static LaneType stored(DType dtype) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> BYTE;
      case INT16, UINT16 -> SHORT;
      case INT32, UINT32 -> INT;
      default -> of(dtype);
    };
  }

  /** The carrier of one lane; narrow lanes are ints on the JVM stack. */
  Carrier carrier() {
    return switch (this) {
      case BYTE, SHORT, INT -> Carrier.INT;
      case LONG -> Carrier.LONG;
      case FLOAT -> Carrier.FLOAT;
      case DOUBLE -> Carrier.DOUBLE;
    };
  }
}
