package dev.weft.core.expr;

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
      InTurns.joinFloats(re, im, to, to.byteSize() / (2 * Float.BYTES));
    } else {
      InTurns.joinDoubles(re, im, to, to.byteSize() / (2 * Double.BYTES));
    }
  }
}
