package dev.weft.kernels.jvm.vector;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.Sink;
import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.ElementAddress;
import dev.weft.kernels.jvm.loop.LoopFrame;
import dev.weft.kernels.jvm.loop.Outline;
import dev.weft.kernels.jvm.loop.TileBody;
import java.lang.classfile.CodeBuilder;

/**
 * Generates the loop that computes one vector at a time; {@code n} is a multiple of the lanes.
 *
 * <pre>
 * for (int i = 0; i &lt; n; i += 8) {
 *   DoubleVector v0 = DoubleVector.fromMemorySegment(SPECIES_512, p0, 8L * i, order);
 *   DoubleVector v1 = v0.lanewise(SQRT);
 *   v1.intoMemorySegment(out0, 8L * i, order);
 * }
 * </pre>
 */
public final class VectorLoop {
  private final CodeBuilder code;
  private final TileBody body;
  private final Outline outline;
  private final LoopFrame frame;
  private final VectorCode vectors;
  private final VectorMemory memory;
  private final VectorValues values;

  /** Will write a loop over the body's values in vectors of so many lanes, and its outline. */
  public VectorLoop(
      CodeBuilder code, TileBody body, int lanes, ClassConstants constants, Outline outline) {
    this.code = code;
    this.body = body;
    this.outline = outline;
    this.frame = new LoopFrame(code, body, constants);
    this.vectors = new VectorCode(code, lanes);
    this.memory = new VectorMemory(code, vectors);
    this.values = new VectorValues(code, body, frame, vectors, memory);
  }

  /** Emits the whole method {@code run(long[] args, int n)}. */
  public void emit() {
    emitValues(true);
    outline.loop("i < n; i += " + vectors.lanes());
    frame.loop(
        vectors.lanes(),
        () -> {
          emitValues(false);
          for (int i = 0; i < body.sinks().size(); i++) {
            store(i, body.sinks().get(i));
          }
        });
    outline.end();
  }

  private void emitValues(boolean invariant) {
    for (int i = 0; i < body.values().size(); i++) {
      if (body.isInvariant(i) == invariant) {
        outline.value(i, values.emit(i));
      }
    }
  }

  private void store(int number, Sink sink) {
    int value = sink.value();
    DType dtype = body.dtype(value);
    ElementAddress place = frame.output(number);
    if (dtype == DType.BOOL) {
      int mask = values.mask(value, memory.maskLanes());
      memory.storeMask(place, () -> code.aload(mask));
    } else {
      memory.store(dtype, place, () -> values.push(value));
    }
    outline.line("store(" + dtype + " out" + number + "[i], %" + value + ")");
  }
}
