package dev.weft.table.column;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.UnsignedLongs;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column in one partition, in a Java array of the type that stands for them: {@code
 * byte[]} for bool and 8-bit integers, {@code short[]} for 16 bits (float16 too), {@code int[]},
 * {@code long[]}, {@code float[]} or {@code double[]}; text as an {@code int[]} of numbers of a
 * dictionary, timestamps as a {@code long[]}. What stands where a value is missing has no meaning,
 * but is a valid value of the type (or number of the dictionary, where that has entries).
 */
public final class ColumnData {
  private final ColumnType type;
  private final int length;
  private final Object values;
  private final byte @Nullable [] present;
  private final @Nullable Dictionary dictionary;

  private ColumnData(
      ColumnType type,
      int length,
      Object values,
      byte @Nullable [] present,
      @Nullable Dictionary dictionary) {
    this.type = type;
    this.length = length;
    this.values = values;
    this.present = present;
    this.dictionary = dictionary;
  }

  /**
   * Numbers or timestamps. The arrays are not copied and must not change any more.
   *
   * @param values as the description of this class has it, of {@code length} elements
   * @param present 1 where there is a value, 0 where it is missing; null where all are there
   */
  public static ColumnData of(ColumnType type, Object values, byte @Nullable [] present) {
    return new ColumnData(
        type, java.lang.reflect.Array.getLength(values), values, normal(present), null);
  }

  /** Text by numbers of a dictionary. */
  public static ColumnData text(int[] codes, Dictionary dictionary, byte @Nullable [] present) {
    return new ColumnData(ColumnType.TEXT, codes.length, codes, normal(present), dictionary);
  }

  private static byte @Nullable [] normal(byte @Nullable [] present) {
    if (present != null) {
      for (byte one : present) {
        if (one == 0) {
          return present;
        }
      }
    }
    return null;
  }

  /** What the values are. */
  public ColumnType type() {
    return type;
  }

  /** The same values, said to be of another type that is stored alike. */
  public ColumnData as(ColumnType other) {
    return other.equals(type) ? this : new ColumnData(other, length, values, present, dictionary);
  }

  /** The same values, of which only those are there that were, and that {@code here} has. */
  public ColumnData masked(byte @Nullable [] here) {
    if (here == null) {
      return this;
    }
    byte[] both = here.clone();
    byte[] own = present;
    if (own != null) {
      for (int i = 0; i < length; i++) {
        both[i] &= own[i];
      }
    }
    return new ColumnData(type, length, values, normal(both), dictionary);
  }

  /** Number of rows. */
  public int length() {
    return length;
  }

  /** The Java array; not to be changed. */
  public Object values() {
    return values;
  }

  /** 1 where there is a value, 0 where it is missing; null where all are there. */
  public byte @Nullable [] present() {
    return present;
  }

  /** Whether the value of a row is missing. */
  public boolean isNull(int row) {
    byte[] there = present;
    return there != null && there[row] == 0;
  }

  /** How many values are missing. */
  public int nulls() {
    byte[] there = present;
    int nulls = 0;
    for (int i = 0; there != null && i < length; i++) {
      nulls += 1 - there[i];
    }
    return nulls;
  }

  /** The texts of a column of text. */
  public Dictionary dictionary() {
    if (dictionary == null) {
      throw new IllegalStateException("a column of " + type.label() + " has no dictionary");
    }
    return dictionary;
  }

  /** The numbers of the texts of a column of text. */
  public int[] codes() {
    return (int[]) values;
  }

  /** The text of a row, null where it is missing. */
  public @Nullable String textAt(int row) {
    return isNull(row) ? null : dictionary().get(codes()[row]);
  }

  /** The value of an integer, bool or timestamp column; of uint64 its bits; of text its number. */
  public long longAt(int row) {
    return switch (type.stored()) {
      case BOOL, INT8 -> ((byte[]) values)[row];
      case UINT8 -> ((byte[]) values)[row] & 0xFF;
      case INT16 -> ((short[]) values)[row];
      case UINT16 -> ((short[]) values)[row] & 0xFFFF;
      case INT32 -> ((int[]) values)[row];
      case UINT32 -> ((int[]) values)[row] & 0xFFFF_FFFFL;
      case INT64, UINT64 -> ((long[]) values)[row];
      case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException(type.label() + " is no integer");
    };
  }

  /** The nearest double of a number. */
  public double doubleAt(int row) {
    return switch (type.stored()) {
      case FLOAT16 -> HalfFloats.of(((short[]) values)[row]);
      case FLOAT32 -> ((float[]) values)[row];
      case FLOAT64 -> ((double[]) values)[row];
      case UINT64 -> UnsignedLongs.toDouble(((long[]) values)[row]);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, COMPLEX64, COMPLEX128 ->
          longAt(row);
    };
  }

  /** The numbers of all rows as longs, as {@link #longAt} has them. */
  public long[] longs() {
    if (values instanceof long[] longs) {
      return longs;
    }
    long[] all = new long[length];
    for (int i = 0; i < length; i++) {
      all[i] = longAt(i);
    }
    return all;
  }

  /** The numbers of all rows as doubles. */
  public double[] doubles() {
    if (values instanceof double[] doubles) {
      return doubles;
    }
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      all[i] = doubleAt(i);
    }
    return all;
  }

  /**
   * Longs that are equal where numbers or timestamps are: the values themselves, and of floating
   * numbers their bits, with one NaN and one zero.
   */
  public long[] keys() {
    if (!type.stored().isFloating()) {
      return longs();
    }
    long[] keys = new long[length];
    for (int i = 0; i < length; i++) {
      keys[i] = Double.doubleToLongBits(doubleAt(i) + 0.0);
    }
    return keys;
  }

  /** The rows of these numbers, in their order. */
  public ColumnData gather(int[] rows, int count) {
    Object picked = Gather.values(values, rows, count);
    byte[] there = present;
    byte[] kept = there == null ? null : (byte[]) Gather.values(there, rows, count);
    return new ColumnData(type, count, picked, normal(kept), dictionary);
  }

  /** The rows of these numbers; a number below 0 stands for a missing value. */
  public ColumnData gatherOrNull(int[] rows, int count) {
    int[] safe = Arrays.copyOf(rows, count);
    byte[] kept = new byte[count];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      kept[i] = rows[i] < 0 || isNull(rows[i]) ? (byte) 0 : 1;
      any |= rows[i] >= 0;
      safe[i] = Math.max(0, rows[i]);
    }
    if (!any) {
      return nulls(type, count);
    }
    return new ColumnData(
        type, count, Gather.values(values, safe, count), normal(kept), dictionary);
  }

  /** The rows from one number to below another. */
  public ColumnData slice(int from, int to) {
    if (from == 0 && to == length) {
      return this;
    }
    byte[] there = present;
    return new ColumnData(
        type,
        to - from,
        Gather.slice(values, from, to),
        there == null ? null : normal(Arrays.copyOfRange(there, from, to)),
        dictionary);
  }

  /** The same values; a dictionary has no texts that do not occur. */
  public ColumnData compact() {
    if (dictionary == null || dictionary.size() <= length) {
      return this;
    }
    Dictionary.Builder kept = new Dictionary.Builder();
    int[] codes = new int[length];
    for (int i = 0; i < length; i++) {
      codes[i] = kept.code(dictionary.get(codes()[i]));
    }
    return text(codes, kept.build(), present);
  }

  /** The same texts by numbers of a dictionary that is being made. */
  ColumnData recoded(Dictionary.Builder entries) {
    int[] map = entries.codes(dictionary());
    int[] codes = new int[length];
    int[] own = codes();
    for (int i = 0; i < length; i++) {
      codes[i] = map[own[i]];
    }
    return new ColumnData(type, length, codes, present, dictionary);
  }

  /** The same numbers of texts of another dictionary, which has them too. */
  ColumnData withTexts(Dictionary other) {
    return new ColumnData(type, length, values, present, other);
  }

  /** So many missing values. */
  public static ColumnData nulls(ColumnType type, int count) {
    Object zeros = Gather.zeros(type.stored(), count);
    byte[] none = count == 0 ? null : new byte[count];
    return new ColumnData(type, count, zeros, none, type.equals(ColumnType.TEXT) ? NO_TEXT : null);
  }

  /** So many values, all there, which are whatever is put into the Java array then. */
  public static ColumnData blank(ColumnType type, int count) {
    return new ColumnData(type, count, Gather.zeros(type.stored(), count), null, null);
  }

  private static final Dictionary NO_TEXT = Dictionary.of(List.of(""));

  /** The Java array as bytes, in native order. */
  public MemorySegment memory() {
    return Gather.memory(values);
  }

  /** About how many bytes of the heap the column takes. */
  public long bytes() {
    return rowBytes() + (dictionary == null ? 0 : dictionary.bytes());
  }

  /** The same without the dictionary. */
  long rowBytes() {
    return (long) length * type.stored().itemSize() + (present == null ? 0 : length);
  }

  /** The value of a row as a Java object: null, Boolean, Long, Double, String or Instant. */
  public @Nullable Object get(int row) {
    if (isNull(row)) {
      return null;
    }
    return switch (type) {
      case ColumnType.Text text -> textAt(row);
      case ColumnType.Timestamp timestamp -> Moments.instant(longAt(row));
      case ColumnType.Number number -> number(number.dtype(), row);
    };
  }

  private Object number(DType dtype, int row) {
    return switch (dtype.kind()) {
      case BOOL -> longAt(row) != 0;
      case SIGNED -> longAt(row);
      case UNSIGNED ->
          dtype == DType.UINT64
              ? new BigInteger(Long.toUnsignedString(longAt(row)))
              : (Object) longAt(row);
      case FLOATING, COMPLEX -> doubleAt(row);
    };
  }
}
