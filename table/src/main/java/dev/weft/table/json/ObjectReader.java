package dev.weft.table.json;

import dev.weft.table.text.TextPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Goes through the objects of a part of a file, one in each line. */
final class ObjectReader {
  private static final int LONGEST = 64 << 20;

  /** Python writes NaN and Infinity as they are. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST)
                  .maxNumberLength(LONGEST)
                  .maxNameLength(LONGEST)
                  .build())
          .build();

  /** Hears of values. */
  interface Values {
    /**
     * A value, of which the parser has the first token.
     *
     * @param line from 1 at the begin of the part
     */
    void on(long line, String key, JsonToken token, JsonParser parser);

    /**
     * An object is complete.
     *
     * @return whether more of them are wanted
     */
    boolean endObject();
  }

  private ObjectReader() {}

  /**
   * Reads objects until no more are wanted.
   *
   * @param bytes are closed
   */
  static void read(TextPart part, InputStream bytes, Values values) throws IOException {
    long line = 1;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        line = parser.currentTokenLocation().getLineNr();
        if (token != JsonToken.START_OBJECT) {
          throw part.wrong(
              line,
              "an object should begin here, not %s. Each line is one object; a list of them is made such a file by jq -c '.[]' FILE"
                  .formatted(token == JsonToken.START_ARRAY ? "a list" : "another value"));
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          values.on(line, parser.currentName(), parser.nextToken(), parser);
        }
        if (parser.currentTokenLocation().getLineNr() != line) {
          throw part.wrong(
              line,
              "the object goes on over several lines. Write each in one line, as jq -c . FILE does");
        }
        if (!values.endObject()) {
          return;
        }
      }
    } catch (JacksonIOException e) {
      throw unreadable(part, e);
    } catch (StreamConstraintsException e) {
      throw part.wrong(
          line,
          "a name, number or text has more than %,d bytes, or lists and objects are too deep in others. Leave its key out of the columns, or shorten it"
              .formatted(LONGEST));
    } catch (JacksonException e) {
      part.file().requireSame();
      throw part.wrong(
          e.getLocation() == null ? line : Math.max(1, e.getLocation().getLineNr()),
          "this is no JSON: %s. Check the line".formatted(e.getOriginalMessage()));
    }
  }

  private static RuntimeException unreadable(TextPart part, JacksonIOException e)
      throws IOException {
    IOException cause = e.getCause() == null ? new IOException(e) : e.getCause();
    if (part.file().isSplittable()) {
      throw cause;
    }
    return part.file().unreadable(cause);
  }

  /** The text of a list or object, at whose begin the parser is; then it is at the end. */
  static String nested(JsonParser parser) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructureExact(parser);
    }
    return text.toString();
  }

  /** The text of a value of any kind but null; behind it the parser is at its end. */
  static String text(JsonToken token, JsonParser parser) {
    return token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT
        ? nested(parser)
        : parser.getString();
  }
}
