package dev.weft.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that {@link Json} has written: maps, lists, texts, doubles, truth values and null. */
public final class JsonReader {
  /** Deeper ones are none of ours. */
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when it is not JSON; says where
   */
  public static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "at character %d of %d there is no %s".formatted(at + 1, text.length(), expected));
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean takes(char c) {
    space();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void require(char c) {
    if (!takes(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private @Nullable Object value() {
    space();
    if (at == text.length() || ++depth > DEEPEST) {
      throw wrong("value");
    }
    Object value =
        switch (text.charAt(at)) {
          case '{' -> map();
          case '[' -> list();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("value");
    }
    at += word.length();
    return value;
  }

  private Map<String, @Nullable Object> map() {
    require('{');
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (takes('}')) {
      return map;
    }
    do {
      space();
      String key = string();
      require(':');
      map.put(key, value());
    } while (takes(','));
    require('}');
    return map;
  }

  private List<@Nullable Object> list() {
    require('[');
    List<@Nullable Object> list = new ArrayList<>();
    if (takes(']')) {
      return list;
    }
    do {
      list.add(value());
    } while (takes(','));
    require(']');
    return list;
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("value");
    }
  }

  private String string() {
    if (at == text.length() || text.charAt(at) != '"') {
      throw wrong("text in quotes");
    }
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    require('"');
    return out.toString();
  }

  private char escaped() {
    if (at == text.length()) {
      throw wrong("character");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw wrong("escaped character");
    };
  }

  private char unicode() {
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw wrong("number of a character");
    }
  }
}
