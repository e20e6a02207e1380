package dev.weft.kernels.jvm.scalar;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.LoopFrame;
import dev.weft.kernels.jvm.loop.Outline;
import dev.weft.kernels.jvm.loop.TileBody;
import java.lang.classfile.CodeBuilder;
import java.util.stream.Collectors;

/**
 * Generates the loop that computes one element at a time:
 *
 * <pre>
 * for (long i = 0; i &lt; n; i++) {
 *   double v0 = memory.get(JAVA_DOUBLE_UNALIGNED, p0 + 8 * i);
 *   double v1 = Math.sqrt(v0);
 *   memory.set(JAVA_DOUBLE_UNALIGNED, out0 + 8 * i, v1);
 * }
 * </pre>
 */
public final class ScalarLoop {
  private final CodeBuilder code;
  private final TileBody body;
  private final Outline outline;
  private final LoopFrame frame;
  private final ScalarMemory memory;
  private final ScalarConversion conversion;
  private final ScalarOperation operation;
  private final int[] slots;

  /** Will write a loop over the body's values, and its outline. */
  public ScalarLoop(CodeBuilder code, TileBody body, ClassConstants constants, Outline outline) {
    this.code = code;
    this.body = body;
    this.outline = outline;
    this.frame = new LoopFrame(code, body, constants);
    this.memory = new ScalarMemory(code);
    this.conversion = new ScalarConversion(code);
    this.operation = new ScalarOperation(code, constants);
    this.slots = new int[body.values().size()];
  }

  /** Emits the whole method {@code run(long[] args, int n)}. */
  public void emit() {
    emitValues(true);
    outline.loop("i < n; i++");
    frame.loop(
        1,
        () -> {
          emitValues(false);
          for (int i = 0; i < body.sinks().size(); i++) {
            store(i, body.sinks().get(i));
          }
        });
    outline.end();
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

  private String value(SsaValue instruction) {
    return switch (instruction) {
      case SsaValue.Load load -> {
        memory.get(load.dtype(), frame.operand(load));
        String element = body.isUniform(load.param()) ? "[0]" : "[i]";
        yield "load(" + load.dtype() + " p" + load.param() + element + ")";
      }
      case SsaValue.ScalarParam scalar -> ScalarArgument.push(code, body, scalar);
      case SsaValue.Convert convert -> {
        DType from = body.dtype(convert.arg());
        push(convert.arg());
        conversion.convert(from, convert.dtype());
        yield "convert(" + from + " to " + convert.dtype() + ", %" + convert.arg() + ")";
      }
      case SsaValue.Apply apply -> {
        DType operand = body.dtype(apply.args().getLast());
        String text = operation.apply(apply, operand, this::push);
        yield apply.args().stream()
            .map(arg -> "%" + arg)
            .collect(Collectors.joining(", ", text + "(", ")"));
      }
    };
  }

  private void push(int value) {
    code.loadLocal(Carrier.of(body.dtype(value)).kind, slots[value]);
  }

  private void store(int number, Sink sink) {
    DType dtype = body.dtype(sink.value());
    memory.set(dtype, frame.output(number), () -> push(sink.value()));
    outline.line("store(" + dtype + " out" + number + "[i], %" + sink.value() + ")");
  }
}
