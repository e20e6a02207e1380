package dev.weft.table.text;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of a column from characters, each of which is a byte of UTF-8. Of one thread.
 */
public abstract class FieldBuilder {
  private static final int FEWEST = 16;
  private static final int LONGEST = Integer.MAX_VALUE - 16;

  private final ColumnType type;
  private int capacity;
  private int expected = FEWEST;
  private byte @Nullable [] present;
  private int rows;

  FieldBuilder(ColumnType type) {
    this.type = type;
  }

  /**
   * A builder of columns of a type.
   *
   * @param expected about how many rows there will be
   */
  public static FieldBuilder of(ColumnType type, double expected) {
    FieldBuilder builder =
        switch (type) {
          case ColumnType.Text text -> new TextBuilder();
          case ColumnType.Timestamp timestamp -> new MomentBuilder(timestamp);
          case ColumnType.Number number -> of(number);
        };
    builder.expected = (int) Math.clamp(expected, FEWEST, LONGEST);
    return builder;
  }

  private static FieldBuilder of(ColumnType.Number number) {
    return switch (number.dtype()) {
      case FLOAT64 -> new DoubleBuilder(number);
      case FLOAT16, FLOAT32 -> new NarrowFloatBuilder(number);
      case INT64, UINT64 -> new LongBuilder(number);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32 -> new NarrowIntegerBuilder(number);
      case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(number.label());
    };
  }

  /** What the values are. */
  public final ColumnType type() {
    return type;
  }

  /** Number of rows so far. */
  public final int rows() {
    return rows;
  }

  /**
   * Takes a value in, unless the characters are none of the type.
   *
   * @return whether they are
   */
  public final boolean add(char[] buffer, int offset, int length) {
    reserve();
    if (!put(rows, buffer, offset, length)) {
      return false;
    }
    byte[] there = present;
    if (there != null) {
      there[rows] = 1;
    }
    rows++;
    return true;
  }

  /** Takes in that the value of a row is missing. */
  public final void addMissing() {
    reserve();
    byte[] there = present;
    if (there == null) {
      there = new byte[capacity];
      Arrays.fill(there, 0, rows, (byte) 1);
      present = there;
    }
    rows++;
  }

  /** The column. */
  public final ColumnData build() {
    byte[] there = present;
    return build(rows, there == null ? null : Arrays.copyOf(there, rows));
  }

  private void reserve() {
    if (rows < capacity) {
      return;
    }
    if (rows == LONGEST) {
      throw new UsageException(
          "a partition has more than %,d rows. Read smaller ones, for which a compressed file must be unpacked"
              .formatted(LONGEST));
    }
    capacity = capacity == 0 ? expected : (int) Math.min(LONGEST, 2L * capacity);
    grow(capacity);
    byte[] there = present;
    present = there == null ? null : Arrays.copyOf(there, capacity);
  }

  /** Makes room for so many rows. */
  abstract void grow(int most);

  abstract boolean put(int row, char[] buffer, int offset, int length);

  abstract ColumnData build(int count, byte @Nullable [] there);

  /** What values are, for people: {@code int8, which goes from -128 to 127}. */
  public String wanted() {
    return type instanceof ColumnType.Number number && number.dtype().isInteger()
        ? range(number.dtype())
        : type.label();
  }

  private static String range(DType dtype) {
    int bits = 8 * dtype.itemSize();
    boolean isSigned = dtype.kind() == DType.Kind.SIGNED;
    java.math.BigInteger all = java.math.BigInteger.TWO.pow(isSigned ? bits - 1 : bits);
    return "%s, which goes from %s to %s"
        .formatted(
            dtype.label(),
            isSigned ? all.negate() : java.math.BigInteger.ZERO,
            all.subtract(java.math.BigInteger.ONE));
  }
}
