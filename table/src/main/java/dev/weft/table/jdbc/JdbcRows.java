package dev.weft.table.jdbc;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Collects the wanted columns of a result, some rows at a time. */
final class JdbcRows {
  /** Rows of a batch. */
  private static final int ROWS = 1 << 17;

  private final Schema schema;
  private final List<JdbcColumn> columns = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private List<ColumnBuilder> builders = List.of();
  private int rows;

  JdbcRows(Schema schema) {
    this.schema = schema;
    begin();
  }

  /** The next column is taken from this place of the result, from 1. */
  void take(JdbcColumn column, int place) {
    columns.add(column);
    places.add(place);
  }

  private void begin() {
    builders = schema.fields().stream().map(field -> ColumnBuilder.of(field.type())).toList();
    rows = 0;
  }

  private void end() {
    batches.add(new Batch(schema, builders.stream().map(ColumnBuilder::build).toList(), rows));
    begin();
  }

  /** The rows of a result up to its end. */
  Batch all(ResultSet result) throws SQLException {
    while (result.next()) {
      for (int i = 0; i < builders.size(); i++) {
        columns.get(i).add(result, places.get(i), builders.get(i));
      }
      rows++;
      if (rows == ROWS) {
        end();
        if (Thread.currentThread().isInterrupted()) {
          throw new SQLException("the thread was interrupted");
        }
      }
    }
    if (rows > 0 || batches.isEmpty()) {
      end();
    }
    return Batch.concat(schema, batches);
  }
}
