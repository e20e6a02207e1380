package dev.weft.table.csv;

import dev.weft.table.column.ColumnType;
import dev.weft.table.text.TypeGuess;
import java.util.List;

/** Whether the first row of a sample names the columns. */
final class HeaderGuess {
  private static final int MOST_ROWS = 100;

  private HeaderGuess() {}

  /**
   * It does where a column of numbers, truth values or moments begins with something else. Where
   * all columns are text, it does unless something in the first row is no text.
   */
  static boolean isHeader(List<List<CsvCell>> rows, List<String> missing) {
    List<CsvCell> first = rows.getFirst();
    boolean isAllText = true;
    for (int i = 0; i < first.size(); i++) {
      TypeGuess guess = new TypeGuess();
      boolean isComplete = true;
      for (List<CsvCell> row : rows.subList(1, Math.min(MOST_ROWS, rows.size()))) {
        boolean isThere = i < row.size() && !row.get(i).isMissing(missing);
        isComplete &= isThere;
        if (isThere) {
          guess.add(row.get(i).text());
        }
      }
      ColumnType type = guess.type();
      if (!type.equals(ColumnType.TEXT)) {
        isAllText = false;
        if (first.get(i).isMissing(missing)
            ? isComplete
            : !TypeGuess.isOf(type, first.get(i).text())) {
          return true;
        }
      }
    }
    return isAllText && first.stream().allMatch(cell -> isText(cell.text()));
  }

  private static boolean isText(String text) {
    TypeGuess guess = new TypeGuess();
    guess.add(text);
    return guess.type().equals(ColumnType.TEXT);
  }
}
