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
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The workloads as one writes them by hand in float32: what generated code is measured against. */
final class Loops32 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();
  private static final int BYTES = 4;

  private Loops32() {}

  static double sumSqrt(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    for (long i = from * BYTES, step = 2L * LANES; i < to * BYTES; i += step * BYTES) {
      FloatVector x0 = load(x, i);
      FloatVector y0 = load(y, i);
      FloatVector x1 = load(x, i + LANES * BYTES);
      FloatVector y1 = load(y, i + LANES * BYTES);
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
      FloatVector u = load(x, i);
      FloatVector v = load(y, i);
      u.mul(u).neg().lanewise(EXP).mul(v.lanewise(SIN)).add(1f).intoMemorySegment(z, i, ORDER);
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
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
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
    FloatVector a = load(x, from * BYTES);
    FloatVector b = a;
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
      FloatVector u = load(x, i);
      FloatVector p = u.mul(0.5f).add(-0.4f);
      p = p.mul(u).add(0.3f);
      p = p.mul(u).add(-0.25f);
      p = p.mul(u).add(0.2f);
      p = p.mul(u).add(-0.15f);
      p = p.mul(u).add(0.1f);
      p = p.mul(u).add(-0.05f);
      p = p.mul(u).add(1.0f);
      p.intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double whereMix(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    MemorySegment x = in[0];
    MemorySegment y = in[1];
    MemorySegment z = out[0];
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      FloatVector u = load(x, i);
      FloatVector v = load(y, i);
      VectorMask<Float> chosen = u.compare(GT, 0.0f).and(v.compare(LT, 1.0f));
      v.sub(1.0f).blend(u.mul(2.0f), chosen).intoMemorySegment(z, i, ORDER);
    }
    return 0;
  }

  static double blackScholes(MemorySegment[] in, MemorySegment[] out, long from, long to) {
    for (long i = from * BYTES; i < to * BYTES; i += (long) LANES * BYTES) {
      FloatVector s = load(in[0], i);
      FloatVector k = load(in[1], i);
      FloatVector t = load(in[2], i);
      FloatVector spread = t.lanewise(SQRT).mul(0.3f);
      FloatVector d1 = s.div(k).lanewise(LOG).add(t.mul(0.065f)).div(spread);
      FloatVector n1 = normalCdf(d1);
      FloatVector n2 = normalCdf(d1.sub(spread));
      FloatVector discounted = k.mul(t.mul(-0.02f).lanewise(EXP));
      s.mul(n1).sub(discounted.mul(n2)).intoMemorySegment(out[0], i, ORDER);
      discounted.mul(rest(n2)).sub(s.mul(rest(n1))).intoMemorySegment(out[1], i, ORDER);
    }
    return 0;
  }

  /** Abramowitz and Stegun 26.2.17. */
  private static FloatVector normalCdf(FloatVector d) {
    FloatVector a = d.lanewise(ABS);
    FloatVector k = one().div(a.mul(0.2316419f).add(1.0f));
    FloatVector p = k.mul(1.330274429f);
    p = k.mul(p.add(-1.821255978f));
    p = k.mul(p.add(1.781477937f));
    p = k.mul(p.add(-0.356563782f));
    p = k.mul(p.add(0.319381530f));
    FloatVector tail = a.mul(-0.5f).mul(a).lanewise(EXP).mul(0.3989422804014327f).mul(p);
    return rest(tail).blend(tail, d.compare(LT, 0.0f));
  }

  private static FloatVector one() {
    return FloatVector.broadcast(SPECIES, 1.0f);
  }

  private static FloatVector rest(FloatVector a) {
    return one().sub(a);
  }

  private static FloatVector load(MemorySegment from, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, from, offset, ORDER);
  }
}
