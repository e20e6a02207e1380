package dev.weft.cli.table;

import dev.weft.table.Column;
import dev.weft.table.GroupBy;
import dev.weft.table.Rolling;
import dev.weft.table.Table;
import dev.weft.table.group.Aggregation;
import java.util.List;

/** What a part of an expression over tables can stand for. */
sealed interface TableValue {
  /** A table. */
  record Rows(Table table) implements TableValue {}

  /**
   * Groups of rows, of which nothing is made yet.
   *
   * @param table of which they are
   */
  record Groups(GroupBy groups, Table table) implements TableValue {}

  /**
   * Windows that move over rows, of which nothing is made yet.
   *
   * @param table of which they are
   */
  record Windows(Rolling rolling, Table table) implements TableValue {}

  /** An expression of columns. */
  record Expression(Column column) implements TableValue {}

  /** What is made of the rows of a group. */
  record Made(Aggregation aggregation) implements TableValue {}

  /** The same value in every row: a Boolean, Long, Double or String. */
  record Constant(Object value) implements TableValue {}

  /** Several values in brackets. */
  record Items(List<TableValue> items) implements TableValue {}

  /** The value in an error message. */
  default String shown() {
    return switch (this) {
      case Rows rows -> "a table";
      case Groups groups -> "groups of rows";
      case Windows windows -> "windows over rows";
      case Expression(Column column) -> "the column " + column;
      case Made(Aggregation aggregation) -> aggregation + ", which is of groups";
      case Constant(Object value) ->
          value instanceof String text ? "the text '" + text + "'" : value.toString();
      case Items(List<TableValue> items) -> "a list of " + items.size();
    };
  }
}
