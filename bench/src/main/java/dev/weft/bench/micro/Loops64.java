package dev.weft.bench.micro;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LOG;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.SIN;
import static jdk.incubator.vector.VectorOperators.SQRT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The workloads as one writes them by hand in float64: what generated code is measured against. */
final class Loops64 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();
  private static final int BYTES = 8;

  private Loops64() {}

  static double sumSqrt(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    DoubleVector a = DoubleVector.zero(SPECIES);
    DoubleVector b = a;
    for (long i = from * BYTES, step = 2L * LANES; i < to * BYTES; i += step * BYTES) {
      DoubleVector x0 = load(x, i);
      DoubleVector y0 = load(y, i);
      DoubleVector x1 = load(x, i + LANES * BYTES);
      DoubleVector y1 = load(y, i + LANES * BYTES);
      a = a.add(x0.mul(x0).add(y0.mul(y0)).lanewise(SQRT));
      b = b.add(x1.mul(x1).add(y1.mul(y1)).lanewise(SQRT));
    }
    return a.add(b).reduceLanes(ADD);
  }

  static double expSin(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    MemorySegment z = out[0];
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      DoubleVector u = load(x, i);
      DoubleVector v = load(y, i);
      u.mul(u).neg().lanewise(EXP).mul(v.lanewise(SIN)).add(1).intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double add(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    MemorySegment z = out[0];
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      load(x, i).add(load(y, i)).intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double sum(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    DoubleVector a = DoubleVector.zero(SPECIES);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (long i = from * BYTES, step = 4L * LANES; i < to * BYTES; i += step * BYTES) {
      a = a.add(load(x, i));
      b = b.add(load(x, i + LANES * BYTES));
      c = c.add(load(x, i + 2 * LANES * BYTES));
      d = d.add(load(x, i + 3 * LANES * BYTES));
    }
    return a.add(b).add(c.add(d)).reduceLanes(ADD);
  }

  static double min(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    DoubleVector a = load(x, from * BYTES);
    DoubleVector b = a;
    for (long i = from * BYTES, step = 2L * LANES; i < to * BYTES; i += step * BYTES) {
      a = a.min(load(x, i));
      b = b.min(load(x, i + LANES * BYTES));
    }
    return a.min(b).reduceLanes(MIN);
  }

  static double poly8(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment z = out[0];
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      DoubleVector u = load(x, i);
      DoubleVector p = u.mul(0.5).add(-0.4);
      p = p.mul(u).add(0.3);
      p = p.mul(u).add(-0.25);
      p = p.mul(u).add(0.2);
      p = p.mul(u).add(-0.15);
      p = p.mul(u).add(0.1);
      p = p.mul(u).add(-0.05);
      p = p.mul(u).add(1.0);
      p.intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double whereMix(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    MemorySegment z = out[0];
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      DoubleVector u = load(x, i);
      DoubleVector v = load(y, i);
      VectorMask<Double> chosen = u.compare(GT, 0.0).and(v.compare(LT, 1.0));
      v.sub(1.0).blend(u.mul(2.0), chosen).intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double blackScholes(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      DoubleVector s = load(in[0], i);
      DoubleVector k = load(in[1], i);
      DoubleVector t = load(in[2], i);
      DoubleVector spread = t.lanewise(SQRT).mul(0.3);
      DoubleVector d1 = s.div(k).lanewise(LOG).add(t.mul(0.065)).div(spread);
      DoubleVector n1 = normalCdf(d1);
      DoubleVector n2 = normalCdf(d1.sub(spread));
      DoubleVector discounted = k.mul(t.mul(-0.02).lanewise(EXP));
      s.mul(n1).sub(discounted.mul(n2)).intoMemorySegment(out[0], i, ORDER);
      discounted.mul(rest(n2)).sub(s.mul(rest(n1))).intoMemorySegment(out[1], i, ORDER);
    }
    return 0;
  }

  /** Abramowitz and Stegun 26.2.17. */
  private static DoubleVector normalCdf(DoubleVector d) {
    DoubleVector a = d.lanewise(ABS);
    DoubleVector k = one().div(a.mul(0.2316419).add(1.0));
    DoubleVector p = k.mul(1.330274429);
    p = k.mul(p.add(-1.821255978));
    p = k.mul(p.add(1.781477937));
    p = k.mul(p.add(-0.356563782));
    p = k.mul(p.add(0.319381530));
    DoubleVector tail = a.mul(-0.5).mul(a).lanewise(EXP).mul(0.3989422804014327).mul(p);
    return rest(tail).blend(tail, d.compare(LT, 0.0));
  }

  private static DoubleVector one() {
    return DoubleVector.broadcast(SPECIES, 1.0);
  }

  private static DoubleVector rest(DoubleVector a) {
    return one().sub(a);
  }

  private static DoubleVector load(MemorySegment from, long offset) {
    return DoubleVector.fromMemorySegment(SPECIES, from, offset, ORDER);
  }
}
