package dev.weft.table.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.table.source.TableSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query for each range: each row is in one of them, whatever the bounds. */
class RangesTest {
  @TempDir private Path folder;

  @Test
  void cuts() {
    assertThat(Ranges.of("x", 0, 100, 4).cuts()).containsExactly(25L, 50L, 75L);
    assertThat(Ranges.of("x", 0, 2, 5).cuts()).containsExactly(1L);
    assertThat(Ranges.of("x", 7, 7, 5).cuts()).isEmpty();
    assertThat(Ranges.of("x", Long.MIN_VALUE, Long.MAX_VALUE, 2).cuts()).containsExactly(-1L);
    LocalDateTime day = LocalDateTime.parse("2024-01-01T00:00:00");
    assertThat(Ranges.of("t", day, day.plusDays(3), 2).cuts()).containsExactly(day.plusHours(36));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "duckdb"})
  void noRowIsLostAndNoneIsTwice(String maker) throws SQLException {
    String url = Databases.of(maker, folder);
    Databases.execute(
        url,
        "create table t (id bigint, x double precision, s varchar(9))",
        "insert into t values (-50, 'NaN', 'far below'), (null, 1, 'none'), (0, 2, 'a'), (24, 3, 'b'), (25, 4, 'c'), (50, 5, 'd'), (99, 6, 'e'), (100, 7, 'f'), (900, null, 'far above')");
    String id = maker.equals("h2") ? "ID" : "id";
    for (String column : List.of("id", "x")) {
      String named = maker.equals("h2") ? column.toUpperCase(java.util.Locale.ROOT) : column;
      for (int partitions : new int[] {1, 2, 3, 4, 50}) {
        // The comment would swallow a bracket that stands in its line.
        TableSource source =
            JdbcQuery.open(
                url,
                "select * from t -- all",
                JdbcReading.defaults().partitioned(named, 0, 10, partitions));
        List<List<Object>> all = new ArrayList<>();
        for (int i = 0; i < source.partitions(); i++) {
          all.addAll(Databases.rows(source, i));
        }
        assertThat(all)
            .as("%s in %d partitions", column, partitions)
            .hasSize(9)
            .extracting(row -> row.get(2))
            .containsExactlyInAnyOrder(
                "far below", "none", "a", "b", "c", "d", "e", "f", "far above");
      }
    }
    TableSource four =
        JdbcQuery.open(
            url, "select * from t ;\n", JdbcReading.defaults().partitioned(id, 0, 100, 4));
    assertThat(four.partitions()).isEqualTo(4);
    List<String> first = new ArrayList<>();
    for (List<Object> row : Databases.rows(four, 0, maker.equals("h2") ? "S" : "s")) {
      first.add((String) row.getFirst());
    }
    assertThat(first).containsExactlyInAnyOrder("far below", "none", "a", "b");
    assertThat(Databases.rows(four, 3)).hasSize(3);
    assertThat(Databases.rows(four, 1)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "duckdb"})
  void rangesOfMoments(String maker) throws SQLException {
    String url = Databases.of(maker, folder);
    Databases.execute(
        url,
        "create table t (d date, s timestamp)",
        "insert into t values ('2024-01-01', '2024-01-01 10:00:00'), ('2024-01-02', '2024-01-02 12:00:00'), ('2024-01-03', '2024-01-03 00:00:00'), (null, null)");
    LocalDateTime day = LocalDateTime.parse("2024-01-01T00:00:00");
    for (String column : List.of("d", "s")) {
      String named = maker.equals("h2") ? column.toUpperCase(java.util.Locale.ROOT) : column;
      TableSource source =
          JdbcQuery.open(
              url,
              "select * from t",
              JdbcReading.defaults().partitioned(named, day, day.plusDays(2), 2));
      assertThat(Databases.rows(source, 0)).as(column).hasSize(2);
      assertThat(Databases.rows(source, 1)).as(column).hasSize(2);
    }
  }

  @Test
  void boundsThatAreWrong() {
    JdbcReading reading = JdbcReading.defaults();
    assertThatThrownBy(() -> reading.partitioned("id", 5, 4, 2))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "partitions of id from 5 to 4: the lower bound is above the upper one; exchange them");
    assertThatThrownBy(() -> reading.partitioned("id", 4, 5, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("0 partitions of id; give 1 or more");
    assertThatThrownBy(() -> reading.fetchSize(-1))
        .isInstanceOf(UsageException.class)
        .hasMessage("fetchSize(-1); give a number of rows, or 0 to leave it to the driver");
    assertThatThrownBy(
            () ->
                JdbcQuery.open(
                    "jdbc:duckdb:", "select 1 as id", reading.partitioned("ids", 4, 5, 2)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "query 'select 1 as id': there is no column 'ids'; did you mean id? The table has id");
  }
}
