package dev.weft.table.json;

import dev.weft.table.column.ColumnType;
import dev.weft.table.text.TypeGuess;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The type of the values of a key in a sample. */
final class KeyGuess {
  private final TypeGuess numbers = new TypeGuess();
  private final TypeGuess strings = new TypeGuess();
  private boolean isTruth;
  private boolean isOther;
  private boolean isWord;

  /** Takes a value into account that is not missing. */
  void add(JsonToken token, JsonParser parser) {
    if (token.isNumeric()) {
      numbers.add(parser.getString());
    } else if (token == JsonToken.VALUE_STRING) {
      String text = parser.getString();
      if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
        isWord = true;
        numbers.add(text);
      } else {
        strings.add(text);
      }
    } else if (token.isBoolean()) {
      isTruth = true;
    } else {
      isOther = true;
      parser.skipChildren();
    }
  }

  /** Moments are strings; a string of digits stays one. What is mixed becomes text. */
  ColumnType type() {
    int kinds =
        (numbers.any() ? 1 : 0) + (strings.any() ? 1 : 0) + (isTruth ? 1 : 0) + (isOther ? 1 : 0);
    if (kinds != 1 || isOther) {
      return ColumnType.TEXT;
    }
    if (isTruth) {
      return ColumnType.BOOL;
    }
    if (numbers.any()) {
      ColumnType type = numbers.type();
      return isWord && type.equals(ColumnType.INT64) ? ColumnType.FLOAT64 : type;
    }
    return strings.type().equals(ColumnType.TIMESTAMP) ? ColumnType.TIMESTAMP : ColumnType.TEXT;
  }
}
