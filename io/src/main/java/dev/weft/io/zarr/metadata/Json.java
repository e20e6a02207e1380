package dev.weft.io.zarr.metadata;

import dev.weft.io.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value in a file of JSON, which knows where it stands for the sake of messages.
 *
 * @param file the file
 * @param place the keys that lead to it
 * @param node the value
 */
record Json(String file, String place, JsonNode node) {
  /** Python writes NaN and Infinity as such. */
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final int SHOWN = 80;

  /** Parses a whole file, whose outermost value must be an object. */
  static Json parse(String file, byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new FormatException(
            file, 0, "a JSON object is expected, and this is %s".formatted(shown(node)));
      }
      return new Json(file, "", node);
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      throw new FormatException(file, Math.min(offset, bytes.length), "no JSON: " + shortened(e));
    }
  }

  private static String shortened(JacksonException e) {
    String text = String.valueOf(e.getOriginalMessage()).replace('\n', ' ');
    return text.length() > 2 * SHOWN ? text.substring(0, 2 * SHOWN) + "..." : text;
  }

  private static String shown(@Nullable JsonNode node) {
    String text = node == null ? "nothing" : node.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  /** What this value is wrong by. */
  FormatException wrong(String expected) {
    return new FormatException(
        file, -1, "'%s' must be %s, not %s".formatted(place, expected, shown(node)));
  }

  /** The value, for messages. */
  String shown() {
    return shown(node);
  }

  /** The value of a key, or null when there is none. */
  @Nullable Json find(String key) {
    JsonNode found = node.isObject() ? node.get(key) : null;
    return found == null ? null : new Json(file, place.isEmpty() ? key : place + "." + key, found);
  }

  /** The value of a key, or null when there is none or it is {@code null}. */
  @Nullable Json optional(String key) {
    Json found = find(key);
    return found == null || found.node.isNull() ? null : found;
  }

  /** The value of a key that must be there. */
  Json get(String key) {
    Json found = find(key);
    if (found == null) {
      throw new FormatException(
          file,
          -1,
          place.isEmpty()
              ? "there is no key '%s'".formatted(key)
              : "'%s' has no key '%s'".formatted(place, key));
    }
    return found;
  }

  /** The elements of a list. */
  List<Json> list() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<Json> elements = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Json(file, "%s[%d]".formatted(place, i), node.get(i)));
    }
    return elements;
  }

  /** The values of an object by their keys, in its order. */
  Map<String, Json> entries() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    Map<String, Json> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      entries.put(key, new Json(file, place.isEmpty() ? key : place + "." + key, entry.getValue()));
    }
    return entries;
  }

  /** A text. */
  String text() {
    if (!node.isString()) {
      throw wrong("a string");
    }
    return node.stringValue();
  }

  /** A whole number from {@code least} to {@code most}. */
  long number(long least, long most) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      long value = node.longValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw wrong(
        most == Long.MAX_VALUE
            ? "a whole number from %d on".formatted(least)
            : "a whole number from %d to %d".formatted(least, most));
  }

  /** Whole numbers, each from {@code least} on. */
  long[] numbers(long least) {
    return list().stream().mapToLong(element -> element.number(least, Long.MAX_VALUE)).toArray();
  }

  /** A truth value, {@code otherwise} where the key is missing. */
  boolean flag(String key, boolean otherwise) {
    Json found = optional(key);
    if (found == null) {
      return otherwise;
    }
    if (!found.node.isBoolean()) {
      throw found.wrong("true or false");
    }
    return found.node.booleanValue();
  }

  /** A whole number under a key, {@code otherwise} where it is missing. */
  long number(String key, long least, long most, long otherwise) {
    Json found = optional(key);
    return found == null ? otherwise : found.number(least, most);
  }

  /** A text under a key, {@code otherwise} where it is missing. */
  String text(String key, String otherwise) {
    Json found = optional(key);
    return found == null ? otherwise : found.text();
  }

  /** Values by key as people read them: texts as they are, all else as JSON. */
  Map<String, String> display() {
    Map<String, String> texts = new LinkedHashMap<>();
    entries()
        .forEach(
            (key, value) ->
                texts.put(key, value.node.isString() ? value.text() : value.node.toString()));
    return texts;
  }
}
