package dev.weft.io.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses rows of a file.
 *
 * @param columns fields of every row
 */
record CsvRows(OpenFile file, char separator, int columns) {
  private static final int LONGEST_SHOWN = 40;

  /** Takes numbers in. */
  @FunctionalInterface
  interface Numbers {
    /**
     * A number.
     *
     * @param row from the first of the block on
     */
    void put(long row, int column, double value);
  }

  private byte[] bytes(long begin, long end) {
    byte[] bytes = new byte[Math.toIntExact(end - begin)];
    file.read(ByteBuffer.wrap(bytes), begin);
    return bytes;
  }

  /** The fields of the first row of a file, of which there is one in these bytes. */
  static List<String> first(OpenFile file, char separator, long begin, long end) {
    CsvRows rows = new CsvRows(file, separator, 0);
    try (Reader reader = reader(rows.bytes(begin, end), StandardCharsets.UTF_8);
        CsvReader<CsvRecord> records =
            CsvReader.builder().fieldSeparator(separator).ofCsvRecord(reader)) {
      for (CsvRecord record : records) {
        return List.copyOf(record.getFields());
      }
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw rows.unreadable(1, e);
    }
  }

  private static Reader reader(byte[] bytes, Charset charset) {
    return new InputStreamReader(new ByteArrayInputStream(bytes), charset);
  }

  private FormatException unreadable(long line, Exception e) {
    return new FormatException(
        file.name(), -1, "line %,d or after: %s. Check the file".formatted(line, e.getMessage()));
  }

  /**
   * Parses a block of rows.
   *
   * @param line of the first byte
   * @param skipped rows at the begin that are no numbers
   * @param numbers takes them in
   * @return how many rows there are, those that are skipped too
   * @throws FormatException for a field that is no number, and a row of other length
   */
  long read(long begin, long end, long line, int skipped, Numbers numbers) {
    RowHandler handler = new RowHandler(this, line, skipped, numbers);
    // One byte is one character: numbers have no others.
    try (Reader reader = reader(bytes(begin, end), StandardCharsets.ISO_8859_1);
        CsvReader<Long> records =
            CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(handler, reader)) {
      long count = 0;
      for (Long row : records) {
        count = row;
      }
      return count;
    } catch (FormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw refused(e, line);
    }
  }

  /** The parser wraps what its handler throws. */
  private FormatException refused(Exception e, long line) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof FormatException own) {
        return own;
      }
    }
    return unreadable(line, e);
  }

  FormatException noNumber(long line, int column, String text) {
    String shown = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return new FormatException(
        file.name(),
        -1,
        "line %,d, column %d: '%s' is no number. Leave the field empty where it is missing"
            .formatted(
                line,
                column + 1,
                shown.length() > LONGEST_SHOWN
                    ? shown.substring(0, LONGEST_SHOWN) + "..."
                    : shown));
  }

  FormatException otherLength(long line, int fields) {
    return new FormatException(
        file.name(),
        -1,
        "line %,d has %,d fields, not %,d as the first row. Check the separators"
            .formatted(line, fields, columns));
  }
}
