package dev.weft.table.csv;

import dev.weft.io.FormatException;
import dev.weft.table.text.ByteReader;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a file.
 *
 * @param rows one or more
 */
record CsvSample(char separator, List<List<CsvCell>> rows) {
  private static final int MOST_ROWS = 1000;

  /** So many rows tell the separator. */
  private static final int FEW_ROWS = 50;

  /** Those before win where several fit as well. */
  private static final char[] SEPARATORS = {'\t', ';', '|', ','};

  /**
   * Reads enough of a file for its first rows.
   *
   * @param separator null to guess
   * @throws FormatException when there is nothing in it
   */
  static CsvSample of(TextFile file, @Nullable Character separator) {
    return file.sample(
        "the first row has more than %,d bytes. A quote may not be closed; check the file",
        (all, isWhole) -> {
          byte[] text = isWhole ? all : Arrays.copyOf(all, characters(all));
          return separator == null
              ? guessed(file, text, isWhole)
              : parsed(file, text, isWhole, separator, MOST_ROWS);
        });
  }

  /** How many bytes whole characters have. */
  private static int characters(byte[] text) {
    int length = text.length;
    while (length > 1 && (text[length - 1] & 0xC0) == 0x80) {
      length--;
    }
    return (text[length - 1] & 0xC0) == 0xC0 ? length - 1 : length;
  }

  /** By the separator with which the most rows have as many fields as the first. */
  private static Optional<CsvSample> guessed(TextFile file, byte[] text, boolean isWhole) {
    char best = ',';
    double most = 0;
    for (char separator : SEPARATORS) {
      double alike = alike(file, text, isWhole, separator);
      if (alike > most) {
        best = separator;
        most = alike;
      }
    }
    return parsed(file, text, isWhole, best, MOST_ROWS);
  }

  private static double alike(TextFile file, byte[] text, boolean isWhole, char separator) {
    try {
      return parsed(file, text, isWhole, separator, FEW_ROWS).map(CsvSample::alike).orElse(0.0);
    } catch (FormatException e) {
      // With another separator there are fields whose quotes end too early.
      return 0;
    }
  }

  /** The share of rows that have as many fields as the first; 0 where that is one. */
  private double alike() {
    int fields = rows.getFirst().size();
    long alike = rows.stream().filter(row -> row.size() == fields).count();
    return fields == 1 ? 0 : (double) alike / rows.size();
  }

  private static Optional<CsvSample> parsed(
      TextFile file, byte[] text, boolean isWhole, char separator, int mostRows) {
    TextPart part = file.whole();
    SampleHandler handler = new SampleHandler(part, mostRows);
    List<List<CsvCell>> rows = handler.rows();
    try (ByteReader reader = new ByteReader(new ByteArrayInputStream(text))) {
      CsvParser.parse(part, reader, separator, handler);
      if (!isWhole && rows.size() < mostRows && !rows.isEmpty()) {
        // The last row may go on behind the sample.
        rows.removeLast();
      }
    } catch (FormatException e) {
      // A quote that is not closed may be so behind the sample. Whoever reads later rows learns
      // what is wrong with them.
      boolean isCut = !isWhole && e.reason().contains(CsvParser.NOT_CLOSED);
      if (rows.isEmpty() && !isCut) {
        throw e;
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new CsvSample(separator, rows));
  }
}
