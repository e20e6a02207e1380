package dev.weft.kernels.jvm;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * The parts that all loops share: operands and outputs from the arguments, the index, the loop
 * itself. Each contiguous operand becomes a segment of its exact length, because C2 moves bounds
 * checks out of the loop only where the index alone decides them; the segments are never allocated.
 */
final class LoopFrame {
  private final CodeBuilder code;
  private final TileBody body;
  private final ClassConstants constants;
  private final int[] operandSlots;
  private final int[] outputSlots;
  private int index;

  /** Loads all operands that are used and all outputs. */
  LoopFrame(CodeBuilder code, TileBody body, ClassConstants constants) {
    this.code = code;
    this.body = body;
    this.constants = constants;
    this.operandSlots = new int[body.params().size()];
    this.outputSlots = new int[body.sinks().size()];
    for (int i = 0; i < operandSlots.length; i++) {
      if (body.isLoaded(i)) {
        operandSlots[i] = body.isUniform(i) ? address(i) : segment(i, body.params().get(i).dtype());
      }
    }
    for (int i = 0; i < outputSlots.length; i++) {
      outputSlots[i] = segment(body.outputArgument(i), outputType(i));
    }
  }

  private DType outputType(int number) {
    return body.dtype(body.sinks().get(number).value());
  }

  private int address(int argument) {
    int slot = code.allocateLocal(TypeKind.LONG);
    pushArgument(argument);
    code.lstore(slot);
    return slot;
  }

  private int segment(int argument, DType dtype) {
    int slot = code.allocateLocal(TypeKind.REFERENCE);
    constants.loadMemory(code);
    pushArgument(argument);
    code.iload(code.parameterSlot(1)).i2l().loadConstant((long) dtype.itemSize()).lmul();
    code.invokeinterface(
        ClassConstants.SEGMENT,
        "asSlice",
        MethodTypeDesc.of(ClassConstants.SEGMENT, CD_long, CD_long));
    code.astore(slot);
    return slot;
  }

  private void pushArgument(int argument) {
    code.aload(code.parameterSlot(0)).loadConstant(argument).laload();
  }

  /** Emits {@code for (i = 0; i < n; i += step) statements} and the return. */
  void loop(int step, Runnable statements) {
    index = code.allocateLocal(TypeKind.INT);
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(index);
    code.labelBinding(top).iload(index).iload(code.parameterSlot(1)).if_icmpge(end);
    statements.run();
    code.iinc(index, step).goto_(top).labelBinding(end).return_();
  }

  /** The current element that {@code load} reads; the only one of a uniform operand. */
  Place operand(Instruction.Load load) {
    int slot = operandSlots[load.param()];
    return body.isUniform(load.param())
        ? new Absolute(slot)
        : new Element(slot, load.dtype().itemSize());
  }

  /** The current element of output {@code number}. */
  Place output(int number) {
    return new Element(outputSlots[number], outputType(number).itemSize());
  }

  private final class Absolute implements Place {
    private final int address;

    Absolute(int address) {
      this.address = address;
    }

    @Override
    public void segment() {
      constants.loadMemory(code);
    }

    @Override
    public void offset() {
      code.lload(address);
    }
  }

  private final class Element implements Place {
    private final int segment;
    private final int bytes;

    Element(int segment, int bytes) {
      this.segment = segment;
      this.bytes = bytes;
    }

    @Override
    public void segment() {
      code.aload(segment);
    }

    @Override
    public void offset() {
      code.iload(index).i2l();
      if (bytes > 1) {
        code.loadConstant((long) bytes).lmul();
      }
    }
  }
}
