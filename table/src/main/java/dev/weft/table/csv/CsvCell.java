package dev.weft.table.csv;

import java.util.List;

/** A field of a sample. */
record CsvCell(String text, boolean isQuoted) {
  /** Whether it stands for a missing value. */
  boolean isMissing(List<String> missing) {
    return text.isEmpty() || !isQuoted && missing.contains(text);
  }
}
