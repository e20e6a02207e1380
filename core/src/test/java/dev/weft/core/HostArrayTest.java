package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostArrayTest {
  private static final String VALUES = "array from Java values";

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void copiesArraysOfAllPrimitives() {
    assertThat(HostArray.of(new double[] {1, 2.5}).toDoubleArray()).containsExactly(1, 2.5);
    assertThat(HostArray.of(new float[] {1, 2.5f}).toFloatArray()).containsExactly(1, 2.5f);
    assertThat(HostArray.of(new long[] {1L << 62, -2}).toLongArray()).containsExactly(1L << 62, -2);
    assertThat(HostArray.of(new int[] {1, -2}).toIntArray()).containsExactly(1, -2);
    assertThat(HostArray.of(new short[] {1, -2}).toIntArray()).containsExactly(1, -2);
    assertThat(HostArray.of(new byte[] {1, -2}).toByteArray()).containsExactly(1, -2);
    assertThat(HostArray.of(new boolean[] {true, false}).toBooleanArray())
        .containsExactly(true, false);
    assertThat(HostArray.of(new short[1]).dtype()).isEqualTo(DType.INT16);
    assertThat(HostArray.of(new boolean[1]).dtype()).isEqualTo(DType.BOOL);
  }

  @Test
  void copiesNestedArrays() {
    HostArray array = HostArray.of(new int[][][] {{{1, 2}, {3, 4}, {5, 6}}});
    assertThat(array.shape()).isEqualTo(Shape.of(1, 3, 2));
    assertThat(array.toIntArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(HostArray.of(new Object[] {new double[] {1}, new double[] {2}}).shape())
        .isEqualTo(Shape.of(2, 1));
    assertThat(HostArray.of(new Object[] {new Object[] {1L, 2L}}).toLongArray())
        .containsExactly(1, 2);
    assertThat(HostArray.of(new Double[][] {{1.0}, {2.0}}).toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void copiesEmptyArraysAndScalars() {
    assertThat(HostArray.of(new double[0]).shape()).isEqualTo(Shape.of(0));
    assertThat(HostArray.of(new double[3][0]).shape()).isEqualTo(Shape.of(3, 0));
    assertThat(HostArray.of(new double[0][3]).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(HostArray.of(2.5).item()).isEqualTo(2.5);
    assertThat(HostArray.of(true).getBoolean()).isTrue();
    assertThat(HostArray.of(7).shape()).isEqualTo(Shape.SCALAR);
  }

  @Test
  void refusesRaggedArraysWithPosition() {
    refused(
        () -> HostArray.of(new double[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7}}}),
        VALUES + " is ragged: [1][1] has length 1, its neighbours before it 2");
    refused(
        () -> HostArray.of(new double[][] {{1}, null}),
        VALUES + ": [1] is null where an array of length 1 is expected");
    refused(
        () -> HostArray.of(new Object[] {1, 2.0}),
        VALUES + ": [1] is java.lang.Double where java.lang.Integer is expected");
    refused(
        () -> HostArray.of(new Object[] {new int[] {1}, new double[] {2}}),
        VALUES + ": [1] is double[] where depth 2 of int is expected");
    refused(
        () -> HostArray.of(new Object[] {new int[] {1}, 2}),
        VALUES + ": [1] is java.lang.Integer where an array of length 1 is expected");
  }

  @Test
  void refusesOtherElementTypes() {
    refused(
        () -> HostArray.of(new char[2]),
        VALUES
            + " of type char: use boolean, byte, short, int, long, float, double or Complex, or arrays of"
            + " them");
    refused(
        () -> HostArray.of(new Object[0]),
        VALUES + ": the first element is missing, so its type is unknown");
  }

  @Test
  void fillsAShape() {
    HostArray array = HostArray.of(new int[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3));
    assertThat(array.getLong(1, 0)).isEqualTo(4);
    refused(
        () -> HostArray.of(new int[5], Shape.of(2, 3)),
        "array of shape (2, 3) from 5 values: the shape has 6 elements");
  }

  @Test
  void indicesCountFromTheEndAsInNumpy() {
    HostArray array = HostArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(array.getDouble(1, 2)).isEqualTo(6);
    assertThat(array.getDouble(-1, -3)).isEqualTo(4);
    refused(() -> array.getDouble(0, 3), "index 3 is out of bounds for axis 1 of shape (2, 3)");
    refused(() -> array.getDouble(-3, 0), "index -3 is out of bounds for axis 0 of shape (2, 3)");
    refused(() -> array.getDouble(1), "array of shape (2, 3) takes 2 indices; 1 given");
    refused(
        array::item,
        "item() needs an array of one element; shape (2, 3) has 6. Use getDouble(index...)");
  }

  @Test
  void convertsOnlyWhatFits() {
    HostArray fraction = HostArray.of(new double[] {1, 2.5});
    assertThat(fraction.getLong(0)).isEqualTo(1);
    refused(
        fraction::toLongArray,
        "element 1 of a float64 array is 2.5, which is no whole number within long. Use getDouble"
            + " or toDoubleArray, or cast the array first");
    refused(
        () -> HostArray.of(new double[] {Double.NaN}).getLong(0),
        "element 0 of a float64 array is NaN, which is no whole number within long. Use getDouble"
            + " or toDoubleArray, or cast the array first");
    refused(
        () -> HostArray.of(new long[] {1L << 31}).toIntArray(),
        "element 0 of a int64 array is 2,147,483,648, beyond int. Use toLongArray");
    refused(
        () -> HostArray.of(new int[] {128}).toByteArray(),
        "element 0 of a int32 array is 128, beyond byte. Use toIntArray");
    assertThat(HostArray.of(new double[] {0x1p63 - 1024}).getLong(0))
        .isEqualTo((long) (0x1p63 - 1024));
  }

  @Test
  void unsignedElementsKeepTheirValue() {
    try (HostArray array = HostArray.allocate(DType.UINT64, Shape.of(2))) {
      array.segment().set(ValueLayout.JAVA_LONG, 0, -1);
      array.segment().set(ValueLayout.JAVA_LONG, 8, 0x8000_0000_0000_0401L);
      assertThat(array.toDoubleArray()).containsExactly(0x1p64, 0x1.0000000000001p63);
      assertThat(array.toFloatArray()).containsExactly(0x1p64f, 0x1p63f);
      assertThat(array.toLongArray()).containsExactly(-1, 0x8000_0000_0000_0401L);
      assertThat(array.getLong(0)).isEqualTo(-1);
      refused(
          array::toIntArray,
          "element 0 of a uint64 array is 18,446,744,073,709,551,615, beyond int. Use toLongArray");
      refused(
          array::toByteArray,
          "element 0 of a uint64 array is 18,446,744,073,709,551,615, beyond byte. Use toIntArray");
    }
    try (HostArray array = HostArray.allocate(DType.UINT8, Shape.of(1))) {
      array.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 200);
      assertThat(array.getLong(0)).isEqualTo(200);
      assertThat(array.toByteArray()).containsExactly((byte) 200);
    }
  }

  @Test
  void complexElementsAreNoNumbers() {
    try (HostArray array = HostArray.allocate(DType.COMPLEX64, Shape.of(1))) {
      refused(
          () -> array.getDouble(0),
          "elements of a complex64 array are no real numbers. Use getComplex or toComplexArray, or take real(), imag() or abs() before computing");
    }
  }

  @Test
  void complexNumbersAreCopiedAndReadBack() {
    Complex[][] values = {{new Complex(1, -2), Complex.I}};
    try (HostArray array = HostArray.of(values);
        HostArray real = HostArray.of(new float[] {1.5f})) {
      assertThat(array.summary()).isEqualTo("complex128 (1, 2)");
      assertThat(array.getComplex(0, -1)).isEqualTo(Complex.I);
      assertThat(array.toComplexArray()).containsExactly(values[0]);
      assertThat(array.getBoolean(0, 0)).isTrue();
      assertThat(real.getComplex(0)).isEqualTo(new Complex(1.5, 0));
    }
    assertThat(new Complex(1, -2)).hasToString("(1-2j)");
    assertThat(new Complex(0, 0.5)).hasToString("0.5j");
    assertThat(new Complex(-0.0, Double.NaN)).hasToString("(-0+nanj)");
    assertThat(new Complex(Double.NEGATIVE_INFINITY, 1e20)).hasToString("(-inf+1.0E20j)");
  }

  @Test
  void wrapChecksTheMemory() {
    MemorySegment memory = Arena.ofAuto().allocate(16);
    refused(
        () -> HostArray.wrap(memory, DType.FLOAT64, Shape.of(3)),
        "array of float64 (3,) needs 24 bytes; the segment has 16");
    refused(
        () -> HostArray.wrap(MemorySegment.ofArray(new byte[16]), DType.INT8, Shape.of(3)),
        "array of int8 (3,) over a heap segment: kernels need native memory. Copy it with"
            + " HostArray.of(...)");
    refused(
        () -> HostArray.wrap(memory, DType.FLOAT64, Shape.of(1L << 61)),
        "an array of float64 (2305843009213693952,) has more than 2^63-1 bytes; use smaller extents or a"
            + " smaller type");
  }

  @Test
  void closeReleasesOnceAndEndsAccess() {
    AtomicInteger released = new AtomicInteger();
    MemorySegment memory = Arena.ofAuto().allocate(16);
    HostArray array = HostArray.wrap(memory, DType.FLOAT64, Shape.of(2), released::incrementAndGet);
    MemorySegment kept = array.segment();
    array.close();
    array.close();
    assertThat(released).hasValue(1);
    refused(
        () -> array.getDouble(0),
        "array of float64 (2,) is closed. Read it before close(), or copy it first");
    assertThatThrownBy(() -> kept.get(ValueLayout.JAVA_DOUBLE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void largeArraysEndAccessOnClose() {
    HostArray array = HostArray.allocate(DType.FLOAT64, Shape.of(1 << 14));
    MemorySegment kept = array.segment();
    assertThat(kept.get(ValueLayout.JAVA_DOUBLE, kept.byteSize() - 8)).isZero();
    assertThat(kept.address() % 64).isZero();
    array.close();
    assertThatThrownBy(() -> kept.get(ValueLayout.JAVA_DOUBLE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void memoryThatIsNotToBeHadIsReported() {
    assertThatThrownBy(() -> HostArray.allocate(DType.FLOAT64, Shape.of(1L << 56)))
        .isInstanceOf(DeviceException.class)
        .hasMessageMatching(
            "array of float64 \\(72057594037927936,\\): 576,460,752,303,423,488 bytes of off-heap"
                + " memory are not to be had \\(.*\\). Close arrays that are done with, or raise"
                + " -XX:MaxDirectMemorySize");
  }

  @Test
  void closingAWrapperLeavesTheMemoryAlone() {
    MemorySegment memory = Arena.ofAuto().allocate(16);
    HostArray.wrap(memory, DType.FLOAT64, Shape.of(2)).close();
    assertThat(memory.get(ValueLayout.JAVA_DOUBLE, 0)).isZero();
  }

  @Test
  void forgottenArraysGiveTheirMemoryBack() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    MemorySegment kept = forget(released).asSlice(8);
    System.gc();
    assertThat(released.await(50, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(kept.get(ValueLayout.JAVA_DOUBLE, 0)).isZero();
    kept = MemorySegment.NULL;
    for (int i = 0; i < 2000 && released.getCount() > 0; i++) {
      System.gc();
      released.await(50, TimeUnit.MILLISECONDS);
    }
    assertThat(released.getCount()).isZero();
    assertThat(kept.byteSize()).isZero();
  }

  private static MemorySegment forget(CountDownLatch released) {
    MemorySegment memory = Arena.ofAuto().allocate(16);
    return HostArray.wrap(memory, DType.FLOAT64, Shape.of(2), released::countDown).segment();
  }

  @Test
  void isASourceInPlace() throws IOException {
    HostArray array = HostArray.of(new int[][] {{1, 2, 3}, {4, 5, 6}});
    ArraySource source = array.asSource();
    assertThat(source.shape()).isEqualTo(array.shape());
    assertThat(source.dtype()).isEqualTo(DType.INT32);
    assertThat(source.description()).isEqualTo("memory");
    ArraySource.Layout layout = source.memory();
    assertThat(layout.memory()).isEqualTo(array.segment());
    assertThat(layout.strides()).containsExactly(12, 4);
    try (HostArray part = HostArray.allocate(DType.INT32, Shape.of(2, 2))) {
      source.read(new Region(new long[] {0, 1}, new long[] {2, 2}), part.segment());
      assertThat(part.toIntArray()).containsExactly(2, 3, 5, 6);
    }
  }
}
