package dev.weft.core.reference;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.InternalException;
import java.lang.foreign.MemorySegment;

/** Elements in memory as numbers. Any byte that is not 0 is true. */
final class ElementMemory {
  private ElementMemory() {}

  /** The memory of an operand that must have some. */
  static MemorySegment of(Operand operand) {
    MemorySegment memory = operand.memory();
    if (memory == null) {
      throw new InternalException("an operand in memory has none: " + operand);
    }
    return memory;
  }

  /** Byte offset (or element number) of the element at {@code index}. */
  static long offset(Operand operand, long... index) {
    long offset = operand.base();
    for (int axis = 0; axis < index.length; axis++) {
      offset += operand.strides()[axis] * index[axis];
    }
    return offset;
  }

  static Scalar load(MemorySegment memory, long offset, DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> new Scalar(dtype, 0, HalfFloats.of(memory.get(JAVA_SHORT_UNALIGNED, offset)));
      case FLOAT32 -> new Scalar(dtype, 0, memory.get(JAVA_FLOAT_UNALIGNED, offset));
      case FLOAT64 -> new Scalar(dtype, 0, memory.get(JAVA_DOUBLE_UNALIGNED, offset));
      default -> new Scalar(dtype, dtype.wrap(word(memory, offset, dtype.itemSize())), 0);
    };
  }

  private static long word(MemorySegment memory, long offset, int size) {
    return switch (size) {
      case 1 -> memory.get(JAVA_BYTE, offset);
      case 2 -> memory.get(JAVA_SHORT_UNALIGNED, offset);
      case 4 -> memory.get(JAVA_INT_UNALIGNED, offset);
      default -> memory.get(JAVA_LONG_UNALIGNED, offset);
    };
  }

  static void store(MemorySegment memory, long offset, Scalar x) {
    switch (x.dtype()) {
      case FLOAT16 ->
          memory.set(JAVA_SHORT_UNALIGNED, offset, HalfFloats.bits((float) x.floating()));
      case FLOAT32 -> memory.set(JAVA_FLOAT_UNALIGNED, offset, (float) x.floating());
      case FLOAT64 -> memory.set(JAVA_DOUBLE_UNALIGNED, offset, x.floating());
      case BOOL, INT8, UINT8 -> memory.set(JAVA_BYTE, offset, (byte) x.integer());
      case INT16, UINT16 -> memory.set(JAVA_SHORT_UNALIGNED, offset, (short) x.integer());
      case INT32, UINT32 -> memory.set(JAVA_INT_UNALIGNED, offset, (int) x.integer());
      default -> memory.set(JAVA_LONG_UNALIGNED, offset, x.integer());
    }
  }

  static void storeWord(MemorySegment memory, long offset, long word) {
    memory.set(JAVA_LONG_UNALIGNED, offset, word);
  }
}
