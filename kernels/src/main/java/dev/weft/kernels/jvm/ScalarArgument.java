package dev.weft.kernels.jvm;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;

/** Reads a scalar of the launch from the argument array, where it lies as 64 bits. */
final class ScalarArgument {
  private ScalarArgument() {}

  /** Pushes argument {@code number} in the carrier of {@code dtype}. */
  static void push(CodeBuilder code, int number, DType dtype) {
    code.aload(code.parameterSlot(0)).loadConstant(number).laload();
    switch (Carrier.of(dtype)) {
      case INT -> code.l2i();
      case LONG -> {}
      case FLOAT -> bits(code).d2f();
      case DOUBLE -> bits(code);
    }
  }

  private static CodeBuilder bits(CodeBuilder code) {
    return code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
  }
}
