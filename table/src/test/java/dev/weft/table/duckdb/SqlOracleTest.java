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
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random chains of operations against DuckDB, and against the same rows in other partitions and on
 * other numbers of threads. The macros of {@link Duck} and {@link RandomSteps} say where the two
 * mean other things.
 *
 * <table>
 * <caption>Differences that are meant</caption>
 * <tr><th>Weft<th>DuckDB
 * <tr><td>comparisons with NaN as IEEE 754 has them<td>NaN is equal to itself and above all
 * <tr><td>min, max and quantiles are NaN where there is one<td>NaN is the largest value
 * <tr><td>sums of nothing are 0<td>missing
 * <tr><td>integers wrap<td>errors, or HUGEINT
 * <tr><td>integer division rounds down, by 0 gives 0<td>rounds to 0, by 0 is missing
 * <tr><td>remainders have the divisor's sign<td>the dividend's
 * <tr><td>first and last are of values that are there<td>of rows
 * <tr><td>missing values and NaN are sorted last, whatever the direction<td>as is asked
 * <tr><td>var of infinities is NaN, sqrt of negative numbers too<td>errors
 * <tr><td>rows have an order: groups by first appearance, joins by left, then right row<td>none
 * <tr><td>timestamps are nanoseconds<td>parts of them are made of microseconds
 * </table>
 */
@Tag("long")
class SqlOracleTest {
  private static final int CASES = 2_000;
  private static final int MOST_ROWS = 300;
  private static final int MOST_PARTITIONS = 50;
  private static final int MOST_SHOWN = 5;

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
  void randomChainsGiveTheRowsOfDuckDb() {
    int cases = LongSuites.part(CASES);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < cases && failures.size() < MOST_SHOWN; i++) {
      int seed = i * (CASES / cases);
      if (!run(seed, false).isEmpty()) {
        // Once more, with a look at every step.
        failures.add(run(seed, true));
      }
    }
    assertThat(String.join("\n\n", failures)).isEmpty();
  }

  private static String run(int seed, boolean everyStep) {
    RandomSteps steps = new RandomSteps(new Random(seed), duck);
    try {
      String difference = difference(seed, steps, everyStep);
      return difference.isEmpty() ? "" : report(seed, steps, difference);
    } catch (RuntimeException e) {
      return report(seed, steps, trace(e));
    } finally {
      duck.drop();
    }
  }

  private static String trace(Throwable e) {
    List<String> lines = new ArrayList<>();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      lines.add(cause.toString());
      for (StackTraceElement element : cause.getStackTrace()) {
        if (lines.size() < 40 && element.getClassName().startsWith("dev.weft.table")) {
          lines.add("  at " + element);
        }
      }
    }
    return String.join("\n  ", lines);
  }

  private static String report(int seed, RandomSteps steps, String difference) {
    return "seed %d: %s\n    %s".formatted(seed, difference, String.join("\n    ", steps.story()));
  }

  private static RandomSteps.State start(Random random, RandomRows rows, String prefix) {
    List<RandomRows.Kind> kinds = rows.kinds(prefix);
    int count = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(MOST_ROWS + 1);
    Batch batch = rows.batch(kinds, count);
    List<Table> tables = new ArrayList<>();
    for (Session session : SESSIONS) {
      int partitions =
          random.nextBoolean() ? 1 + random.nextInt(4) : 1 + random.nextInt(MOST_PARTITIONS);
      tables.add(rows.table(session, batch, partitions));
    }
    List<Twin> columns =
        kinds.stream()
            .map(kind -> Twin.column(kind.name(), kind.type(), true, kind.small()))
            .toList();
    return new RandomSteps.State(tables, duck.load(batch), columns);
  }

  private static String difference(int seed, RandomSteps steps, boolean everyStep) {
    Random random = new Random(seed ^ 0x5DEECE66DL);
    RandomRows rows = new RandomRows(random);
    RandomSteps.State state = start(random, rows, "a");
    RandomSteps.State other = start(random, rows, random.nextInt(3) == 0 ? "a" : "b");
    if (random.nextInt(3) == 0) {
      other = steps.next(other, other);
    }
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      state = steps.next(state, other);
      if (everyStep || i == count - 1) {
        String difference = difference(state);
        if (!difference.isEmpty()) {
          return difference;
        }
      }
    }
    return "";
  }

  private static String difference(RandomSteps.State state) {
    HostTable first = state.weft().getFirst().compute();
    String names = state.names().stream().map(Twin::quoted).collect(Collectors.joining(", "));
    List<List<Object>> wanted =
        duck.rows("SELECT %s FROM %s ORDER BY rn".formatted(names, state.sql()));
    String difference = Differences.of(first, wanted, state.columns());
    if (!difference.isEmpty()) {
      return "against DuckDB: " + difference;
    }
    HostTable second = state.weft().get(1).compute();
    String apart = Differences.of(first, second);
    return apart.isEmpty() ? "" : "with other partitions: " + apart;
  }
}
