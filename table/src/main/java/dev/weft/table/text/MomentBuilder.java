package dev.weft.table.text;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Timestamps. */
final class MomentBuilder extends FieldBuilder {
  private final MomentParser parser;
  private long[] values = {};

  MomentBuilder(ColumnType.Timestamp type) {
    super(type);
    this.parser = new MomentParser(type.zone());
  }

  @Override
  void grow(int most) {
    values = Arrays.copyOf(values, most);
  }

  @Override
  boolean put(int row, char[] buffer, int offset, int length) {
    if (!parser.isMoment(buffer, offset, length)) {
      return false;
    }
    values[row] = parser.nanos();
    return true;
  }

  @Override
  public String wanted() {
    return "timestamp from 1677 to 2262, such as 2024-05-17 or 2024-05-17T08:30:00Z";
  }

  @Override
  ColumnData build(int count, byte @Nullable [] there) {
    return ColumnData.of(type(), Arrays.copyOf(values, count), there);
  }
}
