package dev.weft.table.json;

import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableReading;
import dev.weft.table.text.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The keys of the first objects of a file, in the order in which they appear. */
final class KeySample implements ObjectReader.Values {
  private static final int MOST_OBJECTS = 1000;

  private final Map<String, KeyGuess> keys = new LinkedHashMap<>();
  private final List<String> missing;
  private int objects;
  private long bytes;

  private KeySample(List<String> missing) {
    this.missing = missing;
  }

  /**
   * Reads enough of a file for its first objects.
   *
   * @throws FormatException when there is none
   */
  static KeySample of(TextFile file, List<String> missing) {
    return file.sample(
        "the first line has more than %,d bytes. Write one object a line",
        (text, isWhole) -> {
          int length = isWhole ? text.length : lines(text);
          KeySample sample = new KeySample(missing);
          try {
            ObjectReader.read(file.whole(), new ByteArrayInputStream(text, 0, length), sample);
          } catch (IOException e) {
            throw file.unreadable(e);
          }
          sample.bytes = lineEnd(text, length, sample.objects);
          return sample.objects > 0 ? Optional.of(sample) : Optional.empty();
        });
  }

  /** Where a line ends, counted from 1. */
  private static int lineEnd(byte[] text, int length, int line) {
    int at = 0;
    for (int lines = 0; at < length && lines < line; at++) {
      lines += text[at] == '\n' ? 1 : 0;
    }
    return at;
  }

  /** About how many bytes a row has. */
  double rowBytes() {
    return (double) bytes / objects;
  }

  /** How many bytes whole lines have. */
  private static int lines(byte[] text) {
    int length = text.length;
    while (length > 0 && text[length - 1] != '\n') {
      length--;
    }
    return length;
  }

  @Override
  public void on(long line, String key, JsonToken token, JsonParser parser) {
    KeyGuess guess = keys.computeIfAbsent(key, unseen -> new KeyGuess());
    boolean isMissing =
        token == JsonToken.VALUE_NULL
            || token == JsonToken.VALUE_STRING && missing.contains(parser.getString());
    if (!isMissing) {
      guess.add(token, parser);
    }
  }

  @Override
  public boolean endObject() {
    objects++;
    return objects < MOST_OBJECTS;
  }

  /** The keys, and those of which only the type is given. */
  List<String> keys(TableReading options) {
    List<String> all = new ArrayList<>(keys.keySet());
    if (options.names() == null) {
      options.types().keySet().stream().filter(key -> !keys.containsKey(key)).forEach(all::add);
    }
    return all;
  }

  /** The columns, one for each key. */
  Schema schema(TextFile file, TableReading options) {
    List<String> own = keys(options);
    List<String> names = options.names() == null ? own : options.names();
    if (names.size() != own.size()) {
      throw new UsageException(
          "read %s: %,d names are given for %,d columns. Name each of them"
              .formatted(file.name(), names.size(), own.size()));
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ColumnType given = options.types().get(names.get(i));
      KeyGuess guess = keys.get(own.get(i));
      fields.add(
          new Field(
              names.get(i),
              given != null ? given : guess == null ? ColumnType.TEXT : guess.type()));
    }
    Schema schema = Schema.of(fields);
    options.types().keySet().forEach(schema::index);
    return schema;
  }
}
