package dev.weft.io.csv;

import java.util.Locale;

/** Numbers as they stand in fields: decimal, with a point, and an exponent perhaps. */
final class FieldNumber {
  private FieldNumber() {}

  /** Whether a field is a number, or empty, which is a missing one. */
  static boolean isNumber(String field) {
    String text = field.strip();
    if (text.isEmpty()) {
      return true;
    }
    boolean digits = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      digits |= digit;
      if (!digit && !isPart(text, i, c, digits)) {
        return isWord(text);
      }
    }
    char last = text.charAt(text.length() - 1);
    return digits && (last == '.' || last >= '0' && last <= '9');
  }

  /** Whether a character that is no digit stands where it may. */
  private static boolean isPart(String text, int at, char c, boolean digits) {
    return switch (c) {
      case '.' ->
          text.indexOf('.') == at && text.lastIndexOf('e', at) < 0 && text.lastIndexOf('E', at) < 0;
      case 'e', 'E' ->
          digits && text.lastIndexOf('e', at - 1) < 0 && text.lastIndexOf('E', at - 1) < 0;
      case '+', '-' -> at == 0 || text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E';
      default -> false;
    };
  }

  private static boolean isWord(String text) {
    return switch (word(text)) {
      case "nan", "na", "inf", "infinity" -> true;
      default -> false;
    };
  }

  private static String word(String text) {
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    return text.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT);
  }

  /** The value of a field that is a number. */
  static double parse(String field) {
    String text = field.strip();
    if (text.isEmpty()) {
      return Double.NaN;
    }
    char last = text.charAt(text.length() - 1);
    if (last == '.' || last >= '0' && last <= '9') {
      return Double.parseDouble(text);
    }
    boolean infinite = word(text).startsWith("inf");
    return !infinite
        ? Double.NaN
        : text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
