package dev.weft.kernels.jvm.scalar;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Conversions between dtypes on the JVM stack. They define what a cast is: floats become integers
 * by Java's narrowing ({@code (int)} for up to 32 bits, {@code (long)} for uint32 and int64: NaN is
 * 0, out of range saturates), integers then wrap to the type; anything not 0, NaN too, is true.
 */
final class ScalarConversion {
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
    carry(Carrier.of(from), Carrier.of(to));
    if (to.isInteger() && from.kind() != Kind.BOOL) {
      wrap(to);
    }
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
