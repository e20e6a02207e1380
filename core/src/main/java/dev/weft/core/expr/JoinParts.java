package dev.weft.core.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Real and imaginary parts as complex numbers, as they are stored. */
record JoinParts() implements BlockRoutine {
  @Override
  public String name() {
    return "complex";
  }

  @Override
  public String reason() {
    return PartOf.REASON;
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
    MemorySegment re = inputs.getFirst().memory();
    MemorySegment im = inputs.getLast().memory();
    MemorySegment to = output.memory();
    if (inputs.getFirst().dtype().itemSize() == Float.BYTES) {
      long n = to.byteSize() / (2 * Float.BYTES);
      for (long i = 0; i < n; i++) {
        to.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i, re.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
        to.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i + 1, im.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
      }
    } else {
      long n = to.byteSize() / (2 * Double.BYTES);
      for (long i = 0; i < n; i++) {
        to.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i, re.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
        to.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i + 1, im.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
      }
    }
  }
}
