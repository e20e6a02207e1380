package dev.weft.core.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionCopyTest {
  private static final int AXES = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void gathersWhatALoopOverIndicesGathers(int itemSize) {
    SplittableRandom random = new SplittableRandom(itemSize);
    byte[] memory = new byte[10_000];
    random.nextBytes(memory);
    for (int round = 0; round < 200; round++) {
      long[] extents = new long[AXES];
      long[] start = new long[AXES];
      for (int axis = 0; axis < AXES; axis++) {
        start[axis] = random.nextInt(3);
        extents[axis] = random.nextInt(5);
      }
      long[] strides = strides(itemSize, random);
      // Negative strides reach below element 0.
      var layout = new ArraySource.Layout(MemorySegment.ofArray(memory), 5000, strides);
      Region region = new Region(start, extents);
      byte[] gathered = new byte[(int) region.size() * itemSize];
      RegionCopy.gather(layout, itemSize, region, MemorySegment.ofArray(gathered));
      assertThat(gathered).isEqualTo(expected(layout, itemSize, region));
    }
  }

  @Test
  void aScalarIsOneElement() {
    MemorySegment one = MemorySegment.ofArray(new byte[] {1, 2, 3});
    byte[] gathered = new byte[2];
    RegionCopy.gather(
        new ArraySource.Layout(one, 1, new long[0]),
        2,
        new Region(new long[0], new long[0]),
        MemorySegment.ofArray(gathered));
    assertThat(gathered).containsExactly(2, 3);
  }

  /** Dense in C order, dense in Fortran order, reversed, or broadcast. */
  private static long[] strides(int itemSize, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> new long[] {49L * itemSize, 7L * itemSize, itemSize};
      case 1 -> new long[] {itemSize, 7L * itemSize, 49L * itemSize};
      case 2 -> new long[] {-49L * itemSize, 7L * itemSize, -itemSize};
      default -> new long[] {7L * itemSize, 0, itemSize};
    };
  }

  private static byte[] expected(ArraySource.Layout layout, int itemSize, Region region) {
    byte[] dense = new byte[(int) region.size() * itemSize];
    int to = 0;
    for (long i = 0; i < region.extents()[0]; i++) {
      for (long j = 0; j < region.extents()[1]; j++) {
        for (long k = 0; k < region.extents()[2]; k++) {
          long at =
              layout.offset()
                  + (region.start()[0] + i) * layout.strides()[0]
                  + (region.start()[1] + j) * layout.strides()[1]
                  + (region.start()[2] + k) * layout.strides()[2];
          for (int b = 0; b < itemSize; b++) {
            dense[to++] = layout.memory().get(ValueLayout.JAVA_BYTE, at + b);
          }
        }
      }
    }
    return dense;
  }
}
