package dev.weft.cpu.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.cpu.memory.Memory;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StridedCopyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void copiesEveryPermutationOfAxes(int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    for (int trial = 0; trial < 150; trial++) {
      int ndim = random.nextInt(5);
      long[] shape = new long[ndim];
      for (int i = 0; i < ndim; i++) {
        shape[i] =
            random.nextInt(trial == 0 ? 1 : 10) == 0 ? 1 : random.nextInt(1, 30 / (i + 1) + 2);
      }
      check(bytes, shape, strides(shape, bytes, random), strides(shape, bytes, random));
    }
    check(
        bytes,
        new long[] {131, 77},
        new long[] {bytes, 131L * bytes},
        new long[] {77L * bytes, bytes});
  }

  /** Strides of a dense layout with its axes in a random order. */
  private static long[] strides(long[] shape, int bytes, SplittableRandom random) {
    long[] strides = new long[shape.length];
    long next = bytes;
    for (int left = shape.length; left > 0; left--) {
      int axis;
      do {
        axis = random.nextInt(shape.length);
      } while (strides[axis] != 0);
      strides[axis] = next;
      next *= shape[axis];
    }
    return strides;
  }

  private static void check(int bytes, long[] shape, long[] fromStrides, long[] toStrides) {
    long count = 1;
    for (long extent : shape) {
      count *= extent;
    }
    try (Arena arena = Arena.ofConfined()) {
      long from = arena.allocate(count * bytes + 64, 64).address();
      long to = arena.allocate(count * bytes + 64, 64).address();
      for (long i = 0; i < count * bytes; i++) {
        Memory.putByte(from + i, (byte) (i * 31 + i / 251));
      }
      StridedCopy.copy(bytes, shape, from, fromStrides, to, toStrides);
      for (long e = 0; e < count; e++) {
        long f = from;
        long t = to;
        long rest = e;
        for (int i = 0; i < shape.length; i++) {
          f += rest % shape[i] * fromStrides[i];
          t += rest % shape[i] * toStrides[i];
          rest /= shape[i];
        }
        for (int b = 0; b < bytes; b++) {
          if (Memory.getByte(t + b) != Memory.getByte(f + b)) {
            fail("element %d of shape %s", e, Arrays.toString(shape));
          }
        }
      }
      assertThat(Memory.getLong(to + count * bytes)).as("what follows").isZero();
    }
  }

  @Test
  void repeatsAndReverses() {
    try (Arena arena = Arena.ofConfined()) {
      long from = arena.allocate(64, 8).address();
      long to = arena.allocate(256, 8).address();
      for (int i = 0; i < 8; i++) {
        Memory.putLong(from + 8L * i, i);
      }
      StridedCopy.copy(8, new long[] {3, 8}, from + 56, new long[] {0, -8}, to, new long[] {64, 8});
      for (int i = 0; i < 24; i++) {
        assertThat(Memory.getLong(to + 8L * i)).isEqualTo(7 - i % 8);
      }
      StridedCopy.copy(8, new long[] {0, 8}, 0, new long[] {8, 8}, 0, new long[] {8, 8});
    }
  }

  @Test
  void refusesOtherElementLengths() {
    assertThatThrownBy(
            () -> StridedCopy.copy(3, new long[] {2}, 0, new long[] {6}, 0, new long[] {6}))
        .hasMessage("copy: elements of 3 bytes");
  }
}
