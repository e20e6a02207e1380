package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** The parts that all loops share: addresses from the arguments, the index, the loop itself. */
final class LoopFrame {
  private final CodeBuilder code;
  private final TileBody body;
  private final int[] operandSlots;
  private final int[] outputSlots;
  private int index;

  /** Loads the addresses of all operands that are used and of all outputs. */
  LoopFrame(CodeBuilder code, TileBody body) {
    this.code = code;
    this.body = body;
    this.operandSlots = new int[body.params().size()];
    this.outputSlots = new int[body.sinks().size()];
    for (int i = 0; i < operandSlots.length; i++) {
      if (body.isLoaded(i)) {
        operandSlots[i] = argument(i);
      }
    }
    for (int i = 0; i < outputSlots.length; i++) {
      outputSlots[i] = argument(body.outputArgument(i));
    }
  }

  private int argument(int number) {
    int slot = code.allocateLocal(TypeKind.LONG);
    code.aload(code.parameterSlot(0)).loadConstant(number).laload().lstore(slot);
    return slot;
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

  /** Pushes the address of the element or, of a uniform operand, the only one. */
  void operandAddress(Instruction.Load load) {
    int slot = operandSlots[load.param()];
    if (body.isUniform(load.param())) {
      code.lload(slot);
    } else {
      elementAddress(slot, load.dtype());
    }
  }

  /** Pushes the address of the element of output {@code number}. */
  void outputAddress(int number) {
    elementAddress(outputSlots[number], body.dtype(body.sinks().get(number).value()));
  }

  private void elementAddress(int slot, DType dtype) {
    code.lload(slot).iload(index).i2l();
    int shift = Integer.numberOfTrailingZeros(dtype.itemSize());
    if (shift != 0) {
      code.loadConstant(shift).lshl();
    }
    code.ladd();
  }
}
