package dev.weft.table.csv;

import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableReading;
import dev.weft.table.text.TextCompression;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TypeGuess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read: what was asked for, and for the rest what its first rows look like.
 *
 * @param hasHeader whether the first row names the columns
 * @param hasRows whether there are rows, which tell the types
 * @param rowBytes about how many bytes a row has in the file
 */
record CsvLayout(
    char separator, boolean hasHeader, boolean hasRows, Schema schema, double rowBytes) {
  /** The layout of a file. */
  static CsvLayout of(TextFile file, TableReading options) {
    CsvSample sample = CsvSample.of(file, separator(file, options));
    List<List<CsvCell>> rows = sample.rows();
    boolean hasHeader =
        options.header() == null ? HeaderGuess.isHeader(rows, options.missing()) : options.header();
    List<String> names = names(file, rows.getFirst(), hasHeader, options.names());
    List<List<CsvCell>> values = hasHeader ? rows.subList(1, rows.size()) : rows;
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ColumnType given = options.types().get(names.get(i));
      fields.add(
          new Field(names.get(i), given == null ? guess(values, i, options.missing()) : given));
    }
    Schema schema = Schema.of(fields);
    options.types().keySet().forEach(schema::index);
    return new CsvLayout(sample.separator(), hasHeader, !values.isEmpty(), schema, rowBytes(rows));
  }

  private static @Nullable Character separator(TextFile file, TableReading options) {
    Character given = options.separator();
    if (given != null) {
      return CsvParser.require(given);
    }
    String name = file.name().toLowerCase(Locale.ROOT);
    return TextCompression.of(name).without(name).endsWith(".tsv") ? '\t' : null;
  }

  private static double rowBytes(List<List<CsvCell>> rows) {
    long bytes = 0;
    for (List<CsvCell> row : rows) {
      for (CsvCell cell : row) {
        bytes += cell.text().length() + 1;
      }
    }
    return (double) bytes / rows.size();
  }

  private static ColumnType guess(List<List<CsvCell>> rows, int column, List<String> missing) {
    TypeGuess guess = new TypeGuess();
    for (List<CsvCell> row : rows) {
      if (column < row.size() && !row.get(column).isMissing(missing)) {
        guess.add(row.get(column).text());
      }
    }
    return guess.type();
  }

  private static List<String> names(
      TextFile file, List<CsvCell> first, boolean hasHeader, @Nullable List<String> given) {
    if (given != null) {
      if (given.size() != first.size()) {
        throw new UsageException(
            "read %s: %,d names are given for %,d columns. Name each of them"
                .formatted(file.name(), given.size(), first.size()));
      }
      return given;
    }
    List<String> names = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < first.size(); i++) {
      String text = hasHeader ? first.get(i).text().strip() : "";
      String name = text.isEmpty() ? "column" + (i + 1) : text;
      Integer other = places.put(name, i);
      if (other != null) {
        throw new FormatException(
            file.name(),
            -1,
            "columns %,d and %,d are both named '%s'. Pass names(...) with a name for each of the %,d columns, or header(false) where the first row is none of names"
                .formatted(other + 1, i + 1, name, first.size()));
      }
      names.add(name);
    }
    return names;
  }

  /**
   * Checks that another file has the same columns.
   *
   * @param first the file of this layout
   */
  void requireSame(TextFile first, TextFile other) {
    List<CsvCell> row = CsvSample.of(other, separator).rows().getFirst();
    boolean isSame = row.size() == schema.size();
    for (int i = 0; isSame && hasHeader && i < row.size(); i++) {
      String name = row.get(i).text().strip();
      isSame = name.isEmpty() || name.equals(schema.fields().get(i).name());
    }
    if (!isSame) {
      throw new FormatException(
          other.name(),
          -1,
          "its first row is %s, and the columns of %s are %s. Read files of the same columns together"
              .formatted(
                  shown(row.stream().map(CsvCell::text).toList()),
                  first.name(),
                  shown(schema.names())));
    }
  }

  private static String shown(List<String> names) {
    int most = 12;
    return String.join(", ", names.subList(0, Math.min(most, names.size())))
        + (names.size() > most ? " and %,d more".formatted(names.size() - most) : "");
  }
}
