package dev.weft.table.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.column.Batch;
import dev.weft.testkit.LongSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random pivots against DuckDB, whose groups are put side by side there with {@code FILTER}, and
 * against the same rows in other partitions and on other threads.
 */
@Tag("long")
class PivotOracleTest {
  private static final int CASES = 500;

  private static final List<Session> SESSIONS = new ArrayList<>();
  private static Duck duck;

  @BeforeAll
  static void open() {
    duck = new Duck();
    SESSIONS.add(Session.open(SessionConfig.defaults().withThreads(1)));
    SESSIONS.add(Session.open(SessionConfig.defaults().withThreads(3)));
  }

  @AfterAll
  static void close() {
    SESSIONS.forEach(Session::close);
    SESSIONS.clear();
    duck.close();
  }

  @Test
  void randomPivotsGiveTheRowsOfDuckDb() {
    int cases = LongSuites.part(CASES);
    int wide = 0;
    for (int i = 0; i < cases; i++) {
      int seed = i * (CASES / cases);
      try {
        wide += run(seed);
      } finally {
        duck.drop();
      }
    }
    assertThat(wide).isGreaterThan(cases);
  }

  /** The number of columns that were made. */
  private static int run(int seed) {
    Random random = new Random(seed);
    RandomRows rows = new RandomRows(random);
    List<RandomRows.Kind> kinds = rows.kinds("a");
    Batch batch = rows.batch(kinds, random.nextInt(200));
    List<Twin> columns =
        kinds.stream()
            .map(kind -> Twin.column(kind.name(), kind.type(), true, kind.small()))
            .toList();
    Twin column = columns.get(random.nextInt(columns.size()));
    List<Twin> keys = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      keys.add(columns.get(random.nextInt(columns.size())));
    }
    Twin operand = columns.get(random.nextInt(columns.size()));
    RandomAggregations.Made made = new RandomAggregations(random).of(operand, "o", "made");
    Object[] index = new Object[keys.size()];
    for (int i = 0; i < index.length; i++) {
      index[i] = keys.get(i).column().as("key " + i);
    }
    List<HostTable> results = new ArrayList<>();
    for (Session session : SESSIONS) {
      Table table = rows.table(session, batch, 1 + random.nextInt(20));
      results.add(table.pivot(column.column().as("c"), made.weft(), index).compute());
    }
    HostTable first = results.getFirst();
    int count = first.schema().size() - keys.size();
    List<Twin> wanted = new ArrayList<>(keys);
    for (int i = 0; i < count; i++) {
      wanted.add(made.result());
    }
    String sql = sql(duck.load(batch), column, keys, operand, made, count);
    assertThat(Differences.of(first, duck.rows(sql), wanted))
        .as("seed %d: %s", seed, sql)
        .isEmpty();
    assertThat(Differences.of(first, results.getLast())).as("seed %d", seed).isEmpty();
    return count;
  }

  private static String sql(
      String table,
      Twin column,
      List<Twin> keys,
      Twin operand,
      RandomAggregations.Made made,
      int count) {
    StringBuilder inner = new StringBuilder("rn");
    StringBuilder groups = new StringBuilder();
    StringBuilder shown = new StringBuilder();
    StringBuilder outer = new StringBuilder();
    StringBuilder by = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      Twin key = keys.get(i);
      inner.append(", %s AS k%d, %s AS i%d".formatted(key.key(), i, key.sql(), i));
      groups.append("k%d, ".formatted(i));
      shown.append("k%1$d, first(i%1$d ORDER BY rn) AS i%1$d, ".formatted(i));
      outer.append("first(i%d ORDER BY least), ".formatted(i));
      by.append(i == 0 ? "" : ", ").append("k").append(i);
    }
    for (int v = 1; v <= count; v++) {
      outer.append("first(made) FILTER (WHERE place = %d), ".formatted(v));
    }
    inner.append(", %s AS c, %s AS o".formatted(column.key(), operand.sql()));
    String groupRows =
        "SELECT %sc, min(rn) AS least, %s AS made FROM (SELECT %s FROM %s) WHERE c IS NOT NULL GROUP BY %sc"
            .formatted(shown, made.sql(), inner, table, groups);
    return "SELECT %s FROM (SELECT *, dense_rank() OVER (ORDER BY c) AS place FROM (%s)) GROUP BY %s ORDER BY min(least)"
        .formatted(outer.substring(0, outer.length() - 2), groupRows, by);
  }
}
