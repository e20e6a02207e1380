package dev.weft.table.parquet;

import dev.hardwood.internal.reader.Page;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.parquet.ParquetFile;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.parquet.ParquetColumn.Meaning;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the values of a column from its pages. */
final class ParquetValues {
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long JULIAN_1970 = 2_440_588;
  private static final int JULIAN_BYTES = 12;

  private final OpenFile file;
  private final ParquetColumn column;
  private final Meaning meaning;
  private final int rows;
  private final Object values;
  private final TextCodes texts = new TextCodes();
  private byte @Nullable [] present;

  ParquetValues(OpenFile file, ParquetColumn column, Meaning meaning, int rows) {
    this.file = file;
    this.column = column;
    this.meaning = meaning;
    this.rows = rows;
    this.values =
        switch (column.type().stored()) {
          case BOOL, INT8, UINT8 -> new byte[rows];
          case INT16, UINT16, FLOAT16 -> new short[rows];
          case INT32, UINT32 -> new int[rows];
          case INT64, UINT64 -> new long[rows];
          case FLOAT32 -> new float[rows];
          case FLOAT64 -> new double[rows];
          case COMPLEX64, COMPLEX128 -> throw new IllegalArgumentException(column.name());
        };
  }

  /** Takes in the values of a page, of which the first is that of a row. */
  void put(int row, Page page) {
    notePresent(row, page);
    switch (page) {
      case Page.DoublePage doubles ->
          System.arraycopy(doubles.values(), 0, to(double[].class), row, page.size());
      case Page.FloatPage floats ->
          System.arraycopy(floats.values(), 0, to(float[].class), row, page.size());
      case Page.BooleanPage truths -> {
        byte[] to = to(byte[].class);
        for (int i = 0; i < page.size(); i++) {
          to[row + i] = (byte) (truths.get(i) ? 1 : 0);
        }
      }
      case Page.LongPage longs -> put(row, longs);
      case Page.IntPage ints -> put(row, ints);
      case Page.ByteArrayPage bytes -> put(row, bytes);
    }
  }

  private <T> T to(Class<T> array) {
    if (!array.isInstance(values)) {
      throw ParquetFile.damaged(
          file, -1, "a page of column '%s' holds another type".formatted(column.name()));
    }
    return array.cast(values);
  }

  private void notePresent(int row, Page page) {
    int[] levels = page.definitionLevels();
    if (levels == null) {
      return;
    }
    for (int i = 0; i < page.size(); i++) {
      if (page.isNull(i)) {
        if (present == null) {
          present = new byte[rows];
          Arrays.fill(present, (byte) 1);
        }
        present[row + i] = 0;
      }
    }
  }

  private void put(int row, Page.LongPage page) {
    long[] to = to(long[].class);
    if (meaning == Meaning.NUMBER || meaning == Meaning.NANOS) {
      System.arraycopy(page.values(), 0, to, row, page.size());
      return;
    }
    for (int i = 0; i < page.size(); i++) {
      if (!page.isNull(i)) {
        to[row + i] = nanos(page.get(i));
      }
    }
  }

  private long nanos(long units) {
    try {
      return Math.multiplyExact(units, meaning.nanos());
    } catch (ArithmeticException e) {
      throw new FormatException(
          file.name(),
          -1,
          "column '%s': %,d %s from 1970 are no timestamp, which goes from 1677 to 2262. Leave the column out, or convert it in Python"
              .formatted(
                  column.name(), units, meaning.toString().toLowerCase(java.util.Locale.ROOT)));
    }
  }

  private void put(int row, Page.IntPage page) {
    switch (values) {
      case long[] to -> {
        for (int i = 0; i < page.size(); i++) {
          to[row + i] = page.isNull(i) ? 0 : nanos(page.get(i));
        }
      }
      case int[] to -> System.arraycopy(page.values(), 0, to, row, page.size());
      case short[] to -> {
        for (int i = 0; i < page.size(); i++) {
          to[row + i] = (short) page.get(i);
        }
      }
      default -> {
        byte[] to = to(byte[].class);
        for (int i = 0; i < page.size(); i++) {
          to[row + i] = (byte) page.get(i);
        }
      }
    }
  }

  private void put(int row, Page.ByteArrayPage page) {
    for (int i = 0; i < page.size(); i++) {
      if (page.isNull(i)) {
        continue;
      }
      byte[] bytes = page.get(i);
      switch (values) {
        case int[] codes -> codes[row + i] = code(bytes);
        case short[] halves -> halves[row + i] = little(bytes, Short.BYTES).getShort();
        default -> {
          ByteBuffer julian = little(bytes, JULIAN_BYTES);
          long ofDay = julian.getLong();
          long day = Math.subtractExact(Integer.toUnsignedLong(julian.getInt()), JULIAN_1970);
          try {
            to(long[].class)[row + i] = Math.addExact(Math.multiplyExact(day, DAY_NANOS), ofDay);
          } catch (ArithmeticException e) {
            throw new FormatException(
                file.name(),
                -1,
                "column '%s': day %,d from 1970 is no timestamp, which goes from 1677 to 2262. Leave the column out, or convert it in Python"
                    .formatted(column.name(), day));
          }
        }
      }
    }
  }

  private ByteBuffer little(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw ParquetFile.damaged(
          file,
          -1,
          "a value of column '%s' has %,d bytes, not %,d"
              .formatted(column.name(), bytes.length, length));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int code(byte[] bytes) {
    try {
      return texts.code(bytes);
    } catch (CharacterCodingException e) {
      throw new FormatException(
          file.name(),
          -1,
          "column '%s': '%s' is not UTF-8. Leave the column out, or write the file again"
              .formatted(
                  column.name(), new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
    }
  }

  ColumnData build() {
    if (column.type().equals(ColumnType.TEXT)) {
      return texts.isEmpty()
          ? ColumnData.nulls(ColumnType.TEXT, rows)
          : ColumnData.text((int[]) values, texts.build(), present);
    }
    return ColumnData.of(column.type(), values, present);
  }
}
