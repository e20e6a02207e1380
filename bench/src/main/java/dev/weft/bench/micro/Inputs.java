package dev.weft.bench.micro;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded inputs of a workload, and memory for what a hand-written loop stores. */
record Inputs(List<HostArray> in, List<HostArray> out) implements AutoCloseable {

  static Inputs of(MicroWorkload workload, int bits, long n) {
    DType dtype = bits == 64 ? DType.FLOAT64 : DType.FLOAT32;
    List<HostArray> in = new ArrayList<>();
    for (int i = 0; i < workload.inputs(); i++) {
      in.add(random(dtype, n, i, workload == MicroWorkload.BLACK_SCHOLES));
    }
    List<HostArray> out = new ArrayList<>();
    for (int i = 0; i < workload.outputs(); i++) {
      out.add(HostArray.allocate(dtype, Shape.of(n)));
    }
    return new Inputs(in, out);
  }

  /** Spots and strikes in [20, 80) and years in [0.25, 4), or numbers in [-1, 2) and [0, 2). */
  private static HostArray random(DType dtype, long n, int which, boolean prices) {
    double low = prices ? (which < 2 ? 20 : 0.25) : which - 1;
    double high = prices ? (which < 2 ? 80 : 4) : 2;
    HostArray array = HostArray.allocate(dtype, Shape.of(n));
    SplittableRandom random = new SplittableRandom(which);
    MemorySegment memory = array.segment();
    for (long i = 0; i < n; i++) {
      double value = low + (high - low) * random.nextDouble();
      if (dtype == DType.FLOAT64) {
        memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
      } else {
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      }
    }
    return array;
  }

  MemorySegment[] inSegments() {
    return in.stream().map(HostArray::segment).toArray(MemorySegment[]::new);
  }

  MemorySegment[] outSegments() {
    return out.stream().map(HostArray::segment).toArray(MemorySegment[]::new);
  }

  @Override
  public void close() {
    in.forEach(HostArray::close);
    out.forEach(HostArray::close);
  }
}
