package dev.weft.kernels.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.kernels.CompositionExpansion;
import dev.weft.kernels.Expansion;
import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.Outline;
import dev.weft.kernels.jvm.loop.TileBody;
import dev.weft.kernels.jvm.scalar.ScalarLoop;
import dev.weft.kernels.jvm.tile.RenderedLoop;
import dev.weft.kernels.jvm.tile.RenderedTile;
import dev.weft.kernels.jvm.tile.TileCode;
import dev.weft.kernels.jvm.vector.VectorLoop;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Renders a kernel's body as a class that implements {@link TileCode}. The same request gives the
 * same bytes.
 */
public final class BytecodeRenderer {
  private static final ClassDesc TILE = ClassDesc.of("dev.weft.kernels.jvm.tile.GeneratedTile");
  private static final ClassDesc TILE_CODE = ClassDesc.of("dev.weft.kernels.jvm.tile.TileCode");
  private static final MethodTypeDesc RUN = MethodTypeDesc.ofDescriptor("([JI)V");

  /** HotSpot's HugeMethodLimit: larger methods are never compiled. */
  private static final int LARGEST_METHOD = 8000;

  /** Values per vector loop; up to here the time of a value was measured to stay the same. */
  private static final int MOST_VECTORS = 400;

  /** Values per scalar loop, which loses more by being split. */
  private static final int MOST_SCALARS = 1000;

  private BytecodeRenderer() {}

  /**
   * Renders the loop that {@code request} asks for.
   *
   * @throws InternalException when a vector loop is asked for that {@link VectorSupport} denies
   */
  public static RenderedTile render(TileRequest request) {
    boolean vector = request.mode() == TileRequest.Mode.VECTOR;
    Expansion expansion =
        vector
            ? VectorSupport.expand(request.kernel())
            : CompositionExpansion.expand(request.kernel(), BytecodeRenderer::isScalarPrimitive);
    if (vector) {
      VectorSupport.check(expansion, request.vectorBits())
          .ifPresent(
              reason -> {
                throw new InternalException(reason + " in\n" + expansion.kernel());
              });
    }
    BitSet uniform = BitSet.valueOf(new long[] {request.uniformMask()});
    int vectorBits = vector ? request.vectorBits() : 0;
    int limit = vector ? MOST_VECTORS : MOST_SCALARS;
    RenderedTile tile = render(KernelSplit.split(expansion, uniform, limit), vectorBits);
    while (!isCompilable(tile) && limit > 1) {
      limit /= 2;
      tile = render(KernelSplit.split(expansion, uniform, limit), vectorBits);
    }
    return tile;
  }

  private static RenderedTile render(KernelSplit.Parts split, int vectorBits) {
    List<RenderedLoop> loops = new ArrayList<>();
    Outline outline = new Outline();
    for (KernelSplit.Part part : split.parts()) {
      if (split.parts().size() > 1) {
        outline.part(loops.size(), part.arguments());
      }
      loops.add(render(part, vectorBits, outline));
    }
    return new RenderedTile(loops, split.scratchValues(), outline.toString());
  }

  /** Whether no method is so large that the JVM would interpret it for ever. */
  private static boolean isCompilable(RenderedTile tile) {
    return tile.loops().stream().allMatch(loop -> codeBytes(loop) <= LARGEST_METHOD);
  }

  private static int codeBytes(RenderedLoop loop) {
    if (loop.classBytes().length <= LARGEST_METHOD) {
      return loop.classBytes().length;
    }
    return ClassFile.of().parse(loop.classBytes()).methods().stream()
        .flatMap(method -> method.findAttribute(Attributes.code()).stream())
        .mapToInt(CodeAttribute::codeLength)
        .max()
        .orElse(0);
  }

  /**
   * Functions with an error bound are computed by their composition in the scalar loop too, so that
   * both loops give the same bits.
   */
  private static boolean isScalarPrimitive(ElementwiseOp op, DType operand) {
    return op.meaning(operand) != null && op.ulps() == 0;
  }

  private static RenderedLoop render(KernelSplit.Part part, int vectorBits, Outline outline) {
    TileBody body = part.body();
    ClassConstants constants = new ClassConstants(TILE);
    int lanes = vectorBits == 0 ? 1 : VectorSupport.lanes(body.kernel(), vectorBits);
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
                      code -> {
                        if (vectorBits == 0) {
                          new ScalarLoop(code, body, constants, outline).emit();
                        } else {
                          new VectorLoop(code, body, lanes, constants, outline).emit();
                        }
                      });
                  constants.define(builder);
                });
    return new RenderedLoop(bytes, constants.values(), body.layout(lanes), part.arguments());
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
