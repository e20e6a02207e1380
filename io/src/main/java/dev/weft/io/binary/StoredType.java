package dev.weft.io.binary;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An element type as it lies in a file.
 *
 * @param order of the bytes of each number
 */
public record StoredType(DType dtype, ByteOrder order) {
  /** Bytes of an element. */
  public int itemSize() {
    return dtype.itemSize();
  }

  /** Bytes of the numbers that have a byte order: half an element of complex types. */
  public int numberSize() {
    return numberSize(dtype);
  }

  /** The same of a type in any order. */
  public static int numberSize(DType dtype) {
    return dtype.kind() == DType.Kind.COMPLEX ? dtype.itemSize() / 2 : dtype.itemSize();
  }

  /** Whether the bytes of each number stand in the other order than the machine's. */
  public boolean isSwapped() {
    return numberSize() > 1 && order != ByteOrder.nativeOrder();
  }

  /**
   * Whether elements can be computed with as they lie in the file. Bytes of bool may be any number
   * there.
   */
  public boolean isNative() {
    return dtype != DType.BOOL && !isSwapped();
  }

  /** Turns elements as they lie in the file into those of the machine, or back, in place. */
  public void makeNative(MemorySegment elements) {
    if (dtype == DType.BOOL) {
      for (long at = 0; at < elements.byteSize(); at++) {
        boolean set = elements.get(ValueLayout.JAVA_BYTE, at) != 0;
        elements.set(ValueLayout.JAVA_BYTE, at, (byte) (set ? 1 : 0));
      }
    } else if (isSwapped()) {
      swap(elements);
    }
  }

  private void swap(MemorySegment elements) {
    long count = elements.byteSize() / numberSize();
    switch (numberSize()) {
      case Short.BYTES -> swapShorts(elements, count);
      case Integer.BYTES -> swapInts(elements, count);
      default -> swapLongs(elements, count);
    }
  }

  private static void swapShorts(MemorySegment elements, long count) {
    for (long i = 0; i < count; i++) {
      short value = elements.get(ValueLayout.JAVA_SHORT_UNALIGNED, Short.BYTES * i);
      elements.set(ValueLayout.JAVA_SHORT_UNALIGNED, Short.BYTES * i, Short.reverseBytes(value));
    }
  }

  private static void swapInts(MemorySegment elements, long count) {
    for (long i = 0; i < count; i++) {
      int value = elements.get(ValueLayout.JAVA_INT_UNALIGNED, Integer.BYTES * i);
      elements.set(ValueLayout.JAVA_INT_UNALIGNED, Integer.BYTES * i, Integer.reverseBytes(value));
    }
  }

  private static void swapLongs(MemorySegment elements, long count) {
    for (long i = 0; i < count; i++) {
      long value = elements.get(ValueLayout.JAVA_LONG_UNALIGNED, Long.BYTES * i);
      elements.set(ValueLayout.JAVA_LONG_UNALIGNED, Long.BYTES * i, Long.reverseBytes(value));
    }
  }
}
