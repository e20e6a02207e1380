package dev.weft.table.column;

/**
 * A column's name and type.
 *
 * @param name any text
 */
public record Field(String name, ColumnType type) {
  /** The same column under another name. */
  public Field named(String other) {
    return new Field(other, type);
  }
}
