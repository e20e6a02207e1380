package dev.weft.core.expr;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The real or the imaginary parts of complex numbers as they are stored. */
record PartOf(boolean imaginary) implements BlockRoutine {
  static final String REASON = "devices compute with real and imaginary parts";

  @Override
  public String name() {
    return imaginary ? "imaginary parts" : "real parts";
  }

  @Override
  public String reason() {
    return REASON;
  }

  @Override
  public boolean isPure() {
    return true;
  }

  @Override
  public double cost() {
    return 2;
  }

  @Override
  public void run(List<Block> inputs, Block output) {
    MemorySegment from = inputs.getFirst().memory();
    MemorySegment to = output.memory();
    int second = imaginary ? 1 : 0;
    if (output.dtype().itemSize() == Float.BYTES) {
      InTurns.takeFloats(from, second, to, to.byteSize() / Float.BYTES);
    } else {
      InTurns.takeDoubles(from, second, to, to.byteSize() / Double.BYTES);
    }
  }
}
