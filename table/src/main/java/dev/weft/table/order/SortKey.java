package dev.weft.table.order;

import dev.weft.table.expr.Node;

/**
 * What rows are sorted by. Missing values come last, NaN before them, whatever the direction.
 *
 * @param descending the largest first
 */
public record SortKey(Node node, boolean descending) {
  @Override
  public String toString() {
    return descending ? "-" + node : node.toString();
  }
}
