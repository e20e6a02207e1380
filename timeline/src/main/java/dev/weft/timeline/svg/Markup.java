package dev.weft.timeline.svg;

import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * SVG text, line by line. Words of others are escaped and shortened here. It remembers which
 * colours were used, for the picture's style sheet.
 */
public final class Markup {
  static final double FONT_SIZE = 12;

  private final StringBuilder text = new StringBuilder();
  private final Map<String, Ink> fills = new LinkedHashMap<>();
  private final Map<String, Ink> strokes = new LinkedHashMap<>();

  /** A line, formatted as {@link String#format} does; words in it must be {@link #escaped}. */
  public Markup line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    text.append('\n');
    return this;
  }

  /** The attributes of what is filled with a colour. */
  public String fill(Ink ink) {
    fills.put(ink.name(), ink);
    return "class=\"%s\" fill=\"%s\"".formatted(ink.name(), ink.light());
  }

  /** The attributes of a line in a colour. */
  public String stroke(Ink ink) {
    strokes.put(ink.name(), ink);
    return "class=\"%s-line\" stroke=\"%s\"".formatted(ink.name(), ink.light());
  }

  /** Words that begin at a place. */
  public Markup words(double x, double y, TextStyle style, String words) {
    return words(x, y, style, Anchor.START, words);
  }

  /** Words at a place. */
  public Markup words(double x, double y, TextStyle style, Anchor anchor, String words) {
    return line(
        "<text %s%s%s x=\"%s\" y=\"%s\">%s</text>",
        fill(style.ink()),
        style.attributes(),
        anchor.attribute(),
        number(x),
        number(y),
        escaped(words));
  }

  /** A straight line. */
  public Markup line(double x1, double y1, double x2, double y2, Ink ink) {
    return line(
        "<line %s x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
        stroke(ink), number(x1), number(y1), number(x2), number(y2));
  }

  /** A coloured rectangle. */
  public Markup box(double x, double y, double width, double height, Ink ink) {
    return line(
        "<rect %s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
        fill(ink), number(x), number(y), number(width), number(height));
  }

  /** A coloured rectangle that tells something when the pointer rests on it. */
  public Markup box(double x, double y, double width, double height, Ink ink, String title) {
    return box(x, y, width, height, fill(ink), title);
  }

  /** The same with attributes that say how it looks. */
  public Markup box(double x, double y, double width, double height, String look, String title) {
    return line(
        "<rect %s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>",
        look, number(x), number(y), number(width), number(height), escaped(title));
  }

  /** The whole file: what was drawn, on paper of this size. */
  public String document(int width, int height, String label) {
    Markup file = new Markup();
    file.line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"system-ui,-apple-system,'Segoe UI',sans-serif\" font-size=\"%s\""
            + " role=\"img\" aria-label=\"%s\">",
        width, height, width, height, number(FONT_SIZE), escaped(label));
    fill(Ink.PAPER);
    StringBuilder dark = new StringBuilder("<style>@media (prefers-color-scheme:dark){");
    fills.forEach((name, ink) -> dark.append(format(".%s{fill:%s}", name, ink.dark())));
    strokes.forEach((name, ink) -> dark.append(format(".%s-line{stroke:%s}", name, ink.dark())));
    file.line("%s}</style>", dark);
    file.line("<rect %s width=\"%d\" height=\"%d\"/>", file.fill(Ink.PAPER), width, height);
    return file + text.toString() + "</svg>\n";
  }

  /** {@link String#format} that does not depend on where the machine stands. */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** At most two digits after the point, and no zeros at the end. */
  public static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String digits = String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
    return digits.endsWith("0") ? digits.substring(0, digits.length() - 1) : digits;
  }

  /** The words as XML may hold them; characters that it may not hold become a replacement. */
  public static String escaped(String words) {
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
  public static String shortened(String words, int length) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() <= length ? line : line.substring(0, length - 1).stripTrailing() + "…";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
