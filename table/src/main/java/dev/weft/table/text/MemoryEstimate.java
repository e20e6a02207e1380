package dev.weft.table.text;

import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;

/** About how much memory the rows of a file of text take. */
public final class MemoryEstimate {
  /** Bytes of a text beside its number in each row, where it is there some times. */
  private static final int TEXT_BYTES = 16;

  /** How many times longer text is than the same, compressed. */
  private static final int PACKED = 4;

  private MemoryEstimate() {}

  /**
   * Bytes of all columns.
   *
   * @param rowBytes about how many bytes of text a row has
   */
  public static long bytes(TextFile file, Schema schema, double rowBytes) {
    long row = 0;
    for (Field field : schema.fields()) {
      row += field.type().stored().itemSize();
      row += field.type().equals(ColumnType.TEXT) ? TEXT_BYTES : 0;
    }
    long text = file.isSplittable() ? file.size() : PACKED * file.size();
    return (long) (text / rowBytes * row);
  }
}
