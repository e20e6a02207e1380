package dev.weft.core.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The joins of partial results beside the same tree, level by level and cell by cell. */
class HostCombineTest {
  private static final ValueLayout.OfDouble DOUBLES = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfLong LONGS = ValueLayout.JAVA_LONG_UNALIGNED;
  // More than one block of 512, and the last one is short.
  private static final int CELLS = 1_030;

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 13, 31, 39, 64, 65})
  void addsInTheTreeOfNeighbours(int parts) {
    List<double[]> values = new ArrayList<>();
    List<MemorySegment> partials = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      values.add(random.doubles(CELLS, -1e8, 1e8).toArray());
      partials.add(MemorySegment.ofArray(values.get(i).clone()));
    }
    new HostCombine(Reduction.SUM, false, CELLS).combine(partials);
    for (int step = 1; step < parts; step *= 2) {
      for (int i = 0; i + step < parts; i += 2 * step) {
        for (int cell = 0; cell < CELLS; cell++) {
          values.get(i)[cell] += values.get(i + step)[cell];
        }
      }
    }
    for (int cell = 0; cell < CELLS; cell++) {
      assertEquals(values.getFirst()[cell], partials.getFirst().getAtIndex(DOUBLES, cell), 0.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 11, 40})
  void momentsOfPartsWithAsManyValuesAreThoseOfCellsAlone(int parts) {
    long[] counts = random.longs(parts, 1, 5_000).toArray();
    counts[1] = 0;
    List<MemorySegment> together = new ArrayList<>();
    List<MemorySegment> differing = new ArrayList<>();
    for (long count : counts) {
      MemorySegment partial = MemorySegment.ofArray(new long[3 * CELLS]);
      for (int cell = 0; cell < CELLS; cell++) {
        partial.setAtIndex(LONGS, cell, count);
        partial.setAtIndex(DOUBLES, CELLS + cell, count == 0 ? 0 : random.nextGaussian());
        partial.setAtIndex(DOUBLES, 2 * CELLS + cell, count == 0 ? 0 : random.nextDouble());
      }
      together.add(partial);
      // One cell of each block has one value more: all others must not notice.
      MemorySegment other = MemorySegment.ofArray(new long[3 * CELLS]).copyFrom(partial);
      for (int cell = 0; cell < CELLS; cell += 512) {
        other.setAtIndex(LONGS, cell, count + 1);
      }
      differing.add(other);
    }
    new HostCombine(Reduction.MOMENTS, false, CELLS).combine(together);
    new HostCombine(Reduction.MOMENTS, false, CELLS).combine(differing);
    for (int word = 0; word < 3 * CELLS; word++) {
      if (word % CELLS % 512 != 0) {
        assertEquals(
            together.getFirst().getAtIndex(LONGS, word),
            differing.getFirst().getAtIndex(LONGS, word));
      }
    }
  }

  /** Numbers 1 to 6, in parts of 0, 2, 1 and 3: mean 3.5, squared deviations 17.5. */
  @Test
  void momentsOfPartsWithoutValuesChangeNothing() {
    List<MemorySegment> partials =
        List.of(moments(0, 0, 0), moments(2, 1.5, 0.5), moments(1, 3, 0), moments(3, 5, 2));
    new HostCombine(Reduction.MOMENTS, false, 1).combine(partials);
    assertEquals(6, partials.getFirst().getAtIndex(LONGS, 0));
    assertEquals(3.5, partials.getFirst().getAtIndex(DOUBLES, 1), 1e-15);
    assertEquals(17.5, partials.getFirst().getAtIndex(DOUBLES, 2), 1e-14);
  }

  private static MemorySegment moments(long count, double mean, double squares) {
    MemorySegment partial = MemorySegment.ofArray(new long[3]);
    partial.setAtIndex(LONGS, 0, count);
    partial.setAtIndex(DOUBLES, 1, mean);
    partial.setAtIndex(DOUBLES, 2, squares);
    return partial;
  }
}
