package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.expr.Node;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions of a column of text. Each different text of a partition is looked at once. Missing
 * values stay missing.
 */
public final class TextColumn {
  private final Column column;

  TextColumn(Column column) {
    this.column = column;
  }

  private Column text(String name, Function<String, @Nullable Object> function) {
    return of(name, ColumnType.TEXT, function);
  }

  private Column of(String name, ColumnType result, Function<String, @Nullable Object> function) {
    return Column.of(new Node.OfText(name, column.node(), result, function));
  }

  private static String call(String name, Object... arguments) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .append(arguments[i] instanceof String string ? "'" + string + "'" : arguments[i]);
    }
    return text.append(')').toString();
  }

  /** Number of characters (code points), as int64. */
  public Column length() {
    return of("length()", ColumnType.INT64, text -> (long) text.codePointCount(0, text.length()));
  }

  /** In small letters. */
  public Column lower() {
    return text("lower()", text -> text.toLowerCase(Locale.ROOT));
  }

  /** In capital letters. */
  public Column upper() {
    return text("upper()", text -> text.toUpperCase(Locale.ROOT));
  }

  /** Without blanks at both ends. */
  public Column strip() {
    return text("strip()", String::strip);
  }

  /** Whether it contains a text. */
  public Column contains(String part) {
    return of(call("contains", part), ColumnType.BOOL, text -> text.contains(part));
  }

  /** Whether a regular expression of Java is found in it. */
  public Column matches(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return of(call("matches", pattern), ColumnType.BOOL, text -> compiled.matcher(text).find());
  }

  /** Whether it begins with a text. */
  public Column startsWith(String begin) {
    return of(call("startsWith", begin), ColumnType.BOOL, text -> text.startsWith(begin));
  }

  /** Whether it ends with a text. */
  public Column endsWith(String end) {
    return of(call("endsWith", end), ColumnType.BOOL, text -> text.endsWith(end));
  }

  /** With every occurrence of a text replaced by another. */
  public Column replace(String old, String other) {
    return text(call("replace", old, other), text -> text.replace(old, other));
  }

  /**
   * A part of the text between separators; missing where there are not so many.
   *
   * @param part from 0; -1 is the last
   */
  public Column split(String separator, int part) {
    if (separator.isEmpty()) {
      throw new UsageException("split at an empty text; give the text that separates the parts");
    }
    String literal = Pattern.quote(separator);
    return text(
        call("split", separator, part),
        text -> {
          List<String> parts = List.of(text.split(literal, -1));
          int place = part < 0 ? parts.size() + part : part;
          return place >= 0 && place < parts.size() ? parts.get(place) : null;
        });
  }

  /**
   * The characters from one place to below another, from 0; places beyond the end are the end.
   *
   * @param from at least 0
   */
  public Column slice(int from, int to) {
    if (from < 0 || to < from) {
      throw new UsageException(
          "slice(%d, %d) of text: give a begin of at least 0, and an end not below it"
              .formatted(from, to));
    }
    return text(
        call("slice", from, to),
        text -> {
          int length = text.codePointCount(0, text.length());
          int begin = text.offsetByCodePoints(0, Math.min(from, length));
          return text.substring(begin, text.offsetByCodePoints(0, Math.min(to, length)));
        });
  }
}
