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
    return dtype.kind() == DType.Kind.COMPLEX ? itemSize() / 2 : itemSize();
  }

  /**
   * Whether elements can be computed with as they lie in the file. Bytes of bool may be any number
   * there.
   */
  public boolean isNative() {
    return dtype != DType.BOOL && (numberSize() == 1 || order == ByteOrder.nativeOrder());
  }

  /** Turns elements as they lie in the file into those of the machine, in place. */
  public void makeNative(MemorySegment elements) {
    if (dtype == DType.BOOL) {
      for (long at = 0; at < elements.byteSize(); at++) {
        boolean set = elements.get(ValueLayout.JAVA_BYTE, at) != 0;
        elements.set(ValueLayout.JAVA_BYTE, at, (byte) (set ? 1 : 0));
      }
    } else if (!isNative()) {
      swap(elements);
    }
  }

  private void swap(MemorySegment elements) {
    int size = numberSize();
    for (long at = 0; at + size <= elements.byteSize(); at += size) {
      switch (size) {
        case 2 -> {
          short value = elements.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Short.reverseBytes(value));
        }
        case 4 -> {
          int value = elements.get(ValueLayout.JAVA_INT_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_INT_UNALIGNED, at, Integer.reverseBytes(value));
        }
        default -> {
          long value = elements.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
          elements.set(ValueLayout.JAVA_LONG_UNALIGNED, at, Long.reverseBytes(value));
        }
      }
    }
  }
}
