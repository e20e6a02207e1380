package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Elements of one dtype in native memory, deliberately not aligned, with a guard behind them. Reads
 * and writes them as the number that the op table computes with: long or double.
 */
final class TileData {
  private static final int GUARD = 64;
  private static final byte GUARD_BYTE = 0x5A;
  private static final double[] FLOATS = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.5,
    -0.5,
    1.5,
    -2.5,
    300.7,
    -129.2,
    3e9,
    -3e9,
    1e19,
    -1e19
  };

  private final DType dtype;
  private final int length;
  private final MemorySegment memory;

  TileData(DType dtype, int length) {
    this.dtype = dtype;
    this.length = length;
    long bytes = (long) length * dtype.itemSize();
    // One element further than aligned: no loop may count on alignment.
    this.memory =
        Arena.ofAuto()
            .allocate(dtype.itemSize() + bytes + GUARD, 64)
            .asSlice(dtype.itemSize(), bytes + GUARD);
    memory.asSlice(bytes).fill(GUARD_BYTE);
  }

  /** Awkward values first, then random ones of all sizes. */
  static TileData awkward(DType dtype, int length, long seed) {
    TileData data = new TileData(dtype, length);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      int number = (int) ((i + 7 * seed) % (2L * FLOATS.length));
      if (dtype.isFloating()) {
        data.setDouble(i, number < FLOATS.length ? FLOATS[number] : randomDouble(random, dtype));
      } else {
        data.setLong(i, awkwardLong(dtype, number, random));
      }
    }
    return data;
  }

  private static double randomDouble(SplittableRandom random, DType dtype) {
    double scale =
        switch (dtype) {
          case FLOAT16 -> 8;
          case FLOAT32 -> 30;
          default -> 200;
        };
    return switch (random.nextInt(4)) {
      case 0 -> random.nextDouble(-1, 1);
      case 1 -> random.nextDouble(-20, 20);
      case 2 -> random.nextInt(-9, 9) / 2.0;
      default -> random.nextDouble(-1, 1) * Math.exp(random.nextDouble(-scale, scale));
    };
  }

  private static long awkwardLong(DType dtype, int number, SplittableRandom random) {
    return switch (number) {
      case 0 -> 0;
      case 1 -> dtype.minValue();
      case 2 -> dtype.maxValue();
      case 3 -> 1;
      case 4 -> dtype.wrap(-1);
      case 5 -> dtype.maxValue() - 1;
      default -> dtype.wrap(random.nextLong() >> random.nextInt(64));
    };
  }

  DType dtype() {
    return dtype;
  }

  int length() {
    return length;
  }

  long address() {
    return memory.address();
  }

  /** Whether nothing was written behind the last element. */
  boolean guardIsIntact() {
    long bytes = (long) length * dtype.itemSize();
    for (int i = 0; i < GUARD; i++) {
      if (memory.get(ValueLayout.JAVA_BYTE, bytes + i) != GUARD_BYTE) {
        return false;
      }
    }
    return true;
  }

  Scalar get(int i) {
    return dtype.isFloating()
        ? new Scalar(dtype, 0, getDouble(i))
        : new Scalar(dtype, getLong(i), 0);
  }

  void set(int i, Scalar value) {
    if (dtype.isFloating()) {
      setDouble(i, value.floating());
    } else {
      setLong(i, value.integer());
    }
  }

  double getDouble(int i) {
    return switch (dtype) {
      case FLOAT16 -> HalfFloats.of(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i));
      case FLOAT32 -> memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i);
      default -> memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i);
    };
  }

  void setDouble(int i, double value) {
    switch (dtype) {
      case FLOAT16 ->
          memory.set(
              ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, HalfFloats.bits(HalfFloats.of(value)));
      case FLOAT32 -> memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, (float) value);
      default -> memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, value);
    }
  }

  long getLong(int i) {
    return switch (dtype.itemSize()) {
      case 1 -> unsigned(memory.get(ValueLayout.JAVA_BYTE, i));
      case 2 -> unsigned(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i));
      case 4 -> unsigned(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i));
      default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i);
    };
  }

  private long unsigned(long stored) {
    // A bool is read as it lies there: anything but 0 and 1 is a defect of the loop.
    return dtype == DType.BOOL ? stored : dtype.wrap(stored);
  }

  void setLong(int i, long value) {
    switch (dtype.itemSize()) {
      case 1 -> memory.set(ValueLayout.JAVA_BYTE, i, (byte) value);
      case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) value);
      case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, (int) value);
      default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, value);
    }
  }

  /** Element {@code i} as text that tells values with different bits apart. */
  String text(int i) {
    return dtype.isFloating() ? Double.toString(getDouble(i)) : Long.toString(getLong(i));
  }

  /** How many representable numbers lie between the two elements; nan is near nan only. */
  double distance(int i, TileData other) {
    if (!dtype.isFloating()) {
      return getLong(i) == other.getLong(i) ? 0 : Double.POSITIVE_INFINITY;
    }
    double a = getDouble(i);
    double b = other.getDouble(i);
    if (Double.compare(a, b) == 0) {
      return 0;
    }
    if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) {
      return Double.POSITIVE_INFINITY;
    }
    if (a == b) {
      return 0.5;
    }
    return Math.abs(a - b) / ulp(dtype, a);
  }

  /** The step between numbers of a type. */
  static double ulp(DType dtype, double value) {
    return switch (dtype) {
      case FLOAT16 -> Math.ulp((float) value) * 0x1p13;
      case FLOAT32 -> Math.ulp((float) value);
      default -> Math.ulp(value);
    };
  }
}
