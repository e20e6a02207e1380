package dev.weft.kernels.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.op.ElementwiseOp;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
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

  /**
   * Renders the loop that {@code request} asks for.
   *
   * @throws InternalException when a vector loop is asked for that {@link VectorSupport} denies
   */
  public static RenderedTile render(TileRequest request) {
    return switch (request.mode()) {
      case SCALAR -> {
        Expansion expansion =
            CompositionExpansion.expand(request.kernel(), BytecodeRenderer::isScalarPrimitive);
        TileBody body = new TileBody(expansion, request.uniformMask());
        yield render(
            body,
            1,
            (code, constants, outline) -> new ScalarLoop(code, body, constants, outline).emit());
      }
      case VECTOR -> {
        Expansion expansion = VectorSupport.expand(request.kernel());
        VectorSupport.check(expansion, request.vectorBits())
            .ifPresent(
                reason -> {
                  throw new InternalException(reason + " in\n" + expansion.kernel());
                });
        TileBody body = new TileBody(expansion, request.uniformMask());
        int lanes = VectorSupport.lanes(expansion.kernel(), request.vectorBits());
        yield render(
            body,
            lanes,
            (code, constants, outline) ->
                new VectorLoop(code, body, lanes, constants, outline).emit());
      }
    };
  }

  /**
   * Functions with an error bound are computed by their composition in the scalar loop too, so that
   * both loops give the same bits.
   */
  private static boolean isScalarPrimitive(ElementwiseOp op, DType operand) {
    return op.meaning(operand) != null && op.ulps() == 0;
  }

  /** Emits the method {@code run}. */
  private interface Loop {
    void emit(CodeBuilder code, ClassConstants constants, Outline outline);
  }

  private static RenderedTile render(TileBody body, int lanes, Loop loop) {
    ClassConstants constants = new ClassConstants(TILE);
    Outline outline = new Outline();
    byte[] bytes =
        ClassFile.of()
            .build(
                TILE,
                builder -> {
                  declare(builder);
                  builder.withMethodBody(
                      "run",
                      RUN,
                      ClassFile.ACC_PUBLIC,
                      code -> loop.emit(code, constants, outline));
                  constants.define(builder);
                });
    return new RenderedTile(bytes, constants.values(), body.layout(lanes), outline.toString());
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
