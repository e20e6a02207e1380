package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.Instruction;
import dev.weft.core.kernel.Sink;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.stream.Collectors;

/**
 * Generates the loop that computes one element at a time:
 *
 * <pre>
 * for (int i = 0; i &lt; n; i++) {
 *   double v0 = memory.get(JAVA_DOUBLE_UNALIGNED, p0 + 8L * i);
 *   double v1 = Math.sqrt(v0);
 *   memory.set(JAVA_DOUBLE_UNALIGNED, out0 + 8L * i, v1);
 * }
 * </pre>
 */
final class ScalarLoop {
  private final CodeBuilder code;
  private final TileBody body;
  private final Outline outline;
  private final ScalarMemory memory;
  private final ScalarConversion conversion;
  private final ScalarOperation operation;
  private final int[] slots;
  private final int[] operandSlots;
  private final int[] outputSlots;
  private int index;

  ScalarLoop(CodeBuilder code, TileBody body, ClassConstants constants, Outline outline) {
    this.code = code;
    this.body = body;
    this.outline = outline;
    this.memory = new ScalarMemory(code, constants);
    this.conversion = new ScalarConversion(code);
    this.operation = new ScalarOperation(code, constants);
    this.slots = new int[body.values().size()];
    this.operandSlots = new int[body.params().size()];
    this.outputSlots = new int[body.sinks().size()];
  }

  /** Emits the whole method {@code run(long[] args, int n)}. */
  void emit() {
    loadAddresses();
    emitValues(true);
    index = code.allocateLocal(TypeKind.INT);
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(index);
    code.labelBinding(top).iload(index).iload(code.parameterSlot(1)).if_icmpge(end);
    outline.loop("i < n; i++");
    emitValues(false);
    for (int i = 0; i < body.sinks().size(); i++) {
      store(i, body.sinks().get(i));
    }
    code.iinc(index, 1).goto_(top).labelBinding(end).return_();
    outline.end();
  }

  private void loadAddresses() {
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

  private void emitValues(boolean invariant) {
    for (int i = 0; i < slots.length; i++) {
      if (body.isInvariant(i) == invariant) {
        Carrier carrier = Carrier.of(body.dtype(i));
        String text = value(body.values().get(i));
        slots[i] = code.allocateLocal(carrier.kind);
        code.storeLocal(carrier.kind, slots[i]);
        outline.value(i, carrier.type.displayName() + " " + text);
      }
    }
  }

  private String value(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Load load -> {
        memory.get(load.dtype(), () -> address(load));
        yield "load " + load.dtype() + " p" + load.param() + (uniform(load) ? "[0]" : "[i]");
      }
      case Instruction.ScalarParam scalar -> scalar(scalar);
      case Instruction.Convert convert -> {
        DType from = body.dtype(convert.arg());
        push(convert.arg());
        conversion.convert(from, convert.dtype());
        yield "convert %" + convert.arg() + " from " + from + " to " + convert.dtype();
      }
      case Instruction.Apply apply -> {
        DType operand = body.dtype(apply.args().getLast());
        String text = operation.apply(apply, operand, this::push);
        yield apply.args().stream()
            .map(arg -> "%" + arg)
            .collect(Collectors.joining(", ", text + "(", ")"));
      }
    };
  }

  private boolean uniform(Instruction.Load load) {
    return body.isUniform(load.param());
  }

  private void push(int value) {
    code.loadLocal(Carrier.of(body.dtype(value)).kind, slots[value]);
  }

  private void address(Instruction.Load load) {
    if (uniform(load)) {
      code.lload(operandSlots[load.param()]);
    } else {
      address(operandSlots[load.param()], load.dtype());
    }
  }

  private void address(int slot, DType dtype) {
    code.lload(slot).iload(index).i2l();
    int shift = Integer.numberOfTrailingZeros(dtype.itemSize());
    if (shift != 0) {
      code.loadConstant(shift).lshl();
    }
    code.ladd();
  }

  private String scalar(Instruction.ScalarParam scalar) {
    DType dtype = scalar.dtype();
    if (body.isConstant(scalar)) {
      Scalar value = body.constant(scalar);
      switch (Carrier.of(dtype)) {
        case INT -> code.loadConstant((int) value.integer());
        case LONG -> code.loadConstant(value.integer());
        case FLOAT -> code.loadConstant((float) value.floating());
        case DOUBLE -> code.loadConstant(value.floating());
      }
      return value.toString();
    }
    ScalarArgument.push(code, body.scalarArgument(scalar), dtype);
    return "scalar s" + scalar.scalar();
  }

  private void store(int number, Sink sink) {
    DType dtype = body.dtype(sink.value());
    memory.set(dtype, () -> address(outputSlots[number], dtype), () -> push(sink.value()));
    outline.line("store " + dtype + " %" + sink.value() + " -> out" + number + "[i]");
  }
}
