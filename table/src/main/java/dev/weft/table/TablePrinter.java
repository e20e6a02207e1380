package dev.weft.table;

import dev.weft.core.dtype.DType;
import dev.weft.core.text.FloatFormat;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.text.MomentText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Tables as aligned text: names, a rule, rows; numbers to the right. */
public final class TablePrinter {
  /** Rows that are shown, if nobody says otherwise. */
  public static final int ROWS = 40;

  private static final int WIDEST = 60;
  private static final String MISSING = "null";
  private static final int DIGITS = 6;
  private static final double LEAST_PLAIN = 1e-3;
  private static final double MOST_PLAIN = 1e10;

  private TablePrinter() {}

  /**
   * The table as lines.
   *
   * @param most rows that are shown; of more the first and the last
   */
  public static String text(Batch batch, int most) {
    return text(batch, most, batch.rows());
  }

  /**
   * The same of a table of which only the first and the last rows are at hand.
   *
   * @param batch all of the rows, or as many as are shown
   * @param total rows of the table
   */
  public static String text(Batch batch, int most, long total) {
    int[] shown = shown(batch.rows(), most);
    Batch rows = batch.gather(shown, shown.length);
    int cut = shown.length < total ? (shown.length + 1) / 2 : -1;
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      columns.add(cells(batch.schema().names().get(i), rows.columns().get(i), cut));
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; !columns.isEmpty() && line < columns.getFirst().size(); line++) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        boolean left = rows.columns().get(i).type().equals(ColumnType.TEXT);
        row.append(i == 0 ? "" : "  ").append(cell(columns.get(i), line, left));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    if (cut >= 0) {
      text.append("(%,d rows)\n".formatted(total));
    } else if (total == 0) {
      text.append("(no rows)\n");
    }
    return text.toString();
  }

  private static int[] shown(int rows, int most) {
    int count = Math.min(rows, most);
    int[] shown = new int[count];
    for (int i = 0; i < count; i++) {
      shown[i] = i < (count + 1) / 2 ? i : rows - count + i;
    }
    return shown;
  }

  private static String cell(List<String> column, int line, boolean left) {
    int width = 0;
    for (String each : column) {
      width = Math.max(width, width(each));
    }
    String text = column.get(line);
    String blanks = " ".repeat(width - width(text));
    if (line == 1) {
      return "-".repeat(width);
    }
    return left ? text + blanks : blanks + text;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static List<String> cells(String name, ColumnData column, int cut) {
    List<String> cells = new ArrayList<>();
    cells.add(shortened(name));
    cells.add("");
    List<String> values = values(column);
    for (int i = 0; i < values.size(); i++) {
      if (i == cut) {
        cells.add("...");
      }
      cells.add(values.get(i));
    }
    return cells;
  }

  /** The texts of all values; floating numbers in one format. */
  private static List<String> values(ColumnData column) {
    List<String> values = new ArrayList<>();
    if (column.type() instanceof ColumnType.Number(DType dtype) && dtype.isFloating()) {
      double[] there = new double[column.length() - column.nulls()];
      int at = 0;
      for (int i = 0; i < column.length(); i++) {
        if (!column.isNull(i)) {
          there[at++] = column.doubleAt(i);
        }
      }
      List<String> words = words(there, dtype);
      at = 0;
      for (int i = 0; i < column.length(); i++) {
        values.add(column.isNull(i) ? MISSING : words.get(at++).strip());
      }
      return padded(values);
    }
    for (int i = 0; i < column.length(); i++) {
      values.add(shortened(value(column, i)));
    }
    return values;
  }

  /** With at most six digits behind the point, where that says enough of the largest. */
  private static List<String> words(double[] values, DType dtype) {
    double most = 0;
    for (double value : values) {
      most = Double.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
    }
    if (most != 0 && (most < LEAST_PLAIN || most >= MOST_PLAIN)) {
      return FloatFormat.words(values, dtype, false);
    }
    List<String> words = new ArrayList<>();
    for (double value : values) {
      words.add(
          Double.isFinite(value)
              ? new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString()
              : FloatFormat.words(new double[] {value}, dtype, false).getFirst());
    }
    return shorter(words);
  }

  /** Without zeros at the end that all have. */
  private static List<String> shorter(List<String> words) {
    int needed = 1;
    for (String word : words) {
      int point = word.indexOf('.');
      int end = word.length();
      while (point >= 0 && end > point + 2 && word.charAt(end - 1) == '0') {
        end--;
      }
      needed = point < 0 ? needed : Math.max(needed, end - point - 1);
    }
    int digits = needed;
    return words.stream()
        .map(
            word ->
                word.indexOf('.') < 0 ? word : word.substring(0, word.indexOf('.') + 1 + digits))
        .toList();
  }

  /** Points stand below each other: words of one format end alike, but for blanks. */
  private static List<String> padded(List<String> words) {
    int after = 0;
    for (String word : words) {
      after = Math.max(after, after(word));
    }
    List<String> padded = new ArrayList<>();
    for (String word : words) {
      boolean number = word.indexOf('.') >= 0;
      padded.add(number ? word + " ".repeat(after - after(word)) : word);
    }
    return padded;
  }

  private static int after(String word) {
    int point = word.indexOf('.');
    return point < 0 ? 0 : word.length() - point - 1;
  }

  private static String value(ColumnData column, int row) {
    if (column.isNull(row)) {
      return MISSING;
    }
    return switch (column.type()) {
      case ColumnType.Timestamp(var zone) -> MomentText.of(column.longAt(row), zone);
      case ColumnType.Text text -> escaped(column.dictionary().get(column.codes()[row]));
      case ColumnType.Number number -> String.valueOf(column.get(row));
    };
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  private static String shortened(String text) {
    return width(text) <= WIDEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }
}
