package dev.weft.kernels.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.AccessFlag;

/**
 * Renders a kernel's body as a class that implements {@link TileCode}. The same request gives the
 * same bytes.
 */
public final class BytecodeRenderer {
  private static final ClassDesc TILE = ClassDesc.of("dev.weft.kernels.jvm.GeneratedTile");
  private static final ClassDesc TILE_CODE = ClassDesc.of("dev.weft.kernels.jvm.TileCode");
  private static final MethodTypeDesc RUN = MethodTypeDesc.ofDescriptor("([JI)V");

  private BytecodeRenderer() {}

  /** Renders the loop that {@code request} asks for. */
  public static RenderedTile render(TileRequest request) {
    Expansion expansion =
        CompositionExpansion.expand(request.kernel(), BytecodeRenderer::primitive);
    TileBody body = new TileBody(expansion, request.uniformMask());
    MemorySegment everything = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    ClassConstants constants = new ClassConstants(TILE, everything);
    Outline outline = new Outline();
    byte[] bytes =
        ClassFile.of().build(TILE, builder -> scalarClass(builder, body, constants, outline));
    return new RenderedTile(bytes, constants.values(), body.layout(1), outline.toString());
  }

  /**
   * Functions with an error bound are computed by their composition in the scalar loop too, so that
   * both loops give the same bits.
   */
  private static boolean primitive(ElementwiseOp op, DType operand) {
    return op.meaning(operand) != null && op.ulps() == 0;
  }

  private static void scalarClass(
      ClassBuilder builder, TileBody body, ClassConstants constants, Outline outline) {
    declare(builder);
    builder.withMethodBody(
        "run",
        RUN,
        ClassFile.ACC_PUBLIC,
        code -> new ScalarLoop(code, body, constants, outline).emit());
    constants.define(builder);
  }

  private static void declare(ClassBuilder builder) {
    builder
        .withFlags(AccessFlag.PUBLIC, AccessFlag.FINAL)
        .withInterfaceSymbols(TILE_CODE)
        .withMethodBody(
            INIT_NAME,
            MTD_void,
            ClassFile.ACC_PUBLIC,
            code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
  }
}
