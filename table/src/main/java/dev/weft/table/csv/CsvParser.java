package dev.weft.table.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.table.text.TextPart;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;

/** FastCSV with the settings of all files. */
final class CsvParser {
  /** The most characters of a field. */
  private static final int LONGEST = 64 << 20;

  /** Part of what is said of a field without its second quote. */
  static final String NOT_CLOSED = "a field begins with a quote that is not closed";

  private CsvParser() {}

  /** Refuses separators that would be taken for something else. */
  static char require(char separator) {
    if (separator >= 0x80 || separator == '"' || separator == '\n' || separator == '\r') {
      String shown = separator == '\n' ? "\\n" : separator == '\r' ? "\\r" : "" + separator;
      throw new UsageException(
          "separator '%s': it must be an ASCII character, and no quote or line end. Use one such as , ; | or a tab"
              .formatted(shown));
    }
    return separator;
  }

  /** Hands rows to a handler until it wants no more. */
  static void parse(TextPart part, Reader text, char separator, RowHandler handler)
      throws IOException {
    try (CsvReader<Boolean> rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LONGEST)
            .build(handler, text)) {
      for (boolean isMoreWanted : rows) {
        if (!isMoreWanted) {
          return;
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw refused(part, handler.line(), e);
    }
  }

  /** The parser wraps what its handler throws, and failures of reading. */
  private static RuntimeException refused(TextPart part, long line, RuntimeException e)
      throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof WeftException own) {
        return own;
      }
      if (cause instanceof IOException unreadable) {
        if (part.file().isSplittable()) {
          throw unreadable;
        }
        return part.file().unreadable(unreadable);
      }
    }
    part.file().requireSame();
    String message = String.valueOf(e.getMessage());
    return part.wrong(
        line,
        message.contains("maximum buffer size")
            ? "a field has more than %,d bytes. A quote may not be closed; check the file"
                .formatted(LONGEST)
            : message.contains("after closing quote")
                ? "behind the quote that ends a field there is more of it. Quotes within a field are written twice; check the file"
                : message.contains("quote")
                    ? NOT_CLOSED + ". Check the file"
                    : message + ". Check the file");
  }
}
