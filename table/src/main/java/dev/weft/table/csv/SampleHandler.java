package dev.weft.table.csv;

import dev.weft.table.text.TextPart;
import dev.weft.table.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/** Collects the first rows of a file. */
final class SampleHandler extends RowHandler {
  private final TextPart part;
  private final int most;
  private final List<List<CsvCell>> rows = new ArrayList<>();
  private List<CsvCell> row = new ArrayList<>();

  SampleHandler(TextPart part, int most) {
    this.part = part;
    this.most = most;
  }

  List<List<CsvCell>> rows() {
    return rows;
  }

  @Override
  protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
    String text = Utf8.decoded(buffer, offset, length);
    if (text == null) {
      throw part.malformed(line(), "column %,d".formatted(column + 1), buffer, offset, length);
    }
    row.add(new CsvCell(text, quoted));
  }

  @Override
  boolean endRow(int fields) {
    rows.add(row);
    row = new ArrayList<>();
    return rows.size() < most;
  }

  @Override
  boolean emptyLine() {
    row = new ArrayList<>();
    return true;
  }
}
