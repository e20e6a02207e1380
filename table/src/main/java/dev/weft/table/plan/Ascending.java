package dev.weft.table.plan;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.order.RowOrder;
import dev.weft.table.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is kept, and what is known of the order of its rows.
 *
 * @param rows the partition
 * @param ends the values of the ordered column in the first row and the last; none of no rows
 * @param broken the first row whose value is missing, NaN, or below that of the row before; or -1
 * @param near the value of that row, and before it that of the row before, if there is one
 */
record Ascending(Store.Held rows, ColumnData ends, int broken, ColumnData near) {
  /** Keeps a partition. */
  static Ascending keep(Store store, Batch batch, String on) {
    ColumnData column = batch.column(on);
    int last = batch.rows() - 1;
    int broken = broken(column);
    return new Ascending(
        store.put(batch),
        column.gather(new int[] {0, last}, last < 0 ? 0 : 2),
        broken,
        column.slice(Math.max(broken - 1, 0), broken + 1));
  }

  private static int broken(ColumnData column) {
    long[] order = RowOrder.keys(column, false);
    for (int row = 0; row < order.length; row++) {
      if (isNone(column, row) || row > 0 && Long.compareUnsigned(order[row], order[row - 1]) < 0) {
        return row;
      }
    }
    return -1;
  }

  private static boolean isNone(ColumnData column, int row) {
    return column.isNull(row)
        || column.type().stored().isFloating() && Double.isNaN(column.doubleAt(row));
  }

  /** A number of the first value, whose order, without a sign, is that of the values. */
  long first() {
    return RowOrder.keys(ends, false)[0];
  }

  /** The same of the last value. */
  long last() {
    return RowOrder.keys(ends, false)[1];
  }

  boolean isEmpty() {
    return rows.rows() == 0;
  }

  /**
   * Refuses partitions that are not in ascending order, one after the other.
   *
   * @param table for people, such as "the left table"
   * @throws UsageException that names the first row that is out of order
   */
  static void require(List<Ascending> parts, String on, String table) {
    long row = 0;
    Ascending before = null;
    for (Ascending part : parts) {
      if (part.broken != 0 && before != null && !part.isEmpty()) {
        if (Long.compareUnsigned(part.first(), before.last()) < 0) {
          throw descends(on, table, row, part.ends.get(0), before.ends.get(1));
        }
      }
      if (part.broken >= 0) {
        int at = part.near.length() - 1;
        if (isNone(part.near, at)) {
          throw new UsageException(
              "as-of join on %s: row %,d of %s, counted from 0, has %s. Leave such rows away, with filter(col(\"%s\").equal(col(\"%s\")))"
                  .formatted(
                      on,
                      row + part.broken,
                      table,
                      part.near.isNull(at) ? "no value" : "NaN",
                      on,
                      on));
        }
        throw descends(on, table, row + part.broken, part.near.get(at), part.near.get(0));
      }
      row += part.rows.rows();
      before = part.isEmpty() ? before : part;
    }
  }

  private static UsageException descends(
      String on, String table, long row, @Nullable Object value, @Nullable Object before) {
    return new UsageException(
        "as-of join on %s: %s is not in ascending order: row %,d, counted from 0, has %s, and the row before it %s. Sort it first, with sort(\"%s\")"
            .formatted(on, table, row, value, before, on));
  }
}
