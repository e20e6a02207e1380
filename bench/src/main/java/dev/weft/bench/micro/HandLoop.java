package dev.weft.bench.micro;

import java.lang.foreign.MemorySegment;

/** A loop over elements [from, to) of dense arrays; lengths are multiples of its step. */
@FunctionalInterface
public interface HandLoop {
  /** What the range adds to the result; 0 where the loop stores its results. */
  double run(MemorySegment[] in, MemorySegment[] out, long from, long to);
}
