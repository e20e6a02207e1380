package dev.weft.cli.options;

import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of attributes as people write them: numbers and truth values where they look like such,
 * lists in brackets, texts otherwise; in quotes anything is a text.
 */
final class AttributeText {
  private AttributeText() {}

  /**
   * A value: Long, Double, Boolean, String or a list of these.
   *
   * @throws UsageException when a number is too large
   */
  static Object parse(String text) {
    String value = text.strip();
    if (!value.startsWith("[") || !value.endsWith("]")) {
      return single(value);
    }
    List<Object> list = new ArrayList<>();
    String inner = value.substring(1, value.length() - 1).strip();
    if (!inner.isEmpty()) {
      for (String part : inner.split(",", -1)) {
        list.add(single(part.strip()));
      }
    }
    return list;
  }

  private static Object single(String value) {
    if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
      return value.substring(1, value.length() - 1);
    }
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    try {
      if (value.matches("[+-]?[0-9]+")) {
        return Long.parseLong(value);
      }
    } catch (NumberFormatException e) {
      throw new UsageException(
          "--attr: %s is no 64-bit integer. Write it in quotes to make it a text: '\"%s\"'"
              .formatted(value, value),
          e);
    }
    return value.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
        ? (Object) Double.valueOf(value)
        : value;
  }
}
