package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Period;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.Groups;
import dev.weft.table.plan.Relation;
import dev.weft.table.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows that move over the rows of a table, in each of which something is made of the values.
 *
 * <pre>{@code
 * table.groupBy("name").rolling("timestamp", "1h").minPeriods(10).agg(mean("x"))
 * }</pre>
 */
public final class Rolling {
  private final Table table;
  private final List<Named> keys;
  private final Window window;
  private final int minPeriods;

  private Rolling(Table table, List<Named> keys, Window window, int minPeriods) {
    this.table = table;
    this.keys = keys;
    this.window = window;
    this.minPeriods = minPeriods;
  }

  static Rolling of(Table table, List<Named> keys, Window window) {
    return new Rolling(table, keys, window, window.minPeriods());
  }

  static Window window(int rows) {
    if (rows < 1) {
      throw new UsageException("rolling(%d); give 1 row or more".formatted(rows));
    }
    return new Window.Rows(rows);
  }

  static Window window(Schema schema, String time, String period) {
    ColumnType type = schema.field(time).type();
    if (!(type instanceof ColumnType.Timestamp)) {
      throw new UsageException(
          "rolling %s of %s, which is %s: windows of time need timestamps. Cast it first, with cast(\"timestamp\"), or give a number of rows"
              .formatted(period, time, type.label()));
    }
    Period length = Period.of(period);
    if (length.nanos() == 0) {
      throw new UsageException(
          "rolling %s of %s: months and years have no one length. Give days, such as %s"
              .formatted(period, time, length.unit() == Period.Unit.Y ? "365d" : "30d"));
    }
    return new Window.Time(time, length);
  }

  /**
   * How many values there must be in a window for a result, which is missing otherwise. If nobody
   * says it, a window of rows must be full, and one of time needs one value. Of counts it is the
   * number of rows, as in pandas.
   *
   * @param count from 0, to the number of rows of a window of rows
   */
  public Rolling minPeriods(int count) {
    int most = window instanceof Window.Rows(int rows) ? rows : Integer.MAX_VALUE;
    if (count < 0 || count > most) {
      throw new UsageException(
          window instanceof Window.Rows
              ? "rolling(%d) with at least %d values; give a number from 0 to %d"
                  .formatted(most, count, most)
              : "rolling with at least %d values; give 0 or more".formatted(count));
    }
    return new Rolling(table, keys, window, count);
  }

  /**
   * The rows of the table, in their order, with one more column for each aggregation. Missing
   * values are in no window; NaN is a number. Sums are exact, so that nothing is left of values
   * that have gone.
   *
   * <p>Partitions are worked on one by one, each with those rows of the partitions before it that
   * its windows reach.
   *
   * @throws UsageException for columns that are not there, sums of text, and names that the table
   *     has; when rows are computed, where times are missing or not in ascending order
   */
  public Table agg(Aggregation... aggregations) {
    List<Aggregation> all = List.of(aggregations);
    Schema own = table.schema();
    Schema made = Groups.schema(Schema.of(), all, Operands.types(table.session(), own, all));
    List<Field> fields = new ArrayList<>(own.fields());
    fields.addAll(made.fields());
    return new Table(
        table.session(),
        new Relation.Roll(table.relation(), window, keys, minPeriods, all, Schema.of(fields)));
  }
}
