package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.weft.core.dtype.DType;
import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.ElementAddress;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Reads and writes single elements, aligned or not. */
public final class ScalarMemory {
  private static final ClassDesc LAYOUTS = ClassDesc.of("java.lang.foreign.ValueLayout");

  private static final MethodTypeDesc TO_FLOAT = MethodTypeDesc.of(CD_float, CD_short);
  private static final MethodTypeDesc TO_HALF = MethodTypeDesc.of(CD_short, CD_float);

  private final CodeBuilder code;

  /** Writes its instructions here. */
  public ScalarMemory(CodeBuilder code) {
    this.code = code;
  }

  /** How an element lies in memory: layout constant, layout type, JVM type. */
  private enum Storage {
    BYTE("JAVA_BYTE", "OfByte", CD_byte),
    SHORT("JAVA_SHORT_UNALIGNED", "OfShort", CD_short),
    INT("JAVA_INT_UNALIGNED", "OfInt", CD_int),
    LONG("JAVA_LONG_UNALIGNED", "OfLong", CD_long),
    FLOAT("JAVA_FLOAT_UNALIGNED", "OfFloat", CD_float),
    DOUBLE("JAVA_DOUBLE_UNALIGNED", "OfDouble", CD_double);

    final String constant;
    final ClassDesc layout;
    final ClassDesc type;

    Storage(String constant, String layout, ClassDesc type) {
      this.constant = constant;
      this.layout = LAYOUTS.nested(layout);
      this.type = type;
    }

    static Storage of(DType dtype) {
      return switch (dtype) {
        case BOOL, INT8, UINT8 -> BYTE;
        case INT16, UINT16, FLOAT16 -> SHORT;
        case INT32, UINT32 -> INT;
        case INT64, UINT64 -> LONG;
        case FLOAT32 -> FLOAT;
        case FLOAT64 -> DOUBLE;
        case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(dtype + " has no kernels");
      };
    }
  }

  /** Pushes the element at {@code place}. */
  public void get(DType dtype, ElementAddress place) {
    Storage storage = Storage.of(dtype);
    place.segment();
    code.getstatic(LAYOUTS, storage.constant, storage.layout);
    place.offset();
    code.invokeinterface(
        ClassConstants.SEGMENT, "get", MethodTypeDesc.of(storage.type, storage.layout, CD_long));
    switch (dtype) {
      case UINT8 -> code.loadConstant(0xFF).iand();
      case UINT16 -> code.loadConstant(0xFFFF).iand();
      case UINT32 -> code.i2l().loadConstant(0xFFFF_FFFFL).land();
      case FLOAT16 -> code.invokestatic(CD_Float, "float16ToFloat", TO_FLOAT);
      default -> {}
    }
  }

  /** Stores the value that {@code pushValue} pushes as its carrier. */
  public void set(DType dtype, ElementAddress place, Runnable pushValue) {
    Storage storage = Storage.of(dtype);
    place.segment();
    code.getstatic(LAYOUTS, storage.constant, storage.layout);
    place.offset();
    pushValue.run();
    switch (dtype) {
      case BOOL, INT8, UINT8 -> code.i2b();
      case INT16, UINT16 -> code.i2s();
      case UINT32 -> code.l2i();
      case FLOAT16 -> code.invokestatic(CD_Float, "floatToFloat16", TO_HALF);
      default -> {}
    }
    code.invokeinterface(
        ClassConstants.SEGMENT,
        "set",
        MethodTypeDesc.of(CD_void, storage.layout, CD_long, storage.type));
  }
}
