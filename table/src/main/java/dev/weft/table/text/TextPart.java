package dev.weft.table.text;

import dev.weft.io.FormatException;
import dev.weft.table.column.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * A part of a file that begins and ends between rows, and what is said of damage in it.
 *
 * @param from where it begins in the text
 * @param to where it ends, or about where; of what is compressed, in the unpacked text
 */
public record TextPart(TextFile file, long from, long to) {
  private static final int LONGEST_SHOWN = 40;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  /** Its bytes, of a file that is not compressed. */
  InputStream bytes() throws IOException {
    return file.text(from, to);
  }

  /**
   * What is wrong in a line.
   *
   * @param line counted from 1 at the begin of the part
   * @param reason what is wrong, and the remedy
   */
  public FormatException wrong(long line, String reason) {
    return wrong(line, ": ", reason);
  }

  private FormatException wrong(long line, String between, String reason) {
    return new FormatException(
        file.name(), -1, "line %,d%s%s".formatted(file.lineAt(from) + line - 1, between, reason));
  }

  /**
   * What a value is that is none of its column's type.
   *
   * @param word what the format calls columns
   * @param column its name
   */
  public FormatException noValue(
      long line, String word, String column, String value, FieldBuilder builder) {
    String place = ", %s '%s': ".formatted(word, column);
    boolean isInteger = INTEGER.matcher(value.strip()).matches();
    String other = isInteger ? integer(value) : isReal(value, builder) ? "float64" : "string";
    String remedy = "read it with type(\"%s\", %s)".formatted(column, other);
    if (!isInteger && other.equals("string")) {
      remedy +=
          ", or with missing(\"%s\") where that stands for a missing value".formatted(shown(value));
    }
    String wanted =
        builder.type().isNumber() && !isInteger ? builder.type().label() : builder.wanted();
    return wrong(line, place, "'%s' is no %s; %s".formatted(shown(value), wanted, remedy));
  }

  private static boolean isReal(String value, FieldBuilder builder) {
    return builder.type().isNumber() && TypeGuess.isOf(ColumnType.FLOAT64, value);
  }

  /** The type of an integer; as float64 it could lose digits. */
  private static String integer(String value) {
    return TypeGuess.isOf(ColumnType.INT64, value)
        ? "int64"
        : TypeGuess.isOf(ColumnType.of("uint64"), value) ? "uint64" : "string";
  }

  /**
   * What bytes are that are not UTF-8.
   *
   * @param place which column
   */
  public FormatException malformed(long line, String place, char[] buffer, int offset, int length) {
    // As Latin-1, since that is mostly what it is.
    String text = shown(new String(buffer, offset, length));
    return wrong(
        line,
        ", ",
        "%s: '%s' is not UTF-8. Convert the file, as in iconv -f latin1 -t utf-8 FILE"
            .formatted(place, text));
  }

  /** The begin of a text, as errors show it. */
  public static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }
}
