package dev.weft.kernels.jvm.loop;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.SsaValue;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/**
 * The parts that all loops share: operands and outputs from the arguments, the index, the loop
 * itself. Operands are addresses into the segment of all memory and the index is a long: then no
 * bounds check but that of the sign is left for C2, which moves it out of the loop, and a loop
 * entered in its middle (on-stack replacement) is as simple as one entered at its top. With an int
 * index or a segment per operand the code was up to twice as slow and took C2 several times longer.
 */
public final class LoopFrame {
  private final CodeBuilder code;
  private final TileBody body;
  private final ClassConstants constants;
  private final int[] operandSlots;
  private final int[] outputSlots;
  private int index;

  /** Loads all operands that are used and all outputs. */
  public LoopFrame(CodeBuilder code, TileBody body, ClassConstants constants) {
    this.code = code;
    this.body = body;
    this.constants = constants;
    this.operandSlots = new int[body.params().size()];
    this.outputSlots = new int[body.sinks().size()];
    for (int i = 0; i < operandSlots.length; i++) {
      if (body.isLoaded(i)) {
        operandSlots[i] = address(i);
      }
    }
    for (int i = 0; i < outputSlots.length; i++) {
      outputSlots[i] = address(body.outputArgument(i));
    }
  }

  private DType outputType(int number) {
    return body.dtype(body.sinks().get(number).value());
  }

  private int address(int argument) {
    int slot = code.allocateLocal(TypeKind.LONG);
    code.aload(code.parameterSlot(0)).loadConstant(argument).laload().lstore(slot);
    return slot;
  }

  /** Emits {@code for (i = 0; i < n; i += step) statements} and the return. */
  public void loop(int step, Runnable statements) {
    index = code.allocateLocal(TypeKind.LONG);
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.lconst_0().lstore(index).labelBinding(top);
    code.lload(index).iload(code.parameterSlot(1)).i2l().lcmp().ifge(end);
    statements.run();
    code.lload(index).loadConstant((long) step).ladd().lstore(index);
    code.goto_(top).labelBinding(end).return_();
  }

  /** The current element that {@code load} reads; the only one of a uniform operand. */
  public ElementAddress operand(SsaValue.Load load) {
    int slot = operandSlots[load.param()];
    return new Element(slot, body.isUniform(load.param()) ? 0 : load.dtype().itemSize());
  }

  /** The current element of output {@code number}. */
  public ElementAddress output(int number) {
    return new Element(outputSlots[number], outputType(number).itemSize());
  }

  /** An element at an address, which moves by {@code step} bytes with the index. */
  private final class Element implements ElementAddress {
    private final int address;
    private final int step;

    Element(int address, int step) {
      this.address = address;
      this.step = step;
    }

    @Override
    public void segment() {
      constants.loadMemory(code);
    }

    @Override
    public void offset() {
      code.lload(address);
      if (step > 0) {
        code.lload(index);
        if (step > 1) {
          code.loadConstant((long) step).lmul();
        }
        code.ladd();
      }
    }
  }
}
