package dev.weft.cpu.random;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;

/**
 * Random numbers of one seed and stream, written for any range of element indices.
 *
 * <p>The number of an element depends on seed, stream and index only: not on the range it is asked
 * for in, on the form of the generator, or on what ran before. Instances hold no state and serve
 * any thread. {@link Philox} says which words an index uses.
 */
public final class TileRandom {
  /** Groups made at a time: 8 KiB of results, which stay in the first cache until finished. */
  private static final int GROUPS = 8;

  private final DrawKernel kernel;
  private final long seed;
  private final long stream;

  private TileRandom(DrawKernel kernel, long seed, long stream) {
    this.kernel = kernel;
    this.seed = seed;
    this.stream = stream;
  }

  /** The form without the Vector API. */
  public static TileRandom scalar(long seed, long stream) {
    return new TileRandom(new ScalarDraws(), seed, stream);
  }

  /**
   * The form on vectors of a width. Making it defines a class; further seeds and streams of it come
   * cheap by {@link #with}.
   */
  public static TileRandom vector(Lanes lanes, long seed, long stream) {
    DrawKernel kernel =
        Specialization.of(MethodHandles.lookup(), VectorDraws.class, DrawKernel.class, lanes);
    return new TileRandom(kernel, seed, stream);
  }

  /** The same form for another seed and stream. */
  public TileRandom with(long newSeed, long newStream) {
    return new TileRandom(kernel, newSeed, newStream);
  }

  /** Writes float64 in [0, 1), multiples of 2^-53, for elements [start, start + count). */
  public void uniformFloat64(long start, long count, long address) {
    fill(
        start,
        count,
        address,
        8,
        Philox.GROUP64,
        (group, groups, to) -> {
          kernel.words64(seed, stream, group, groups, to);
          kernel.uniform64(to, groups);
        });
  }

  /** Writes float32 in [0, 1), multiples of 2^-24, for elements [start, start + count). */
  public void uniformFloat32(long start, long count, long address) {
    fill(
        start,
        count,
        address,
        4,
        Philox.GROUP32,
        (group, groups, to) -> {
          kernel.words32(seed, stream, group, groups, to);
          kernel.uniform32(to, groups);
        });
  }

  /** Writes standard normal float64 for elements [start, start + count). */
  public void normalFloat64(long start, long count, long address) {
    fill(
        start,
        count,
        address,
        8,
        Philox.GROUP64,
        (group, groups, to) -> {
          kernel.words64(seed, stream, group, groups, to);
          kernel.normal64(to, groups);
        });
  }

  /** Writes the numbers of {@link #normalFloat64}, rounded to float32. */
  public void normalFloat32(long start, long count, long address) {
    try (Arena arena = Arena.ofConfined()) {
      long wide = arena.allocate((long) GROUPS * Philox.GROUP_BYTES, 64).address();
      fill(
          start,
          count,
          address,
          4,
          Philox.GROUP64,
          (group, groups, to) -> {
            kernel.words64(seed, stream, group, groups, wide);
            kernel.normal64(wide, groups);
            kernel.narrow(wide, to, groups);
          });
    }
  }

  /** Writes words of 64 random bits for elements [start, start + count). */
  public void words64(long start, long count, long address) {
    fill(
        start,
        count,
        address,
        8,
        Philox.GROUP64,
        (group, groups, to) -> kernel.words64(seed, stream, group, groups, to));
  }

  /**
   * Writes int64 in [low, low + range) for elements [start, start + count); a range of 0 stands for
   * 2^64.
   *
   * <p>The value is {@code low + floor(w * range / 2^64)} of the unsigned 64-bit word w. Two values
   * differ in probability by at most 2^-64, which no test within reach can see; in return every
   * element uses one word, and indices stay independent.
   */
  public void boundedInt64(long start, long count, long low, long range, long address) {
    fill(
        start,
        count,
        address,
        8,
        Philox.GROUP64,
        (group, groups, to) -> {
          kernel.words64(seed, stream, group, groups, to);
          if (range > 0 && range <= 1L << 32) {
            kernel.bounded(to, groups, low, range);
          } else {
            wideBounded(to, groups, low, range);
          }
        });
  }

  private static void wideBounded(long address, int groups, long low, long range) {
    for (int i = 0; i < groups * Philox.GROUP64; i++) {
      long word = Memory.getLong(address + 8L * i);
      long offset = range == 0 ? word : Math.unsignedMultiplyHigh(word, range);
      Memory.putLong(address + 8L * i, low + offset);
    }
  }

  private interface Groups {
    void write(long group, int groups, long address);
  }

  /** Writes whole groups in place, and groups cut by an end of the range by way of a copy. */
  private static void fill(
      long start, long count, long address, int elementBytes, int groupLength, Groups draws) {
    if (start < 0 || count < 0) {
      throw new IllegalArgumentException(
          "random: range of %d elements from %d; neither may be negative".formatted(count, start));
    }
    long end = start + count;
    long to = address;
    for (long at = start; at < end; ) {
      long group = at / groupLength;
      int skip = (int) (at % groupLength);
      long whole = (end - at) / groupLength;
      int elements;
      if (skip == 0 && whole > 0) {
        int groups = (int) Math.min(whole, GROUPS);
        draws.write(group, groups, to);
        elements = groups * groupLength;
      } else {
        elements = (int) Math.min(groupLength - skip, end - at);
        try (Arena arena = Arena.ofConfined()) {
          long scratch = arena.allocate((long) groupLength * elementBytes, 64).address();
          draws.write(group, 1, scratch);
          Memory.copy(scratch + (long) skip * elementBytes, to, (long) elements * elementBytes);
        }
      }
      at += elements;
      to += (long) elements * elementBytes;
    }
  }
}
