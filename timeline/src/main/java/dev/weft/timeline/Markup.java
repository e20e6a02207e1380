package dev.weft.timeline;

import java.util.Locale;

/** SVG text, line by line. Words of others are escaped and shortened here. */
final class Markup {
  private final StringBuilder text = new StringBuilder();

  /** A line, formatted as {@link String#format} does; words in it must be {@link #escaped}. */
  Markup line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    text.append('\n');
    return this;
  }

  /** Words at a place. */
  Markup words(double x, double y, String style, String words) {
    return line(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
        style, number(x), number(y), escaped(words));
  }

  /** A coloured rectangle that tells something when the pointer rests on it. */
  Markup box(double x, double y, double width, double height, String style, String title) {
    return line(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>",
        style, number(x), number(y), number(width), number(height), escaped(title));
  }

  /** {@link String#format} that does not depend on where the machine stands. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** At most two digits after the point, and no zeros at the end. */
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String digits = String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
    return digits.endsWith("0") ? digits.substring(0, digits.length() - 1) : digits;
  }

  /** The words as XML may hold them; characters that it may not hold become a replacement. */
  static String escaped(String words) {
    StringBuilder escaped = new StringBuilder(words.length());
    words
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int point) {
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return (point >= ' ' || point == '\n' || point == '\t') && !surrogate && point < 0xFFFE
        || point > 0xFFFF;
  }

  /** The words, or their beginning with an ellipsis. */
  static String shortened(String words, int length) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() <= length ? line : line.substring(0, length - 1).stripTrailing() + "…";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
