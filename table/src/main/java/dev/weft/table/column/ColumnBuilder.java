package dev.weft.table.column;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of a column one by one. */
public final class ColumnBuilder {
  private final ColumnType type;
  private final Dictionary.Builder entries = new Dictionary.Builder();
  private long[] longs = new long[16];
  private double[] doubles = new double[16];
  private byte[] present = new byte[16];
  private int length;

  private ColumnBuilder(ColumnType type) {
    this.type = type;
  }

  /** No values yet. */
  public static ColumnBuilder of(ColumnType type) {
    return new ColumnBuilder(type);
  }

  /** Values so far. */
  public int length() {
    return length;
  }

  private void grow() {
    if (length == present.length) {
      longs = Arrays.copyOf(longs, 2 * length);
      doubles = Arrays.copyOf(doubles, 2 * length);
      present = Arrays.copyOf(present, 2 * length);
    }
  }

  /** A missing value. */
  public void addNull() {
    grow();
    length++;
  }

  /** An integer, truth value, or moment in nanoseconds; uint64 by its bits. */
  public void add(long value) {
    grow();
    longs[length] = value;
    doubles[length] = value;
    present[length++] = 1;
  }

  /** A floating number. */
  public void add(double value) {
    grow();
    doubles[length] = value;
    present[length++] = 1;
  }

  /** A text. */
  public void add(String value) {
    add((long) entries.code(value));
  }

  /**
   * A value of an expression; whether the column can hold it.
   *
   * @param value null, Boolean, number, String or Instant
   */
  public boolean tryAdd(@Nullable Object value) {
    if (value == null) {
      addNull();
      return true;
    }
    return switch (type) {
      case ColumnType.Text text -> {
        if (value instanceof String string) {
          add(string);
          yield true;
        }
        yield false;
      }
      case ColumnType.Timestamp timestamp -> {
        if (value instanceof Instant moment) {
          add(Moments.nanos(moment));
          yield true;
        }
        yield false;
      }
      case ColumnType.Number(DType dtype) -> tryAddNumber(dtype, value);
    };
  }

  private boolean tryAddNumber(DType dtype, Object value) {
    if (dtype.isFloating() && value instanceof Number number) {
      add(number.doubleValue());
      return true;
    }
    if (dtype == DType.BOOL) {
      if (value instanceof Boolean truth) {
        add(truth ? 1L : 0L);
        return true;
      }
      return false;
    }
    if (value instanceof BigInteger large
        && (dtype == DType.UINT64 || large.bitLength() >= Long.SIZE)) {
      add(large.longValue());
      return dtype == DType.UINT64 && large.signum() >= 0 && large.bitLength() <= Long.SIZE;
    }
    if (value instanceof Double || value instanceof Float || !(value instanceof Number number)) {
      return false;
    }
    long whole = number.longValue();
    if (whole < dtype.minValue() || whole > dtype.maxValue()) {
      return false;
    }
    add(whole);
    return true;
  }

  /** The column. */
  public ColumnData build() {
    byte[] there = Arrays.copyOf(present, length);
    if (type.equals(ColumnType.TEXT)) {
      int[] codes = new int[length];
      boolean any = false;
      for (int i = 0; i < length; i++) {
        codes[i] = (int) longs[i];
        any |= there[i] != 0;
      }
      return any || length == 0
          ? ColumnData.text(codes, entries.build(), there)
          : ColumnData.nulls(type, length);
    }
    return ColumnData.of(type, values(), there);
  }

  private Object values() {
    Object values = Gather.zeros(type.stored(), length);
    switch (values) {
      case byte[] all -> {
        for (int i = 0; i < length; i++) {
          all[i] = (byte) longs[i];
        }
      }
      case short[] all -> {
        boolean half = type.stored() == DType.FLOAT16;
        for (int i = 0; i < length; i++) {
          all[i] = half ? HalfFloats.bits((float) doubles[i]) : (short) longs[i];
        }
      }
      case int[] all -> {
        for (int i = 0; i < length; i++) {
          all[i] = (int) longs[i];
        }
      }
      case long[] all -> System.arraycopy(longs, 0, all, 0, length);
      case float[] all -> {
        for (int i = 0; i < length; i++) {
          all[i] = (float) doubles[i];
        }
      }
      default -> System.arraycopy(doubles, 0, (double[]) values, 0, length);
    }
    return values;
  }
}
