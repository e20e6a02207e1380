package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Moments;
import dev.weft.table.column.Schema;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A computed table in memory. Rows are numbered from 0. */
public final class HostTable implements Iterable<HostTable.Row> {
  private final Batch batch;

  HostTable(Batch batch) {
    this.batch = batch;
  }

  Batch batch() {
    return batch;
  }

  /** The columns. */
  public Schema schema() {
    return batch.schema();
  }

  /** Number of rows. */
  public int rows() {
    return batch.rows();
  }

  private ColumnData column(String name) {
    return batch.column(name);
  }

  private ColumnData there(int row, String name) {
    ColumnData column = column(name);
    if (row < 0 || row >= rows()) {
      throw new UsageException(
          "row %,d of a table of %,d rows; rows are numbered from 0".formatted(row, rows()));
    }
    if (column.isNull(row)) {
      throw new UsageException(
          "%s of row %,d is missing. Ask isNull first, or use fillNull before computing"
              .formatted(name, row));
    }
    return column;
  }

  /** Whether a value is missing. */
  public boolean isNull(int row, String name) {
    return column(name).isNull(row);
  }

  /** A value: null, Boolean, Long (BigInteger for uint64), Double, String or Instant. */
  public @Nullable Object get(int row, String name) {
    return column(name).get(row);
  }

  private UsageException wrong(String name, String wanted) {
    return new UsageException(
        "column %s is %s and not %s; use get, or cast it before computing"
            .formatted(name, column(name).type().label(), wanted));
  }

  /** A number as the nearest double. */
  public double getDouble(int row, String name) {
    if (!column(name).type().isNumber()) {
      throw wrong(name, "a number");
    }
    return there(row, name).doubleAt(row);
  }

  /** An integer; of uint64 its bits. */
  public long getLong(int row, String name) {
    if (!column(name).type().isNumber() || column(name).type().stored().isFloating()) {
      throw wrong(name, "an integer");
    }
    return there(row, name).longAt(row);
  }

  /** A truth value. */
  public boolean getBoolean(int row, String name) {
    if (!column(name).type().equals(ColumnType.BOOL)) {
      throw wrong(name, "bool");
    }
    return there(row, name).longAt(row) != 0;
  }

  /** A text. */
  public String getString(int row, String name) {
    if (!column(name).type().equals(ColumnType.TEXT)) {
      throw wrong(name, "string");
    }
    ColumnData column = there(row, name);
    return column.dictionary().get(column.codes()[row]);
  }

  /** A moment. */
  public Instant getInstant(int row, String name) {
    if (!(column(name).type() instanceof ColumnType.Timestamp)) {
      throw wrong(name, "a timestamp");
    }
    return Moments.instant(there(row, name).longAt(row));
  }

  /** A copy of a column of numbers; NaN where values are missing. */
  public double[] doubles(String name) {
    ColumnData column = column(name);
    if (!column.type().isNumber()) {
      throw wrong(name, "a number");
    }
    double[] all = new double[column.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = column.isNull(i) ? Double.NaN : column.doubleAt(i);
    }
    return all;
  }

  /** A row of the table. */
  public record Row(HostTable table, int number) {
    /** A value, as {@link HostTable#get} gives it. */
    public @Nullable Object get(String name) {
      return table.get(number, name);
    }

    /** A number as the nearest double. */
    public double getDouble(String name) {
      return table.getDouble(number, name);
    }

    /** An integer. */
    public long getLong(String name) {
      return table.getLong(number, name);
    }

    /** A text. */
    public String getString(String name) {
      return table.getString(number, name);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (String name : table.schema().names()) {
        text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(get(name));
      }
      return text.toString();
    }
  }

  @Override
  public Iterator<Row> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < rows();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the table has %,d rows".formatted(rows()));
        }
        return new Row(HostTable.this, next++);
      }
    };
  }

  /** The columns side by side, aligned; of many rows the first and last. */
  @Override
  public String toString() {
    return TablePrinter.text(batch, TablePrinter.ROWS);
  }
}
