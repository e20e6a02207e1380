package dev.weft.table.join;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Schema;
import dev.weft.table.order.RowOrder;
import java.util.ArrayList;
import java.util.List;

/** The rows of a right table by keys and in ascending order, among which the nearest are found. */
public final class AsOfIndex {
  private static final int NONE = -1;

  private final AsOfSpec spec;
  private final Batch right;
  private final JoinKeys keys;
  private final Ordered rights;

  /**
   * Values of the ordered column of a table.
   *
   * @param order numbers whose order, without a sign, is that of the values; of whole numbers they
   *     have their distances, too
   * @param floating the values of floating numbers; else empty
   */
  private record Ordered(long[] order, double[] floating) {
    static Ordered of(ColumnData column) {
      boolean floating = column.type().stored().isFloating();
      return new Ordered(RowOrder.keys(column, false), floating ? column.doubles() : new double[0]);
    }
  }

  /**
   * An index of rows.
   *
   * @param right in ascending order of the column, of which no value is missing
   */
  public AsOfIndex(AsOfSpec spec, Batch right) {
    this.spec = spec;
    this.right = right;
    this.keys = new JoinKeys(right, spec.rightBy());
    this.rights = Ordered.of(right.column(spec.right()));
  }

  /** The rows of a left table, each with its right row. */
  public Batch join(Batch left, Schema result) {
    Ordered lefts = Ordered.of(left.column(spec.left()));
    int[] of = keys.find(left, spec.leftBy());
    int[] found = new int[left.rows()];
    for (int row = 0; row < found.length; row++) {
      found[row] = of[row] < 0 ? NONE : find(lefts, row, of[row]);
    }
    List<ColumnData> columns = new ArrayList<>(left.columns());
    for (String name : spec.join().rightColumns(right.schema())) {
      columns.add(right.column(name).gatherOrNull(found, found.length));
    }
    return new Batch(result, columns, left.rows());
  }

  private int find(Ordered lefts, int left, int key) {
    long value = lefts.order[left];
    int begin = keys.begins()[key];
    int end = keys.begins()[key + 1];
    int back = NONE;
    int fore = NONE;
    if (spec.direction() != AsOfSpec.Direction.FORWARD) {
      int at = place(value, spec.exactMatches(), begin, end) - 1;
      back = at < begin ? NONE : allowed(lefts, left, keys.rows()[at]);
    }
    if (spec.direction() != AsOfSpec.Direction.BACKWARD) {
      int at = place(value, !spec.exactMatches(), begin, end);
      fore = at == end ? NONE : allowed(lefts, left, keys.rows()[at]);
    }
    return back < 0 || fore >= 0 && isNearer(lefts, left, fore, back) ? fore : back;
  }

  /** The first place whose value is above another, or, if that is to be behind, equal to it. */
  private int place(long value, boolean behindEqual, int begin, int end) {
    int low = begin;
    int high = end;
    while (low < high) {
      int middle = low + high >>> 1;
      int compared = Long.compareUnsigned(rights.order[keys.rows()[middle]], value);
      if (compared < 0 || compared == 0 && behindEqual) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long distance(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? b - a : a - b;
  }

  /** Also of two infinities. */
  private static double distance(double a, double b) {
    return a == b ? 0 : Math.abs(a - b);
  }

  private int allowed(Ordered lefts, int left, int row) {
    if (spec.tolerance() == null) {
      return row;
    }
    boolean within =
        lefts.floating.length > 0
            ? distance(lefts.floating[left], rights.floating[row]) <= spec.floatingTolerance()
            : Long.compareUnsigned(
                    distance(lefts.order[left], rights.order[row]), spec.wholeTolerance())
                <= 0;
    return within ? row : NONE;
  }

  private boolean isNearer(Ordered lefts, int left, int row, int other) {
    if (lefts.floating.length > 0) {
      double value = lefts.floating[left];
      return distance(value, rights.floating[row]) < distance(value, rights.floating[other]);
    }
    long value = lefts.order[left];
    return Long.compareUnsigned(
            distance(value, rights.order[row]), distance(value, rights.order[other]))
        < 0;
  }
}
