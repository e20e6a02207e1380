package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/**
 * The JVM type in which a value of the scalar loop is held. Narrow integers are held wrapped,
 * float16 rounded.
 */
public enum Carrier {
  INT(TypeKind.INT, CD_int),
  LONG(TypeKind.LONG, CD_long),
  FLOAT(TypeKind.FLOAT, CD_float),
  DOUBLE(TypeKind.DOUBLE, CD_double);

  /** The type for the JVM's instructions. */
  public final TypeKind kind;

  final ClassDesc type;

  Carrier(TypeKind kind, ClassDesc type) {
    this.kind = kind;
    this.type = type;
  }

  /** How values of a type are held. */
  public static Carrier of(DType dtype) {
    return switch (dtype) {
      case BOOL, INT8, INT16, INT32, UINT8, UINT16 -> INT;
      case INT64, UINT32, UINT64 -> LONG;
      case FLOAT16, FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(dtype + " has no kernels");
    };
  }
}
