package dev.weft.table.window;

import dev.weft.table.column.ColumnData;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.GroupIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the rows of a batch, in each group of rows with equal keys. Values enter a window
 * and leave it one by one, so that the length of the window costs nothing.
 */
public final class WindowRows {
  private final Window window;

  /** Rows by group, and in their order within each; and where each group begins. */
  private final int[] order;

  private final int[] begins;

  private final long[] times;

  /**
   * The windows of rows.
   *
   * @param keys of groups; none for one group of all rows
   * @param times of a window of time, all there; null for one of rows
   * @param rows their number
   */
  public WindowRows(Window window, List<ColumnData> keys, @Nullable ColumnData times, int rows) {
    this.window = window;
    this.times = times == null ? new long[0] : times.longs();
    GroupIds groups = GroupIds.of(keys, rows);
    begins = new int[groups.count() + 1];
    for (int id : groups.ids()) {
      begins[id + 1]++;
    }
    for (int g = 0; g < groups.count(); g++) {
      begins[g + 1] += begins[g];
    }
    int[] next = begins.clone();
    order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[next[groups.ids()[row]]++] = row;
    }
  }

  /**
   * The first row, in the order of the batch, whose time is before that of the row before it in its
   * group.
   *
   * @param before that row
   */
  public record Descent(int before, int row) {}

  /** The first row that is out of order; null where there is none, or no time. */
  public @Nullable Descent descent() {
    Descent first = null;
    for (int g = 0; g + 1 < begins.length && times.length > 0; g++) {
      for (int place = begins[g] + 1; place < begins[g + 1]; place++) {
        int row = order[place];
        int before = order[place - 1];
        if (times[row] < times[before] && (first == null || row < first.row)) {
          first = new Descent(before, row);
        }
      }
    }
    return first;
  }

  /** Where a window begins that ends at a place, not before another place of the same group. */
  private int begin(int earliest, int place) {
    return switch (window) {
      case Window.Rows(int count) -> Math.max(earliest, place - count + 1);
      case Window.Time(String column, var period) -> {
        long length = period.nanos();
        int from = earliest;
        // Differences of longs may be more than a long has; without a sign they are right.
        while (Long.compareUnsigned(times[order[place]] - times[order[from]], length) >= 0) {
          from++;
        }
        yield from;
      }
    };
  }

  /** The rows that windows of rows behind these can reach, in order; in each group one at least. */
  public int[] tail() {
    boolean[] kept = new boolean[order.length];
    int count = 0;
    for (int g = 0; g + 1 < begins.length; g++) {
      int last = begins[g + 1] - 1;
      for (int place = begin(begins[g], last); place <= last; place++) {
        kept[order[place]] = true;
        count++;
      }
    }
    int[] rows = new int[count];
    int at = 0;
    for (int row = 0; row < kept.length; row++) {
      if (kept[row]) {
        rows[at++] = row;
      }
    }
    return rows;
  }

  /**
   * What is made of the windows of rows.
   *
   * @param operand of all rows; null for the number of rows
   * @param first the row from which on results are wanted
   * @param minPeriods how many values must be in a window for a result; of counts, how many rows
   */
  public ColumnData column(
      Aggregation aggregation, @Nullable ColumnData operand, int first, int minPeriods) {
    int results = order.length - first;
    Sliding sliding = Sliding.of(aggregation, operand, results);
    boolean ofRows = aggregation.kind() == Aggregation.Kind.COUNT;
    byte[] present = operand == null ? null : operand.present();
    for (int g = 0; g + 1 < begins.length; g++) {
      int from = begins[g];
      int values = 0;
      for (int place = begins[g]; place < begins[g + 1]; place++) {
        int row = order[place];
        for (int to = begin(from, place); from < to; from++) {
          values -= left(sliding, present, order[from]);
        }
        if (present == null || present[row] != 0) {
          sliding.enter(row);
          values++;
        }
        if (row >= first && (ofRows ? place - from + 1 : values) >= minPeriods) {
          sliding.put(row - first, values);
        }
      }
      for (; from < begins[g + 1]; from++) {
        left(sliding, present, order[from]);
      }
    }
    return sliding.finish();
  }

  private static int left(Sliding sliding, byte @Nullable [] present, int row) {
    if (present != null && present[row] == 0) {
      return 0;
    }
    sliding.leave(row);
    return 1;
  }
}
