package dev.weft.table.csv;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableWriting;
import dev.weft.table.text.TextWriter;
import dev.weft.table.text.ValueText;

/** Rows with separators between fields, and quotes around those that need them. */
record CsvRows(Schema schema, char separator, TableWriting options) implements TextWriter.Rows {
  @Override
  public String begin() {
    if (!options.header()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < schema.size(); i++) {
      if (i > 0) {
        text.append(separator);
      }
      appendText(schema.fields().get(i).name(), text);
    }
    return text.append('\n').toString();
  }

  @Override
  public void append(Batch batch, int row, StringBuilder to) {
    for (int i = 0; i < batch.columns().size(); i++) {
      if (i > 0) {
        to.append(separator);
      }
      ColumnData column = batch.columns().get(i);
      if (column.isNull(row)) {
        to.append(options.missing());
      } else if (column.type().equals(ColumnType.TEXT)) {
        appendText(column.dictionary().get(column.codes()[row]), to);
      } else {
        ValueText.append(column, row, to);
      }
    }
    to.append('\n');
  }

  private void appendText(String text, StringBuilder to) {
    if (!needsQuotes(text)) {
      to.append(text);
      return;
    }
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      to.append(c);
      if (c == '"') {
        to.append('"');
      }
    }
    to.append('"');
  }

  private boolean needsQuotes(String text) {
    if (text.isEmpty() || text.equals(options.missing())) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == separator || c == '"' || c == '\n' || c == '\r' || c == '\uFEFF') {
        return true;
      }
    }
    return false;
  }
}
