package dev.weft.io.zarr.codec;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The bytes of numbers in either order. */
public final class NumberBytes {
  private NumberBytes() {}

  /** Bytes of the numbers that have a byte order: half an element of complex types. */
  public static int size(DType dtype) {
    return dtype.kind() == DType.Kind.COMPLEX ? dtype.itemSize() / 2 : dtype.itemSize();
  }

  /** Turns elements of one byte order into native ones or back, in place. A bool becomes 0 or 1. */
  public static void toNative(DType dtype, ByteOrder order, MemorySegment elements) {
    if (dtype == DType.BOOL) {
      for (long at = 0; at < elements.byteSize(); at++) {
        boolean set = elements.get(ValueLayout.JAVA_BYTE, at) != 0;
        elements.set(ValueLayout.JAVA_BYTE, at, (byte) (set ? 1 : 0));
      }
      return;
    }
    if (order == ByteOrder.nativeOrder()) {
      return;
    }
    switch (size(dtype)) {
      case 2 -> {
        for (long at = 0; at < elements.byteSize(); at += Short.BYTES) {
          short value = elements.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(value));
        }
      }
      case 4 -> {
        for (long at = 0; at < elements.byteSize(); at += Integer.BYTES) {
          int value = elements.get(ValueLayout.JAVA_INT_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_INT_UNALIGNED, at, Integer.reverseBytes(value));
        }
      }
      case 8 -> {
        for (long at = 0; at < elements.byteSize(); at += Long.BYTES) {
          long value = elements.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(value));
        }
      }
      default -> {
        // One byte has no order.
      }
    }
  }
}
