package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.jvm.loop.TileBody;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;

/**
 * Pushes scalars: those of the launch lie as 64 bits in the argument array, those of compositions
 * are literals.
 */
public final class ScalarArgument {
  private ScalarArgument() {}

  /** Pushes the scalar in the carrier of its type; returns its name or value for the outline. */
  public static String push(CodeBuilder code, TileBody body, SsaValue.ScalarParam scalar) {
    DType dtype = scalar.dtype();
    if (body.isConstant(scalar)) {
      Scalar value = body.constant(scalar);
      literal(code, value);
      return value.toString();
    }
    code.aload(code.parameterSlot(0)).loadConstant(body.scalarArgument(scalar)).laload();
    switch (Carrier.of(dtype)) {
      case INT -> code.l2i();
      case LONG -> {}
      case FLOAT -> bits(code).d2f();
      case DOUBLE -> bits(code);
    }
    return "s" + scalar.scalar();
  }

  private static void literal(CodeBuilder code, Scalar value) {
    switch (Carrier.of(value.dtype())) {
      case INT -> code.loadConstant((int) value.integer());
      case LONG -> code.loadConstant(value.integer());
      case FLOAT -> code.loadConstant((float) value.floating());
      case DOUBLE -> code.loadConstant(value.floating());
    }
  }

  private static CodeBuilder bits(CodeBuilder code) {
    return code.invokestatic(CD_Double, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
  }
}
