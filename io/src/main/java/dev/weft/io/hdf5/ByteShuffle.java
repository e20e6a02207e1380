package dev.weft.io.hdf5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Undoes HDF5's shuffle, which puts the first bytes of all elements before their second ones, and
 * so on. Bytes behind the last whole element stay where they are.
 */
final class ByteShuffle {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteShuffle() {}

  /**
   * Puts bytes in their order.
   *
   * @param size bytes of an element, 2 or more
   */
  static void undo(byte[] data, int length, byte[] out, int size) {
    int elements = length / size;
    switch (size) {
      case Integer.BYTES -> ints(data, out, elements);
      case Long.BYTES -> longs(data, out, elements);
      default -> parts(data, out, elements, size);
    }
    int done = elements * size;
    System.arraycopy(data, done, out, done, length - done);
  }

  private static void parts(byte[] data, byte[] out, int elements, int size) {
    for (int part = 0; part < size; part++) {
      int from = part * elements;
      for (int i = 0, to = part; i < elements; i++, to += size) {
        out[to] = data[from + i];
      }
    }
  }

  private static void ints(byte[] data, byte[] out, int elements) {
    for (int i = 0; i < elements; i++) {
      int value =
          data[i] & 0xFF
              | (data[elements + i] & 0xFF) << 8
              | (data[2 * elements + i] & 0xFF) << 16
              | data[3 * elements + i] << 24;
      INT.set(out, Integer.BYTES * i, value);
    }
  }

  private static void longs(byte[] data, byte[] out, int elements) {
    for (int i = 0; i < elements; i++) {
      long value = 0;
      for (int part = Long.BYTES - 1; part >= 0; part--) {
        value = value << Byte.SIZE | data[part * elements + i] & 0xFF;
      }
      LONG.set(out, Long.BYTES * i, value);
    }
  }
}
