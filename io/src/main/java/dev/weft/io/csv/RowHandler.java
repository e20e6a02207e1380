package dev.weft.io.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Hears the fields of a block of rows, and hands on their numbers. */
final class RowHandler extends AbstractBaseCsvCallbackHandler<Long> {
  private final CsvRows rows;
  private final long firstLine;
  private final int skipped;
  private final CsvRows.Numbers numbers;
  private long row;

  RowHandler(CsvRows rows, long firstLine, int skipped, CsvRows.Numbers numbers) {
    this.rows = rows;
    this.firstLine = firstLine;
    this.skipped = skipped;
    this.numbers = numbers;
  }

  private long line() {
    return firstLine + getStartingLineNumber() - 1;
  }

  @Override
  protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
    if (row < skipped || column >= rows.columns()) {
      return;
    }
    String text = new String(buffer, offset, length);
    if (!FieldNumber.isNumber(text)) {
      throw rows.noNumber(line(), column, text);
    }
    numbers.put(row - skipped, column, FieldNumber.parse(text));
  }

  @Override
  protected Long buildRecord() {
    if (getRecordType() == RecordType.DATA) {
      if (getFieldCount() != rows.columns()) {
        throw rows.otherLength(line(), getFieldCount());
      }
      row++;
    }
    return row;
  }
}
