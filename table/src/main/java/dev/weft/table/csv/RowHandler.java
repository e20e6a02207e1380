package dev.weft.table.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Hears the rows of a part of a file; answers whether it wants more of them. */
abstract class RowHandler extends AbstractBaseCsvCallbackHandler<Boolean> {
  /** The line at which the row begins, from 1 at the begin of the part. */
  final long line() {
    return getStartingLineNumber();
  }

  /** A row is complete. */
  abstract boolean endRow(int fields);

  /** A line has nothing in it. */
  abstract boolean emptyLine();

  @Override
  protected final Boolean buildRecord() {
    return getRecordType() == RecordType.DATA ? endRow(getFieldCount()) : emptyLine();
  }
}
