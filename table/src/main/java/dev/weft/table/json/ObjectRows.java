package dev.weft.table.json;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Schema;
import dev.weft.table.text.TextWriter;
import dev.weft.table.text.ValueText;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Rows as objects. Missing values are null; NaN and infinities, which JSON has not, are strings.
 */
final class ObjectRows implements TextWriter.Rows {
  private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

  private final List<String> keys;

  ObjectRows(Schema schema) {
    this.keys =
        schema.names().stream()
            .map(name -> "\"" + new String(QUOTES.quoteAsCharArray(name)) + "\":")
            .toList();
  }

  @Override
  public String begin() {
    return "";
  }

  @Override
  public void append(Batch batch, int row, StringBuilder to) {
    to.append('{');
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        to.append(',');
      }
      to.append(keys.get(i));
      append(batch.columns().get(i), row, to);
    }
    to.append("}\n");
  }

  private static void append(ColumnData column, int row, StringBuilder to) {
    if (column.isNull(row)) {
      to.append("null");
      return;
    }
    switch (column.type()) {
      case ColumnType.Number number -> append(number.dtype(), column, row, to);
      case ColumnType.Timestamp timestamp -> {
        to.append('"');
        ValueText.append(column, row, to);
        to.append('"');
      }
      case ColumnType.Text text -> {
        to.append('"');
        QUOTES.quoteAsString(column.dictionary().get(column.codes()[row]), to);
        to.append('"');
      }
    }
  }

  private static void append(DType dtype, ColumnData column, int row, StringBuilder to) {
    double value = dtype.isFloating() ? column.doubleAt(row) : 0;
    if (Double.isFinite(value)) {
      ValueText.append(column, row, to);
    } else {
      to.append('"').append(value).append('"');
    }
  }
}
