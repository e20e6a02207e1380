package dev.weft.table.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.table.source.TableSource;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of columns and their values, from two databases. */
class JdbcTypesTest {
  @TempDir private Path folder;

  private static List<Object> nulls(int count) {
    return Arrays.asList(new Object[count]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "duckdb"})
  void numbersTextAndTruth(String maker) throws SQLException {
    String url = Databases.of(maker, folder);
    Databases.execute(
        url,
        "create table t (b boolean, i1 tinyint, i2 smallint, i4 integer, i8 bigint, r real, d double precision, n decimal(20, 4), v varchar(20))",
        "insert into t values (true, -128, -32768, -2147483648, -9223372036854775807, 0.5, 0.1, 1234567890123456.7891, 'Zürich €'), (null, null, null, null, null, null, null, null, null), (false, 127, 32767, 2147483647, 9223372036854775807, -1.5, -1e300, -0.3, '')");
    TableSource source = JdbcQuery.open(url, "select * from t", JdbcReading.defaults());
    assertThat(source.schema().toString().toLowerCase(java.util.Locale.ROOT))
        .isEqualTo(
            "b: bool, i1: int8, i2: int16, i4: int32, i8: int64, r: float32, d: float64, n: float64, v: string"
                .replace("r: float32", maker.equals("h2") ? "r: float32" : "r: float64"));
    assertThat(Databases.rows(source, 0))
        .containsExactly(
            List.of(
                true,
                -128L,
                -32768L,
                -2147483648L,
                -9223372036854775807L,
                0.5,
                0.1,
                1234567890123456.7891,
                "Zürich €"),
            nulls(9),
            List.of(
                false, 127L, 32767L, 2147483647L, 9223372036854775807L, -1.5, -1e300, -0.3, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "duckdb"})
  void datesAndTimesInAZone(String maker) throws SQLException {
    String url = Databases.of(maker, folder);
    Databases.execute(
        url,
        "create table t (d date, s timestamp, z timestamp with time zone)",
        "insert into t values ('2024-07-01', '2024-07-01 12:30:00.123456', '2024-07-01 12:30:00+05:00'), (null, null, null), ('1969-12-31', '1969-12-31 23:59:59.5', '1969-12-31 23:59:59.5+00:00')");
    TableSource utc = JdbcQuery.open(url, "select * from t", JdbcReading.defaults());
    assertThat(utc.schema().toString().toLowerCase(java.util.Locale.ROOT))
        .isEqualTo("d: timestamp, s: timestamp, z: timestamp");
    assertThat(Databases.rows(utc, 0))
        .containsExactly(
            List.of(
                Instant.parse("2024-07-01T00:00:00Z"),
                Instant.parse("2024-07-01T12:30:00.123456Z"),
                Instant.parse("2024-07-01T07:30:00Z")),
            nulls(3),
            List.of(
                Instant.parse("1969-12-31T00:00:00Z"),
                Instant.parse("1969-12-31T23:59:59.5Z"),
                Instant.parse("1969-12-31T23:59:59.5Z")));
    TableSource berlin =
        JdbcQuery.open(
            url, "select * from t", JdbcReading.defaults().zone(ZoneId.of("Europe/Berlin")));
    assertThat(berlin.schema().fields().getFirst().type().label())
        .isEqualTo("timestamp[Europe/Berlin]");
    assertThat(Databases.rows(berlin, 0).getFirst())
        .containsExactly(
            Instant.parse("2024-06-30T22:00:00Z"),
            Instant.parse("2024-07-01T10:30:00.123456Z"),
            Instant.parse("2024-07-01T07:30:00Z"));
  }

  @Test
  void integersWithoutASignAndOf128Bits() {
    TableSource source =
        JdbcQuery.open(
            "jdbc:duckdb:",
            "select 255::utinyint as a, 65535::usmallint as b, 4294967295::uinteger as c, 18446744073709551615::ubigint as d, sum(x) as e from (values (1), (2)) v(x)",
            JdbcReading.defaults());
    assertThat(Databases.rows(source, 0))
        .containsExactly(
            List.of(
                255L,
                65535L,
                new BigInteger("4294967295"),
                new BigInteger("18446744073709551615"),
                3L));
    TableSource large =
        JdbcQuery.open(
            "jdbc:duckdb:", "select 170141183460469231731::hugeint as a", JdbcReading.defaults());
    assertThatThrownBy(() -> Databases.rows(large, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "query 'select 170141183460469231731::hugeint as a': 170141183460469231731 in column a of the result is no int64. Cast it in the query, as in CAST(a AS DOUBLE PRECISION)");
  }

  @Test
  void aColumnOfNothing() throws SQLException {
    TableSource source =
        JdbcQuery.open(Databases.h2(folder), "select null as a, 1 as b", JdbcReading.defaults());
    assertThat(Databases.rows(source, 0)).containsExactly(Arrays.asList(null, 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blob", "clob", "binary(4)", "time", "bit(7)", "uuid", "integer array"})
  void whatTablesDoNotHold(String type) throws SQLException {
    String url = type.equals("bit(7)") ? Databases.duckdb(folder) : Databases.h2(folder);
    Databases.execute(
        url, "create table t (a integer, p %s)".formatted(type.equals("bit(7)") ? "bit" : type));
    assertThatThrownBy(() -> JdbcQuery.open(url, "select * from t", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching(
            "query 'select \\* from t': column [pP] of the result is .*, which tables do not hold\\. "
                + "Leave it out of the query, or cast it there, as in CAST\\([pP] AS VARCHAR\\(1000\\)\\)");
  }
}
