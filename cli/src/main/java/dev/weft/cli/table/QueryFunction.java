package dev.weft.cli.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.ColumnType;
import dev.weft.table.jdbc.JdbcReading;
import java.util.List;

/** {@code read_sql}: the result of a query in SQL as a table. */
final class QueryFunction {
  private static final List<String> RANGES = List.of("column", "lower", "upper", "partitions");

  private QueryFunction() {}

  static Table table(Arguments arguments) {
    JdbcReading reading = JdbcReading.defaults();
    if (arguments.has("zone")
        && ColumnType.of("timestamp[" + arguments.text("zone") + "]")
            instanceof ColumnType.Timestamp(var zone)) {
      reading = reading.zone(zone);
    }
    List<String> given = RANGES.stream().filter(arguments::has).toList();
    if (given.size() == RANGES.size()) {
      reading =
          reading.partitioned(
              arguments.text("column"),
              arguments.whole("lower"),
              arguments.whole("upper"),
              arguments.small("partitions"));
    } else if (!given.isEmpty()) {
      throw new UsageException(
          "read_sql: partitions need column, lower, upper and partitions; given: %s"
              .formatted(String.join(", ", given)));
    }
    return Tables.query(
        arguments.evaluator().session(), arguments.text("url"), arguments.text("sql"), reading);
  }
}
