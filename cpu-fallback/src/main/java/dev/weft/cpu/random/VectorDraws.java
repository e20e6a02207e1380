package dev.weft.cpu.random;

import static dev.weft.cpu.random.ScalarBoxMuller.*;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.L2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Draws by the vector; the template of a class for each width.
 *
 * <p>Between rounds a word of 32 bits sits in the upper half of a lane of 64, with rubbish below:
 * there the upper half of a product is in place already, and the shift that brings a word down
 * before a product tells C2 that both factors are below 2^32, so that it takes the instruction for
 * such products. (Clearing the upper half by {@code and} tells it too, but C2 merges that with the
 * exclusive or before it and then no longer sees it.)
 *
 * <p>Loops are spelled out: past a number of nodes, which some seventy vector operations use up, C2
 * inlines no method but those of the Vector API itself, and one helper that is not inlined costs
 * more than all the rest.
 */
final class VectorDraws implements DrawKernel {
  private static final Lanes LANES = Specialization.constant(MethodHandles.lookup(), Lanes.class);
  private static final VectorSpecies<Long> L = LANES.int64();
  private static final VectorSpecies<Integer> I = LANES.int32();
  private static final VectorSpecies<Float> HALF = LANES.halfFloat32();
  private static final VectorSpecies<Integer> HALF_INT = LANES.halfInt32();
  private static final VectorSpecies<Double> D = LANES.float64();
  private static final int N = L.length();
  private static final ByteOrder O = Memory.ORDER;
  private static final LongVector IOTA = LongVector.zero(L).addIndex(1);
  private static final int HALF_GROUP = Philox.GROUP_BYTES / 2;

  VectorDraws() {}

  @Override
  public void words64(long seed, long stream, long group, int groups, long address) {
    LongVector m0 = down(LongVector.broadcast(L, Philox.M0 << 32));
    LongVector m1 = down(LongVector.broadcast(L, Philox.M1 << 32));
    for (int i = 0; i < groups * Philox.COUNTERS; i += N) {
      LongVector c1 = IOTA.add(group * Philox.COUNTERS + i);
      LongVector c3 = LongVector.broadcast(L, stream);
      LongVector p0 = down(up(c1)).mul(m0);
      LongVector p1 = down(up(c3)).mul(m1);
      long k0 = seed << 32;
      long k1 = seed & ~Philox.LOW;
      for (int round = 1; round < Philox.ROUNDS; round++) {
        LongVector c0 = p1.lanewise(XOR, c1).lanewise(XOR, k0);
        LongVector c2 = p0.lanewise(XOR, c3).lanewise(XOR, k1);
        c1 = up(p1);
        c3 = up(p0);
        p0 = down(c0).mul(m0);
        p1 = down(c2).mul(m1);
        k0 += (long) Philox.W0 << 32;
        k1 += (long) Philox.W1 << 32;
      }
      LongVector c0 = p1.lanewise(XOR, c1).lanewise(XOR, k0);
      LongVector c2 = p0.lanewise(XOR, c3).lanewise(XOR, k1);
      long to = address + (long) (i >>> 6) * Philox.GROUP_BYTES + (i & 63) * 8L;
      down(c0).or(up(p1)).intoMemorySegment(Memory.ALL, to, O);
      down(c2).or(up(p0)).intoMemorySegment(Memory.ALL, to + HALF_GROUP, O);
    }
  }

  @Override
  public void words32(long seed, long stream, long group, int groups, long address) {
    LongVector m0 = down(LongVector.broadcast(L, Philox.M0 << 32));
    LongVector m1 = down(LongVector.broadcast(L, Philox.M1 << 32));
    for (int i = 0; i < groups * Philox.COUNTERS; i += N) {
      LongVector c1 = IOTA.add(group * Philox.COUNTERS + i);
      LongVector c3 = LongVector.broadcast(L, stream);
      LongVector p0 = down(up(c1)).mul(m0);
      LongVector p1 = down(up(c3)).mul(m1);
      long k0 = seed << 32;
      long k1 = seed & ~Philox.LOW;
      for (int round = 1; round < Philox.ROUNDS; round++) {
        LongVector c0 = p1.lanewise(XOR, c1).lanewise(XOR, k0);
        LongVector c2 = p0.lanewise(XOR, c3).lanewise(XOR, k1);
        c1 = up(p1);
        c3 = up(p0);
        p0 = down(c0).mul(m0);
        p1 = down(c2).mul(m1);
        k0 += (long) Philox.W0 << 32;
        k1 += (long) Philox.W1 << 32;
      }
      LongVector c0 = p1.lanewise(XOR, c1).lanewise(XOR, k0);
      LongVector c2 = p0.lanewise(XOR, c3).lanewise(XOR, k1);
      long to = address + (long) (i >>> 6) * Philox.GROUP_BYTES + (i & 63) * 4L;
      down(c0).convertShape(L2I, HALF_INT, 0).intoMemorySegment(Memory.ALL, to, O);
      p1.convertShape(L2I, HALF_INT, 0).intoMemorySegment(Memory.ALL, to + 256, O);
      down(c2).convertShape(L2I, HALF_INT, 0).intoMemorySegment(Memory.ALL, to + 512, O);
      p0.convertShape(L2I, HALF_INT, 0).intoMemorySegment(Memory.ALL, to + 768, O);
    }
  }

  private static LongVector up(LongVector v) {
    return v.lanewise(LSHL, 32);
  }

  private static LongVector down(LongVector v) {
    return v.lanewise(LSHR, 32);
  }

  /**
   * The same number as {@code (w >>> 11) * 2^-53}: the upper word as a multiple of 2^-32 and the
   * rest as one of 2^-53 are put below a fixed exponent each, and their sum is exact. A conversion
   * of long to double is slow on machines without AVX-512.
   */
  private static DoubleVector uniform(LongVector w) {
    DoubleVector high = w.lanewise(LSHR, 32).or(0x4130000000000000L).reinterpretAsDoubles();
    DoubleVector low =
        w.lanewise(LSHR, 11).and(0x1FFFFFL).or(0x3FE0000000000000L).reinterpretAsDoubles();
    return high.sub(0x1p20 + 0.5).add(low);
  }

  /**
   * {@link #uniform} spelled out: where the scalar form has run before, C2 takes this loop for the
   * rare case and inlines no method but those of the Vector API, which made it 2.5 times slower.
   */
  @Override
  public void uniform64(long address, int groups) {
    for (int i = 0; i < groups * Philox.GROUP64; i += N) {
      long at = address + 8L * i;
      LongVector w = LongVector.fromMemorySegment(L, Memory.ALL, at, O);
      DoubleVector high = w.lanewise(LSHR, 32).or(0x4130000000000000L).reinterpretAsDoubles();
      DoubleVector low =
          w.lanewise(LSHR, 11).and(0x1FFFFFL).or(0x3FE0000000000000L).reinterpretAsDoubles();
      high.sub(0x1p20 + 0.5).add(low).intoMemorySegment(Memory.ALL, at, O);
    }
  }

  @Override
  public void uniform32(long address, int groups) {
    for (int i = 0; i < groups * Philox.GROUP32; i += 2 * N) {
      long at = address + 4L * i;
      IntVector w = IntVector.fromMemorySegment(I, Memory.ALL, at, O);
      FloatVector u = (FloatVector) w.lanewise(LSHR, 8).convert(VectorOperators.I2F, 0);
      u.mul(0x1p-24f).intoMemorySegment(Memory.ALL, at, O);
    }
  }

  @Override
  public void normal64(long address, int groups) {
    radius(address, groups);
    turn(address, groups);
  }

  /** The logarithm is that of {@link ScalarBoxMuller#log}. */
  private static void radius(long address, int groups) {
    for (int i = 0; i < groups * Philox.COUNTERS; i += N) {
      long at = address + (long) (i >>> 6) * Philox.GROUP_BYTES + (i & 63) * 8L;
      DoubleVector u = uniform(LongVector.fromMemorySegment(L, Memory.ALL, at, O));
      LongVector bits = broadcast(D, 1.0).sub(u).reinterpretAsLongs();
      LongVector shifted = bits.add(EXPONENT_SHIFT);
      LongVector exponent = shifted.lanewise(LSHR, 52).or(TWO_52);
      DoubleVector k = exponent.reinterpretAsDoubles().sub(0x1p52 + 1023);
      DoubleVector f = bits.sub(shifted.and(EXPONENT)).add(ONE).reinterpretAsDoubles().sub(1.0);
      DoubleVector h = f.mul(0.5).mul(f);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector z = s.mul(s);
      DoubleVector w = z.mul(z);
      DoubleVector even = broadcast(D, L6).fma(w, broadcast(D, L4)).fma(w, broadcast(D, L2)).mul(w);
      DoubleVector odd =
          broadcast(D, L7)
              .fma(w, broadcast(D, L5))
              .fma(w, broadcast(D, L3))
              .fma(w, broadcast(D, L1))
              .mul(z);
      DoubleVector tail = k.fma(broadcast(D, LN2_LOW), s.mul(h.add(even.add(odd))));
      DoubleVector log = k.mul(LN2_HIGH).sub(h.sub(tail).sub(f));
      log.mul(-2.0).lanewise(VectorOperators.SQRT).intoMemorySegment(Memory.ALL, at, O);
    }
  }

  /** Sine and cosine are those of {@link ScalarBoxMuller}. */
  private static void turn(long address, int groups) {
    for (int i = 0; i < groups * Philox.COUNTERS; i += N) {
      long at = address + (long) (i >>> 6) * Philox.GROUP_BYTES + (i & 63) * 8L;
      DoubleVector v = uniform(LongVector.fromMemorySegment(L, Memory.ALL, at + HALF_GROUP, O));
      DoubleVector r = DoubleVector.fromMemorySegment(D, Memory.ALL, at, O);
      DoubleVector t = v.mul(4.0);
      DoubleVector rounded = t.add(ROUNDER);
      LongVector q = rounded.reinterpretAsLongs();
      DoubleVector f = t.sub(rounded.sub(ROUNDER));
      DoubleVector x = f.mul(HALF_PI_HIGH);
      DoubleVector low =
          f.fma(broadcast(D, HALF_PI_LOW), f.fma(broadcast(D, HALF_PI_HIGH), x.neg()));
      DoubleVector z = x.mul(x);
      DoubleVector p =
          broadcast(D, S6)
              .fma(z, broadcast(D, S5))
              .fma(z, broadcast(D, S4))
              .fma(z, broadcast(D, S3))
              .fma(z, broadcast(D, S2));
      DoubleVector xz = x.mul(z);
      DoubleVector sin = x.sub(z.fma(low.mul(0.5).sub(xz.mul(p)), low.neg()).sub(xz.mul(S1)));
      DoubleVector c =
          broadcast(D, C6)
              .fma(z, broadcast(D, C5))
              .fma(z, broadcast(D, C4))
              .fma(z, broadcast(D, C3))
              .fma(z, broadcast(D, C2))
              .fma(z, broadcast(D, C1));
      DoubleVector h = z.mul(0.5);
      DoubleVector w = broadcast(D, 1.0).sub(h);
      DoubleVector cos =
          w.add(broadcast(D, 1.0).sub(w).sub(h).add(c.mul(z).mul(z).sub(x.mul(low))));
      var odd = q.and(1).compare(VectorOperators.NE, 0).cast(D);
      LongVector cosSign = q.add(1).and(2).lanewise(LSHL, 62);
      LongVector sinSign = q.and(2).lanewise(LSHL, 62);
      LongVector rcos = r.mul(cos.blend(sin, odd)).reinterpretAsLongs();
      LongVector rsin = r.mul(sin.blend(cos, odd)).reinterpretAsLongs();
      rcos.lanewise(XOR, cosSign).intoMemorySegment(Memory.ALL, at, O);
      rsin.lanewise(XOR, sinSign).intoMemorySegment(Memory.ALL, at + HALF_GROUP, O);
    }
  }

  @Override
  public void narrow(long from, long to, int groups) {
    for (int i = 0; i < groups * Philox.GROUP64; i += N) {
      DoubleVector v = DoubleVector.fromMemorySegment(D, Memory.ALL, from + 8L * i, O);
      v.convertShape(VectorOperators.D2F, HALF, 0).intoMemorySegment(Memory.ALL, to + 4L * i, O);
    }
  }

  @Override
  public void bounded(long address, int groups, long low, long range) {
    LongVector r = LongVector.broadcast(L, range);
    for (int i = 0; i < groups * Philox.GROUP64; i += N) {
      long at = address + 8L * i;
      LongVector w = LongVector.fromMemorySegment(L, Memory.ALL, at, O);
      LongVector carry = w.and(Philox.LOW).mul(r).lanewise(LSHR, 32);
      LongVector product = w.lanewise(LSHR, 32).mul(r).add(carry);
      product.lanewise(LSHR, 32).add(low).intoMemorySegment(Memory.ALL, at, O);
    }
  }
}
