package dev.weft.table.duckdb;

import static dev.weft.table.Columns.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.MemorySource;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SqlTest {
  private static final Session SESSION = Session.open();

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private static Table people() {
    Map<String, List<?>> columns = new LinkedHashMap<>();
    columns.put("name", Arrays.asList("Ann", "Bob", null, "Ann"));
    columns.put("x", Arrays.asList(1.5, Double.NaN, 2.0, null));
    return Tables.ofRows(SESSION, columns, 3);
  }

  @Test
  void aQueryOverTheTableItself() {
    HostTable rows =
        people()
            .sql(
                "select name, count(*) as n, sum(x) as x from t group by name order by name nulls last")
            .compute();
    assertThat(rows.schema()).hasToString("name: string, n: int64, x: float64");
    assertThat(rows.rows()).isEqualTo(3);
    assertThat(rows.get(0, "name")).isEqualTo("Ann");
    assertThat(rows.get(0, "n")).isEqualTo(2L);
    assertThat(rows.get(0, "x")).isEqualTo(1.5);
    assertThat(rows.get(1, "x")).isEqualTo(Double.NaN);
    assertThat(rows.get(2, "name")).isNull();
  }

  @Test
  void aQueryOverSeveralTablesContinuesAsATable() {
    Table ages =
        Tables.ofRows(SESSION, Map.of("who", List.of("Ann", "Zoe"), "age", List.of(30L, 40L)), 1);
    Table joined =
        Sql.query(
            SESSION,
            "select name, age from \"my people\" join ages on name = who",
            Map.of("my people", people(), "ages", ages));
    assertThat(joined.filter(col("age").equal(30)).count()).isEqualTo(2);
  }

  private static Table everyType() {
    List<Field> fields = new ArrayList<>();
    List<ColumnData> columns = new ArrayList<>();
    for (DType dtype : DType.values()) {
      if (dtype.isComplex()) {
        continue;
      }
      ColumnType type = new ColumnType.Number(dtype);
      ColumnBuilder builder = ColumnBuilder.of(type);
      if (dtype.isFloating()) {
        builder.add(-0.5);
        builder.addNull();
        builder.add(Double.NEGATIVE_INFINITY);
      } else {
        builder.add(dtype == DType.BOOL ? 1L : dtype == DType.UINT64 ? -1L : dtype.maxValue());
        builder.addNull();
        builder.add(dtype == DType.BOOL ? 0L : dtype.minValue());
      }
      fields.add(new Field(dtype.label(), type));
      columns.add(builder.build());
    }
    ColumnType berlin = new ColumnType.Timestamp(ZoneId.of("Europe/Berlin"));
    for (ColumnType type : List.of(ColumnType.TEXT, ColumnType.TIMESTAMP, berlin)) {
      ColumnBuilder builder = ColumnBuilder.of(type);
      builder.tryAdd(
          type.equals(ColumnType.TEXT) ? "日本" : Instant.parse("1931-05-06T07:08:09.123456789Z"));
      builder.addNull();
      builder.tryAdd(
          type.equals(ColumnType.TEXT) ? "" : Instant.parse("2031-05-06T07:08:09.123456789Z"));
      fields.add(new Field("a \"" + type.label(), type));
      columns.add(builder.build());
    }
    Schema schema = Schema.of(fields);
    return Tables.of(SESSION, new MemorySource(schema, List.of(new Batch(schema, columns, 3))));
  }

  @Test
  void everyTypeGoesThereAndBack() {
    HostTable before = everyType().compute();
    HostTable after = everyType().sql("from t").compute();
    for (Field field : before.schema().fields()) {
      String name = field.name();
      ColumnType type = after.schema().field(name).type();
      switch (field.type()) {
        case ColumnType.Timestamp timestamp -> assertThat(type).isEqualTo(ColumnType.TIMESTAMP);
        default ->
            assertThat(type.label())
                .isEqualTo(name.equals("float16") ? "float32" : field.type().label());
      }
      for (int i = 0; i < 3; i++) {
        assertThat(after.get(i, name)).as("%s of row %d", name, i).isEqualTo(before.get(i, name));
      }
    }
    assertThat(after.get(0, "uint64")).isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
  }

  @Test
  void typesThatOnlyDuckDbHas() {
    HostTable rows =
        people()
            .sql(
                "select 1.25::decimal(9, 2) as d, date '2020-02-29' as day, 5::hugeint as h,"
                    + " timestamptz '2020-01-01 00:00:00+01' as z, timestamp '2020-01-01' as u"
                    + " from t limit 1")
            .compute();
    assertThat(rows.get(0, "d")).isEqualTo(1.25);
    assertThat(rows.get(0, "h")).isEqualTo(5L);
    assertThat(rows.get(0, "day")).isEqualTo(Instant.parse("2020-02-29T00:00:00Z"));
    assertThat(rows.get(0, "z")).isEqualTo(Instant.parse("2019-12-31T23:00:00Z"));
    assertThat(rows.get(0, "u")).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
  }

  @Test
  void noRowsHaveTypesToo() {
    HostTable none = people().sql("select x, name from t where x > 1000 and x < 2000").compute();
    assertThat(none.rows()).isZero();
    assertThat(none.schema()).hasToString("x: float64, name: string");
  }

  @Test
  void manyRowsStayInOrder() {
    Table many = Tables.timeseries(SESSION).select("timestamp", "id").head(300_000);
    HostTable rows = many.sql("select timestamp, id from t where id > 1000").compute();
    HostTable wanted = many.filter(col("id").greater(1000)).compute();
    assertThat(Differences.of(wanted, rows)).isEmpty();
  }

  @Test
  void refusesWhatDuckDbRefusesBeforeAnythingIsComputed() {
    assertThatThrownBy(() -> people().sql("select nmae from t"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("sql 'select nmae from t': ")
        .hasMessageContaining("nmae")
        .hasMessageEndingWith("There are the tables t (name: string, x: float64)");
  }

  @Test
  void refusesStatementsWithoutRows() {
    assertThatThrownBy(() -> people().sql("create table u (x integer)"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sql 'create table u (x integer)': the statement gives no rows; write a SELECT");
  }

  @Test
  void refusesTypesThatTablesDoNotHold() {
    assertThatThrownBy(() -> people().sql("select [1, 2] as pair from t"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sql: column pair of the result is LIST, which tables do not hold. Cast it, as in pair::VARCHAR");
  }

  @Test
  void refusesWholeNumbersBeyondInt64() {
    assertThatThrownBy(() -> people().sql("select 9223372036854775808::hugeint as n from t"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sql: 9223372036854775808 in column n of the result is no int64. Cast it, as in n::DOUBLE");
  }

  @Test
  void namesTheArtifactWhereTheDriverIsMissing() {
    assertThatThrownBy(() -> Driver.require("sql", "org.duckdb.NoDriver"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sql: this is done by DuckDB, whose driver is not on the class path. Add the dependency org.duckdb:duckdb_jdbc:2.0.0.1");
  }
}
