package dev.weft.testkit.conformance;

import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An array in a device's memory for tests. Values are given and read in C order of its indices,
 * whatever the order of its axes in memory.
 */
final class TestArray {
  private final MemorySegment memory;
  private final DType dtype;
  private final long[] extents;
  private final long[] strides;

  /** An array whose axes lie in memory in C order, or in the opposite order. */
  TestArray(DeviceRun run, DType dtype, long[] extents, boolean transposed) {
    this.dtype = dtype;
    this.extents = extents.clone();
    this.strides = new long[extents.length];
    long bytes = dtype.itemSize();
    for (int i = 0; i < extents.length; i++) {
      int axis = transposed ? i : extents.length - 1 - i;
      strides[axis] = bytes;
      bytes *= Math.max(1, extents[axis]);
    }
    this.memory = run.memory(bytes);
  }

  TestArray fill(List<Scalar> values) {
    for (int i = 0; i < size(); i++) {
      DeviceRun.store(memory, offset(i), values.get(i));
    }
    return this;
  }

  List<Scalar> values() {
    List<Scalar> values = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      values.add(DeviceRun.load(memory, offset(i), dtype));
    }
    return values;
  }

  /** The array as an operand of an iteration over its own axes. */
  Operand operand() {
    return Operand.of(memory, DeviceRun.start(), strides);
  }

  /** The array as an operand: iteration axis {@code i} moves along {@code axes[i]}, -1 for none. */
  Operand operand(int... axes) {
    long[] moved = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      moved[i] = axes[i] < 0 ? 0 : strides[axes[i]];
    }
    return Operand.of(memory, DeviceRun.start(), moved);
  }

  private int size() {
    int size = 1;
    for (long extent : extents) {
      size *= (int) extent;
    }
    return size;
  }

  private long offset(int element) {
    long offset = DeviceRun.start();
    long rest = element;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      offset += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return offset;
  }
}
