package dev.weft.core.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

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
      long n = to.byteSize() / Float.BYTES;
      for (long i = 0; i < n; i++) {
        float value = from.getAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i + second);
        to.setAtIndex(JAVA_FLOAT_UNALIGNED, i, value);
      }
    } else {
      long n = to.byteSize() / Double.BYTES;
      for (long i = 0; i < n; i++) {
        double value = from.getAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i + second);
        to.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, value);
      }
    }
  }
}
