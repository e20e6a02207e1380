package dev.weft.io.csv;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.AxisChunks;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of numbers in an open file.
 *
 * @param names of the columns, none where the first row is numbers
 * @param columns how many there are
 */
record CsvTable(OpenFile file, CsvBlocks blocks, char separator, List<String> names, int columns) {
  private static final int FIRST = 64 << 10;

  /**
   * Goes through a file.
   *
   * @throws FormatException when there is nothing in it
   */
  static CsvTable of(OpenFile file) {
    char separator = separator(file);
    CsvBlocks blocks = CsvBlocks.scan(file, (byte) separator);
    if (blocks.rowCount() == 0) {
      throw new FormatException(file.name(), 0, "there is nothing to read in it. Check the file");
    }
    long end = firstEnd(blocks);
    List<String> first = CsvRows.first(file, separator, blocks.offset(0), end);
    boolean isHeader =
        first.stream().allMatch(field -> field.isBlank() || !FieldNumber.isNumber(field))
            && !first.stream().allMatch(String::isBlank);
    return new CsvTable(
        file,
        blocks,
        separator,
        isHeader ? first.stream().map(String::strip).toList() : List.of(),
        first.size());
  }

  /** Enough of the file for its first row. */
  private static long firstEnd(CsvBlocks blocks) {
    int block = 0;
    while (blocks.firstRow(block + 1) == 0) {
      block++;
    }
    return blocks.offset(block + 1);
  }

  /** A tab, a semicolon or a comma: the first of these in the first line, by the name a tab. */
  private static char separator(OpenFile file) {
    if (file.name().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
      return '\t';
    }
    byte[] bytes = new byte[(int) Math.min(FIRST, file.size())];
    file.read(ByteBuffer.wrap(bytes), 0);
    boolean quoted = false;
    boolean content = false;
    boolean semicolon = false;
    for (byte b : bytes) {
      quoted ^= b == '"';
      if (!quoted && b == '\t') {
        return '\t';
      }
      semicolon |= !quoted && b == ';';
      boolean end = b == '\n' || b == '\r';
      content |= !end;
      if (!quoted && end && content) {
        break;
      }
    }
    return semicolon ? ';' : ',';
  }

  /** Rows of numbers. */
  long rows() {
    return blocks.rowCount() - headerRows();
  }

  int headerRows() {
    return names.isEmpty() ? 0 : 1;
  }

  /**
   * The position of a column.
   *
   * @throws UsageException when there is none of this name, or more than one
   */
  int column(String name) {
    int found = names.indexOf(name);
    if (found < 0 || names.lastIndexOf(name) != found) {
      throw new UsageException(
          names.isEmpty()
              ? "read %s: its first row has no names of columns; leave '#%s' away"
                  .formatted(file.name(), name)
              : "read %s: it has %s column '%s'; there are %s. Name one of them"
                  .formatted(file.name(), found < 0 ? "no" : "more than one", name, names));
    }
    return found;
  }

  /** The rows, cut where blocks begin. */
  AxisChunks cuts() {
    long[] offsets = new long[blocks.blockCount() + 1];
    int count = 1;
    for (int block = 1; block <= blocks.blockCount(); block++) {
      long row = Math.max(0, blocks.firstRow(block) - headerRows());
      if (row > offsets[count - 1]) {
        offsets[count++] = row;
      }
    }
    return count == 1
        ? AxisChunks.regular(rows(), Math.max(1, rows()))
        : AxisChunks.at(Arrays.copyOf(offsets, count));
  }

  /**
   * Parses the rows of a block.
   *
   * @throws FormatException for a field that is no number, and a row of other length
   */
  void read(int block, CsvRows.Numbers numbers) {
    long first = blocks.firstRow(block);
    // The first row of all is one of names.
    int skipped = first == 0 ? headerRows() : 0;
    long count =
        new CsvRows(file, separator, columns)
            .read(
                blocks.offset(block),
                blocks.offset(block + 1),
                blocks.firstLine(block),
                skipped,
                (row, column, value) ->
                    numbers.put(first + skipped - headerRows() + row, column, value));
    if (count != blocks.firstRow(block + 1) - first) {
      file.version().requireSame();
      throw new FormatException(
          file.name(),
          blocks.offset(block),
          "the rows after line %,d cannot be told apart: is it being written to? Otherwise check its quotes"
              .formatted(blocks.firstLine(block)));
    }
  }
}
