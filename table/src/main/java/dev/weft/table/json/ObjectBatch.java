package dev.weft.table.json;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.text.FieldBuilder;
import dev.weft.table.text.TextPart;
import dev.weft.table.text.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Collects the values of wanted keys. */
final class ObjectBatch implements ObjectReader.Values {
  private static final char[] TRUE = {'t', 'r', 'u', 'e'};
  private static final char[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final TextPart part;
  private final Schema schema;
  private final List<String> missing;
  private final List<FieldBuilder> builders = new ArrayList<>();
  private final Map<String, FieldBuilder> byKey = new HashMap<>();
  private int rows;

  /**
   * A batch without rows.
   *
   * @param keys of the wanted columns
   * @param expected about how many rows there will be
   */
  ObjectBatch(
      TextPart part, List<String> keys, Schema schema, List<String> missing, double expected) {
    this.part = part;
    this.schema = schema;
    this.missing = missing;
    for (int i = 0; i < keys.size(); i++) {
      Field field = schema.fields().get(i);
      FieldBuilder builder = FieldBuilder.of(field.type(), expected);
      builders.add(builder);
      byKey.put(keys.get(i), builder);
    }
  }

  @Override
  public void on(long line, String key, JsonToken token, JsonParser parser) {
    FieldBuilder builder = byKey.get(key);
    if (builder == null) {
      parser.skipChildren();
      return;
    }
    if (builder.rows() > rows) {
      throw part.wrong(
          line, "key '%s' is twice in one object. Give each value a key of its own".formatted(key));
    }
    if (token == JsonToken.VALUE_NULL || isMissing(token, parser)) {
      builder.addMissing();
    } else if (!add(builder, token, parser)) {
      throw part.noValue(line, "key", key, ObjectReader.text(token, parser), builder);
    }
  }

  private boolean isMissing(JsonToken token, JsonParser parser) {
    return !missing.isEmpty()
        && token == JsonToken.VALUE_STRING
        && missing.contains(parser.getString());
  }

  private static boolean add(FieldBuilder builder, JsonToken token, JsonParser parser) {
    return switch (token) {
      case VALUE_TRUE -> builder.add(TRUE, 0, TRUE.length);
      case VALUE_FALSE -> builder.add(FALSE, 0, FALSE.length);
      case START_ARRAY, START_OBJECT ->
          builder.type().equals(ColumnType.TEXT) && add(builder, ObjectReader.nested(parser));
      default -> {
        char[] buffer = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int length = parser.getStringLength();
        yield Utf8.isAscii(buffer, offset, length)
            ? builder.add(buffer, offset, length)
            : add(builder, new String(buffer, offset, length));
      }
    };
  }

  private static boolean add(FieldBuilder builder, String text) {
    char[] bytes = Utf8.encoded(text);
    return builder.add(bytes, 0, bytes.length);
  }

  @Override
  public boolean endObject() {
    rows++;
    for (int i = 0; i < builders.size(); i++) {
      if (builders.get(i).rows() < rows) {
        builders.get(i).addMissing();
      }
    }
    return true;
  }

  Batch build() {
    List<ColumnData> columns = builders.stream().map(FieldBuilder::build).toList();
    return new Batch(schema, columns, rows);
  }
}
