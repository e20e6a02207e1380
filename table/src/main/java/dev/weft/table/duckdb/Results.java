package dev.weft.table.duckdb;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.Field;
import dev.weft.table.column.Moments;
import dev.weft.table.column.Schema;
import java.math.BigInteger;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBResultSetMetaData;
import org.duckdb.StatementReturnType;

/** Collects the rows of a result into batches. */
final class Results {
  /** Rows of a batch, about. */
  private static final int ROWS = 1 << 20;

  private final Schema schema;
  private final List<Batch> batches = new ArrayList<>();
  private List<ColumnBuilder> columns = List.of();
  private int rows;

  private Results(Schema schema) {
    this.schema = schema;
    begin();
  }

  /** All rows of a result, in its order; at least one batch. */
  static List<Batch> of(Schema schema, DuckDBChunkedResult result) {
    Results all = new Results(schema);
    while (result.nextChunk()) {
      all.add(result.chunk());
    }
    if (all.rows > 0 || all.batches.isEmpty()) {
      all.end();
    }
    return all.batches;
  }

  private void begin() {
    columns = schema.fields().stream().map(field -> ColumnBuilder.of(field.type())).toList();
    rows = 0;
  }

  private void end() {
    batches.add(new Batch(schema, columns.stream().map(ColumnBuilder::build).toList(), rows));
    begin();
  }

  private void add(DuckDBDataChunkReader chunk) {
    int count = Math.toIntExact(chunk.rowCount());
    for (int c = 0; c < columns.size(); c++) {
      Field field = schema.fields().get(c);
      DuckDBReadableVector vector = chunk.vector(c);
      ColumnBuilder to = columns.get(c);
      for (int row = 0; row < count; row++) {
        if (vector.isNull(row)) {
          to.addNull();
        } else {
          add(to, field, vector, row);
        }
      }
    }
    rows += count;
    if (rows >= ROWS) {
      end();
    }
  }

  private static void add(ColumnBuilder to, Field field, DuckDBReadableVector vector, int row) {
    DuckDBColumnType type = vector.getType();
    switch (type) {
      case BOOLEAN -> to.add(vector.getBoolean(row) ? 1L : 0L);
      case TINYINT -> to.add((long) vector.getByte(row));
      case SMALLINT -> to.add((long) vector.getShort(row));
      case INTEGER -> to.add((long) vector.getInt(row));
      case BIGINT -> to.add(vector.getLong(row));
      case UTINYINT -> to.add((long) vector.getUint8(row));
      case USMALLINT -> to.add((long) vector.getUint16(row));
      case UINTEGER -> to.add(vector.getUint32(row));
      case UBIGINT -> to.add(vector.getUint64(row).longValue());
      case HUGEINT -> to.add(exact(field, vector.getHugeInt(row)));
      case UHUGEINT -> to.add(exact(field, vector.getUHugeInt(row)));
      case FLOAT -> to.add((double) vector.getFloat(row));
      case DOUBLE -> to.add(vector.getDouble(row));
      case DECIMAL -> to.add(vector.getBigDecimal(row).doubleValue());
      case VARCHAR -> to.add(vector.getString(row));
      case DATE ->
          to.add(Moments.nanos(vector.getLocalDate(row).atStartOfDay().toInstant(ZoneOffset.UTC)));
      case TIMESTAMP_WITH_TIME_ZONE ->
          to.add(Moments.nanos(vector.getOffsetDateTime(row).toInstant()));
      case TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_NS ->
          to.add(Moments.nanos(vector.getLocalDateTime(row).toInstant(ZoneOffset.UTC)));
      default -> throw new IllegalStateException(type.toString());
    }
  }

  private static long exact(Field field, BigInteger value) {
    if (value.bitLength() >= Long.SIZE) {
      throw new UsageException(
          "sql: %s in column %s of the result is no int64. Cast it, as in %s::DOUBLE"
              .formatted(value, field.name(), field.name()));
    }
    return value.longValue();
  }

  /**
   * The columns of a prepared statement's result.
   *
   * @throws UsageException when it gives no rows, or what tables do not hold
   */
  static Schema schema(String sql, ResultSetMetaData columns) throws SQLException {
    if (!(columns instanceof DuckDBResultSetMetaData known)
        || known.getReturnType() != StatementReturnType.QUERY_RESULT) {
      throw new UsageException(
          "sql '%s': the statement gives no rows; write a SELECT".formatted(sql));
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String name = columns.getColumnLabel(i);
      DuckDBColumnType type = DuckDBResultSetMetaData.TypeNameToType(columns.getColumnTypeName(i));
      fields.add(new Field(name, DuckTypes.of(name, type)));
    }
    return Schema.of(fields);
  }
}
