package dev.weft.cpu.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * All of the address space as one segment, so that kernels can work with raw addresses.
 *
 * <p>An access through {@link #ALL} is not checked against any buffer: whoever makes up an address
 * answers for it. C2 removes the one remaining check (the offset is not negative) from loops, so
 * that a loop over addresses runs at the speed of a loop over one segment per array.
 */
public final class Memory {
  /** Every address from 0 upwards; the offset into it is the address. */
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** The byte order in which kernels read and write. */
  public static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /**
   * The kinds of segments and of their lifetimes. When the first of another kind appears, the JVM
   * throws away all code compiled for memory accesses so far, which is every kernel; so let them
   * all appear before there is one.
   */
  private static final List<String> KINDS =
      List.of(
          "HeapMemorySegmentImpl$OfByte",
          "HeapMemorySegmentImpl$OfChar",
          "HeapMemorySegmentImpl$OfShort",
          "HeapMemorySegmentImpl$OfInt",
          "HeapMemorySegmentImpl$OfFloat",
          "HeapMemorySegmentImpl$OfLong",
          "HeapMemorySegmentImpl$OfDouble",
          "MappedMemorySegmentImpl",
          "GlobalSession$HeapSession",
          "ConfinedSession",
          "SharedSession");

  static {
    KINDS.forEach(Memory::load);
  }

  private Memory() {}

  private static void load(String kind) {
    try {
      Class.forName("jdk.internal.foreign." + kind);
    } catch (ClassNotFoundException absent) {
      // Another JDK may have others; it loses time, not results.
    }
  }

  /** Copies bytes; the two ranges may overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }

  /** Sets every byte of a range. */
  public static void fill(long address, long bytes, byte value) {
    ALL.asSlice(address, bytes).fill(value);
  }

  public static double getDouble(long address) {
    return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  public static float getFloat(long address) {
    return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  public static long getLong(long address) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  public static int getInt(long address) {
    return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  public static short getShort(long address) {
    return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
  }

  public static byte getByte(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  public static void putDouble(long address, double value) {
    ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
  }

  public static void putFloat(long address, float value) {
    ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
  }

  public static void putLong(long address, long value) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  public static void putInt(long address, int value) {
    ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  public static void putShort(long address, short value) {
    ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
  }

  public static void putByte(long address, byte value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }
}
