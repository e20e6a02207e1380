package dev.weft.table;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.lang.foreign.MemorySegment;

/** A column as an array of one axis. */
final class ColumnArray {
  private ColumnArray() {}

  static HostArray of(Batch batch, String name) {
    ColumnData column = batch.column(name);
    if (column.type().equals(ColumnType.TEXT)) {
      throw new UsageException(
          "column %s is text, and arrays hold numbers. Use a number made of it, such as its length, or compute() for the text"
              .formatted(name));
    }
    ColumnData numbers = column.present() == null ? column : filled(column, name);
    HostArray array = HostArray.allocate(numbers.type().stored(), Shape.of(numbers.length()));
    MemorySegment.copy(numbers.memory(), 0, array.segment(), 0, array.nbytes());
    return array.freeze();
  }

  private static ColumnData filled(ColumnData column, String name) {
    if (!column.type().stored().isFloating()) {
      throw new UsageException(
          "column %s has %,d missing values, and %s has no NaN. Fill them first, with fillNull, or leave such rows out"
              .formatted(name, column.nulls(), column.type().label()));
    }
    ColumnData copy = ColumnData.blank(column.type(), column.length());
    copy.memory().copyFrom(column.memory());
    for (int i = 0; i < column.length(); i++) {
      if (column.isNull(i)) {
        switch (copy.values()) {
          case double[] all -> all[i] = Double.NaN;
          case float[] all -> all[i] = Float.NaN;
          case short[] all -> all[i] = HalfFloats.bits(Float.NaN);
          default -> throw new IllegalStateException(column.type().label());
        }
      }
    }
    return copy;
  }
}
