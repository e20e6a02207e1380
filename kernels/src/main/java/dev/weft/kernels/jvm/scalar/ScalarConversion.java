package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.UnsignedLongs;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Conversions between dtypes on the JVM stack. They define what a cast is: floats become integers
 * by Java's narrowing ({@code (int)} for up to 32 bits, {@code (long)} for uint32 and int64: NaN is
 * 0, out of range saturates), integers then wrap to the type; anything not 0, NaN too, is true.
 * Between uint64 and floats {@link UnsignedLongs} converts, to float16 {@link HalfFloats}.
 */
final class ScalarConversion {
  private static final ClassDesc UNSIGNED_LONGS =
      ClassDesc.ofDescriptor(UnsignedLongs.class.descriptorString());

  private static final ClassDesc HALF_FLOATS =
      ClassDesc.ofDescriptor(HalfFloats.class.descriptorString());

  private final CodeBuilder code;

  ScalarConversion(CodeBuilder code) {
    this.code = code;
  }

  /** Replaces the value of type {@code from} on the stack by itself as {@code to}. */
  void convert(DType from, DType to) {
    if (to == DType.BOOL) {
      test(from);
      return;
    }
    if (from.isFloating() && to == DType.UINT64) {
      carry(Carrier.of(from), Carrier.DOUBLE);
      call(UNSIGNED_LONGS, "of", CD_double, CD_long);
      return;
    }
    if (to == DType.FLOAT16 && from != DType.FLOAT64) {
      // Integers that float32 does not hold are infinite as float16.
      convert(from, DType.FLOAT32);
      carry(Carrier.FLOAT, Carrier.DOUBLE);
    }
    if (to == DType.FLOAT16) {
      call(HALF_FLOATS, "of", CD_double, CD_float);
      return;
    }
    if (from == DType.UINT64 && to.isFloating()) {
      boolean wide = to == DType.FLOAT64;
      call(UNSIGNED_LONGS, wide ? "toDouble" : "toFloat", CD_long, Carrier.of(to).type);
      return;
    }
    carry(Carrier.of(from), Carrier.of(to));
    if (to.isInteger() && from.kind() != Kind.BOOL) {
      wrap(to);
    }
  }

  private void call(ClassDesc owner, String method, ClassDesc from, ClassDesc to) {
    code.invokestatic(owner, method, MethodTypeDesc.of(to, from));
  }

  /** Converts a number between carriers. */
  void carry(Carrier from, Carrier to) {
    if (from != to) {
      code.conversion(from.kind, to.kind);
    }
  }

  /** Wraps the carrier on the stack to the range of {@code dtype}; no change for others. */
  void wrap(DType dtype) {
    switch (dtype) {
      case INT8 -> code.i2b();
      case INT16 -> code.i2s();
      case UINT8 -> code.loadConstant(0xFF).iand();
      case UINT16 -> code.loadConstant(0xFFFF).iand();
      case UINT32 -> code.loadConstant(0xFFFF_FFFFL).land();
      default -> {}
    }
  }

  private void test(DType from) {
    switch (Carrier.of(from)) {
      case INT -> {
        if (from != DType.BOOL) {
          truth(CodeBuilder::ifne);
        }
      }
      case LONG -> {
        code.lconst_0().lcmp();
        truth(CodeBuilder::ifne);
      }
      case FLOAT -> {
        code.fconst_0().fcmpl();
        truth(CodeBuilder::ifne);
      }
      case DOUBLE -> {
        code.dconst_0().dcmpl();
        truth(CodeBuilder::ifne);
      }
    }
  }

  /** A conditional jump to a label. */
  interface Jump {
    CodeBuilder to(CodeBuilder code, Label label);
  }

  /** Pushes 1 if {@code jump} jumps and 0 if not. */
  void truth(Jump jump) {
    Label isTrue = code.newLabel();
    Label end = code.newLabel();
    jump.to(code, isTrue);
    code.iconst_0().goto_(end).labelBinding(isTrue).iconst_1().labelBinding(end);
  }
}
