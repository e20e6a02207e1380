package dev.weft.table.text;

/**
 * The parts of a text, which are about equally long and begin with rows: part i has the rows that
 * begin in its share of the bytes, perhaps none. Safe for many threads.
 */
public sealed interface TextParts permits RowStarts, PackedParts {
  /** How many there are, 1 or more. */
  int count();

  /** What opens parts, one after the other or many at a time, until it is closed. */
  TextPieces pieces();

  /**
   * Parts of rows in which fields that begin with quotes may have line ends in them.
   *
   * @param isAtFirstRow whether the first part begins with the first line that has something in it
   */
  static TextParts quoting(TextFile file, char separator, boolean isAtFirstRow, long partBytes) {
    return file.isSplittable()
        ? new RowStarts(
            file, true, separator, isAtFirstRow ? file.firstRow() : file.begin(), partBytes)
        : new PackedParts(file, true, separator, isAtFirstRow, partBytes);
  }

  /** Parts of rows that end at each line end. */
  static TextParts lines(TextFile file, long partBytes) {
    return file.isSplittable()
        ? new RowStarts(file, false, '\n', file.begin(), partBytes)
        : new PackedParts(file, false, '\n', false, partBytes);
  }
}
