package dev.weft.table.source;

/**
 * How files of tables are written.
 *
 * @param separator between fields of CSV
 * @param header whether the first row of CSV names the columns
 * @param missing the text of missing values in CSV
 */
public record TableWriting(char separator, boolean header, String missing) {
  /** Commas, names in the first row, and empty fields where values are missing. */
  public static TableWriting defaults() {
    return new TableWriting(',', true, "");
  }
}
