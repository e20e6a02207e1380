package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.source.TableReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The options that say how files of tables are read. */
public final class TableOptions {
  private static final String TYPES = "--types";
  private static final String SEPARATOR = "--separator";
  private static final String NO_HEADER = "--no-header";
  private static final String MISSING = "--missing";

  /** For every command that reads tables. */
  public static final List<Option> OPTIONS =
      List.of(
          new Option(
              List.of(TYPES),
              "[NAME:]COLUMN=TYPE,...",
              true,
              "types of columns where the guessed ones are wrong: x=float32,id=string,when=timestamp"),
          Option.value(
              "CHARACTER", "what stands between fields of CSV, such as ';' or tab", SEPARATOR),
          Option.flag("the first row of CSV holds values, not names", NO_HEADER),
          Option.value(
              "TEXT,...", "texts in CSV that stand for missing values, such as NA,-", MISSING));

  private final Words words;
  private final Collection<String> names;

  private TableOptions(Words words, Collection<String> names) {
    this.words = words;
    this.names = names;
  }

  /**
   * What the options ask for.
   *
   * @param names of the tables
   */
  public static TableOptions of(Words words, Collection<String> names) {
    TableOptions options = new TableOptions(words, names);
    // What is wrong is said before the work begins.
    options.reading("");
    names.forEach(options::reading);
    return options;
  }

  /** How the files of a table are read. */
  public TableReading reading(String name) {
    TableReading reading = TableReading.defaults();
    for (String types : words.values(TYPES)) {
      String mark = types.substring(0, Math.max(0, types.indexOf(':')));
      boolean marked = names.contains(mark);
      if (!marked || mark.equals(name)) {
        reading = withTypes(reading, marked ? types.substring(mark.length() + 1) : types);
      }
    }
    if (words.has(SEPARATOR)) {
      reading = reading.separator(separator(words.value(SEPARATOR)));
    }
    if (words.has(NO_HEADER)) {
      reading = reading.header(false);
    }
    return words.has(MISSING)
        ? reading.missing(
            Arrays.stream(words.value(MISSING).split(",", -1))
                .map(String::strip)
                .toArray(String[]::new))
        : reading;
  }

  private static TableReading withTypes(TableReading reading, String types) {
    TableReading typed = reading;
    for (String type : parts(types)) {
      int equals = type.lastIndexOf('=');
      if (equals < 1 || equals == type.length() - 1) {
        throw new UsageException(
            "%s is '%s'; write COLUMN=TYPE, several with commas between, such as x=float32,id=string"
                .formatted(TYPES, types));
      }
      typed =
          typed.type(type.substring(0, equals).strip(), ColumnType.of(type.substring(equals + 1)));
    }
    return typed;
  }

  private static List<String> parts(String types) {
    return new ArrayList<>(Arrays.asList(types.split(",", -1)));
  }

  private static char separator(String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new UsageException(
          "%s is '%s'; write one character, such as ';', or tab".formatted(SEPARATOR, text));
    }
    return text.charAt(0);
  }
}
