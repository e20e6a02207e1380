package dev.weft.pictures;

/**
 * How wide words are, without asking fonts, so that a graph is laid out alike on every machine: the
 * widths of DejaVu Sans, one of the widest fonts for screens. In others words leave some room.
 */
final class TextWidth {
  /** Widths of the characters from space to tilde, in hundredths of the font's height. */
  private static final int[] ASCII = {
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
  };

  /** Of others: an ideograph is as wide as it is high. */
  private static final int OTHER = 100;

  private static final double BOLD = 1.1;

  private TextWidth() {}

  /** The width in pixels. */
  static double of(String words, double size, boolean bold) {
    double hundredths =
        words
            .codePoints()
            .map(c -> c >= ' ' && c <= '~' ? ASCII[c - ' '] : c == '·' || c < ' ' ? 32 : OTHER)
            .sum();
    return hundredths / 100 * size * (bold ? BOLD : 1);
  }

  /** The words in one line, cut with an ellipsis where they are wider than {@code width}. */
  static String fit(String words, double size, boolean bold, double width) {
    String line = words.replaceAll("\\s+", " ").strip();
    if (of(line, size, bold) <= width) {
      return line;
    }
    int[] points = line.codePoints().toArray();
    int length = points.length;
    while (length > 0 && of(new String(points, 0, length) + "…", size, bold) > width) {
      length--;
    }
    return new String(points, 0, length).stripTrailing() + "…";
  }
}
