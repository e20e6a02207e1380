package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.first;
import static dev.weft.table.Columns.last;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.median;
import static dev.weft.table.Columns.min;
import static dev.weft.table.Columns.std;
import static dev.weft.table.Columns.sum;
import static dev.weft.table.Columns.var;
import static dev.weft.table.OrderedFixtures.values;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import dev.weft.table.group.Aggregation;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingTest {
  private static Session session;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Rolling rolling(Table table, String window, String least, String by) {
    boolean time = window.chars().anyMatch(Character::isLetter);
    GroupBy groups = table.groupBy(by.isEmpty() ? new Object[0] : new Object[] {by});
    Rolling rolling =
        by.isEmpty()
            ? time ? table.rolling("t", window) : table.rolling(Integer.parseInt(window))
            : time ? groups.rolling("t", window) : groups.rolling(Integer.parseInt(window));
    return least.isEmpty() ? rolling : rolling.minPeriods(Integer.parseInt(least));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60})
  void windowsArePandas(int partitions) throws IOException {
    OrderedFixtures pandas = new OrderedFixtures("rolling.txt");
    Table table =
        Tables.ofRows(
            session,
            columns(
                "t", values(pandas.line("t").get(1), OrderedFixtures::moment),
                "k", values(pandas.line("k").get(1), Long::valueOf),
                "x", values(pandas.line("x").get(1), Double::valueOf),
                "i", values(pandas.line("i").get(1), Long::valueOf)),
            partitions);
    List<List<String>> cases = pandas.cases();
    assertThat(cases).hasSize(9 * 2 * 22);
    // All functions of one window are computed together.
    for (int i = 0; i < cases.size(); i += 22) {
      List<List<String>> of = cases.subList(i, i + 22);
      List<Aggregation> all = new ArrayList<>();
      for (List<String> each : of) {
        all.add(OrderedFixtures.made(each.get(3), each.get(4)).named("made " + all.size()));
      }
      HostTable rows =
          rolling(table, of.getFirst().get(0), of.getFirst().get(1), of.getFirst().get(2))
              .agg(all.toArray(Aggregation[]::new))
              .compute();
      for (int k = 0; k < of.size(); k++) {
        List<Double> wanted = values(of.get(k).get(5), Double::valueOf);
        assertThat(rows.rows()).isEqualTo(wanted.size());
        for (int row = 0; row < wanted.size(); row++) {
          Object own = rows.get(row, "made " + k);
          assertThat(OrderedFixtures.isNear(own, wanted.get(row)))
              .as(
                  "%s, row %d: %s, pandas has %s",
                  of.get(k).subList(0, 5), row, own, wanted.get(row))
              .isTrue();
        }
      }
    }
  }

  private static Table hours(int partitions) {
    return Tables.ofRows(
        session,
        columns(
            "t",
            values("0,1800,3600,3600,9000", OrderedFixtures::moment),
            "x",
            list(1e300, 1.0, null, Double.NaN, 2.0),
            "s",
            list("b", null, "a", "c", "b")),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void rowsStayAndColumnsComeBehindThem(int partitions) {
    Table made =
        hours(partitions)
            .rolling("t", "1h")
            .agg(sum("x"), count(), min("s"), max(col("s")).named("most"), first("s"), last("s"));
    assertThat(made.schema())
        .hasToString(
            "t: timestamp, x: float64, s: string, sum_x: float64, count: int64, min_s: string, most: string, first_s: string, last_s: string");
    List<List<Object>> all = rows(made);
    assertThat(all.stream().map(row -> row.subList(3, 9)).toList())
        .isEqualTo(
            list(
                list(1e300, 1L, "b", "b", "b", "b"),
                list(1e300, 2L, "b", "b", "b", "b"),
                // What has left is taken away exactly.
                list(1.0, 2L, "a", "a", "a", "a"),
                list(Double.NaN, 3L, "a", "c", "a", "c"),
                list(2.0, 1L, "b", "b", "b", "b")));
    assertThat(all.stream().map(List::getFirst).toList())
        .isEqualTo(rows(hours(1).select("t")).stream().map(List::getFirst).toList());
  }

  @Test
  void infinitiesAndNanGoAsTheyCome() {
    double inf = Double.POSITIVE_INFINITY;
    Table table =
        Tables.ofRows(
            session, columns("x", list(1.0, inf, -inf, 2.0, -inf, 3.0, Double.NaN, 4.0, 5.0)), 3);
    Table made = table.rolling(2).agg(sum("x"), mean("x"), max("x"), var("x"));
    List<List<Object>> all = rows(made.drop("x"));
    double nan = Double.NaN;
    assertThat(all)
        .isEqualTo(
            list(
                list(null, null, null, null),
                list(inf, inf, inf, nan),
                list(nan, nan, inf, nan),
                list(-inf, -inf, 2.0, nan),
                list(-inf, -inf, 2.0, nan),
                list(-inf, -inf, 3.0, nan),
                list(nan, nan, nan, nan),
                list(nan, nan, nan, nan),
                list(9.0, 4.5, 5.0, 0.5)));
  }

  @Test
  void squaresThatOverflowGoAsTheyCome() {
    Table table = Tables.ofRows(session, columns("x", list(1.0, 1e200, 1.0, 3.0, 1e-200, 0.0)), 2);
    List<Object> made =
        rows(table.rolling(2).agg(var("x")).select("var_x")).stream().map(List::getFirst).toList();
    assertThat(made).isEqualTo(list(null, Double.NaN, Double.NaN, 2.0, 4.5, 0.0));
  }

  @Test
  void sumsOfIntegersAreIntegers() {
    Table table =
        Tables.ofRows(
                session, columns("i", list(Long.MAX_VALUE, 1, 5), "b", list(true, false, true)), 2)
            .withColumn("u", col("i").cast("uint64"))
            .withColumn("v", col("i").multiply(0).subtract(1).cast("uint64"));
    Table made =
        table
            .rolling(2)
            .minPeriods(1)
            .agg(sum("i"), mean("i"), sum("b"), mean("b"), sum("u"), mean("v"), var("i"));
    assertThat(rows(made.select("sum_i", "mean_i", "sum_b", "mean_b", "sum_u", "mean_v")))
        .isEqualTo(
            list(
                list(Long.MAX_VALUE, 0x1p63, 1L, 1.0, BigInteger.valueOf(Long.MAX_VALUE), 0x1p64),
                list(Long.MIN_VALUE, 0x1p62, 1L, 0.5, BigInteger.TWO.pow(63), 0x1p64),
                list(6L, 3.0, 1L, 0.5, BigInteger.valueOf(6), 0x1p64)));
    assertThat(rows(made.select("var_i")).getLast()).isEqualTo(list(8.0));
  }

  private static Table random(Session of, int partitions) {
    Random random = new Random(5);
    List<Object> t = new ArrayList<>();
    List<Object> k = new ArrayList<>();
    List<Object> x = new ArrayList<>();
    long seconds = 0;
    for (int i = 0; i < 6000; i++) {
      seconds += random.nextInt(3);
      t.add(OrderedFixtures.moment(Long.toString(seconds)));
      k.add(random.nextInt(20) == 0 ? null : "key " + random.nextInt(5));
      x.add(random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15));
    }
    return Tables.ofRows(of, columns("t", t, "k", k, "x", x), partitions);
  }

  private static Table all(Table table) {
    return table
        .groupBy("k")
        .rolling("t", "20min")
        .agg(mean("x"), std("x"), median("x"), max("x"), count().named("n"))
        .rolling(100)
        .agg(sum(col("x").multiply(2)).named("s"), var("x").named("v"));
  }

  @Test
  void bitsDependNeitherOnPartitionsNorOnMemoryAndThreads() {
    List<List<Object>> wanted = rows(all(random(session, 1)));
    assertThat(rows(all(random(session, 11)))).isEqualTo(wanted);
    try (Session small =
        Session.open(
            SessionConfig.defaults()
                .withThreads(1)
                .withMemoryLimit(1 << 20)
                .withSpillFolder(folder))) {
      assertThat(rows(all(random(small, 40)))).isEqualTo(wanted);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sumsAreExact() {
    HostTable rows = random(session, 4).rolling(50).agg(sum("x"), mean("x")).compute();
    for (int row = 49; row < rows.rows(); row += 97) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = row - 49; i <= row; i++) {
        sum = sum.add(new BigDecimal(rows.getDouble(i, "x")));
      }
      assertThat(rows.getDouble(row, "sum_x")).isEqualTo(sum.doubleValue());
      assertThat(rows.getDouble(row, "mean_x")).isEqualTo(sum.doubleValue() / 50);
    }
  }

  @Test
  void variancesAreThoseOfGroups() {
    Table table = random(session, 3);
    HostTable rows = table.rolling(1000).agg(var("x"), std("x")).compute();
    HostTable of = table.head(3000).tail(1000).agg(var("x"), std("x")).compute();
    assertThat(rows.getDouble(2999, "var_x")).isEqualTo(of.getDouble(0, "var_x"));
    assertThat(rows.getDouble(2999, "std_x")).isEqualTo(of.getDouble(0, "std_x"));
  }

  @Test
  void yourOwnFunctionSeesValuesInOrder() {
    Table table = Tables.ofRows(session, columns("i", list(1, null, 3, 4)), 3);
    Aggregation own =
        Columns.of(
            "all", "i", ColumnType.TEXT, values -> values.isEmpty() ? null : values.toString());
    assertThat(rows(table.rolling(2).minPeriods(0).agg(own).select("all")))
        .isEqualTo(list(list("[1]"), list("[1]"), list("[3]"), list("[3, 4]")));
    Aggregation wrong = Columns.of("wrong", "i", ColumnType.INT64, values -> "text");
    assertThatThrownBy(() -> table.rolling(1).agg(wrong).compute())
        .isInstanceOf(UsageException.class)
        .hasMessage("wrong: the function gave text, which is no int64. Say the type of its result");
  }

  @Test
  void columnsThatNobodyReadsAreLeftAway() {
    Table table = random(session, 2);
    Table made = table.groupBy("k").rolling("t", "1min").minPeriods(2).agg(mean("x"), sum("x"));
    assertThat(made.select("mean_x").explain())
        .isEqualTo(
            """
            select mean_x
              rolling 1min of t by k, at least 2: mean_x = mean(x)
                read memory: t, k, x, 2 partitions
            """);
    assertThat(made.select("k").explain()).isEqualTo("select k\n  read memory: k, 2 partitions\n");
    assertThat(table.rolling(3).agg(count()).explain())
        .startsWith("rolling 3 rows: count = count()\n");
    assertThat(table.rolling(1).agg(count()).explain()).startsWith("rolling 1 row: ");
    assertThat(made.count()).isEqualTo(6000);
  }

  @Test
  void tablesWithoutRowsStayWithout() {
    Table none = hours(3).filter(col("x").greater(Double.MAX_VALUE));
    assertThat(rows(none.rolling(3).agg(mean("x")))).isEmpty();
    assertThat(rows(none.rolling("t", "1h").agg(mean("x")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6})
  void timesMustAscend(int partitions) {
    Table table =
        Tables.ofRows(
            session,
            columns(
                "t", values("0,10,20,15,30,5", OrderedFixtures::moment),
                "k", list("a", "b", "a", "b", "a", "a")),
            partitions);
    assertThatThrownBy(() -> table.rolling("t", "1h").agg(count()).compute())
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "rolling 1h of t: t is not in ascending order: row 3, counted from 0, has 1970-01-01T00:00:15Z, and row 2 before it 1970-01-01T00:00:20Z. Sort the table first, with sort(\"t\")");
    assertThatThrownBy(() -> table.groupBy("k").rolling("t", "1s").agg(count()).compute())
        .hasMessage(
            "rolling 1s of t: t is not in ascending order in each group: row 5, counted from 0, has 1970-01-01T00:00:05Z, and row 4 before it 1970-01-01T00:00:30Z. Sort the table first, with sort(\"t\")");
    assertThat(table.head(5).groupBy("k").rolling("t", "1s").agg(count()).compute().rows())
        .isEqualTo(5);
  }

  @Test
  void timesMustBeThere() {
    List<Object> moments = new ArrayList<>(values("0,10,20", OrderedFixtures::moment));
    moments.addAll(Collections.nCopies(2, null));
    Table table = Tables.ofRows(session, columns("t", moments), 3);
    assertThatThrownBy(() -> table.rolling("t", "1h").agg(count()).compute())
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "rolling 1h of t: row 3, counted from 0, has no time. Leave such rows away, with filter(col(\"t\").isNull().not())");
  }

  @Test
  void windowsThatHaveNoMeaningAreRefused() {
    Table table = hours(1);
    assertThatThrownBy(() -> table.rolling(0))
        .isInstanceOf(UsageException.class)
        .hasMessage("rolling(0); give 1 row or more");
    assertThatThrownBy(() -> table.rolling("x", "1h"))
        .hasMessage(
            "rolling 1h of x, which is float64: windows of time need timestamps. Cast it first, with cast(\"timestamp\"), or give a number of rows");
    assertThatThrownBy(() -> table.rolling("t", "1mo"))
        .hasMessage(
            "rolling 1mo of t: months and years have no one length. Give days, such as 30d");
    assertThatThrownBy(() -> table.rolling("t", "1y")).hasMessageEndingWith("such as 365d");
    assertThatThrownBy(() -> table.rolling("time", "1h"))
        .hasMessageStartingWith("there is no column 'time'");
    assertThatThrownBy(() -> table.rolling(3).minPeriods(4))
        .hasMessage("rolling(3) with at least 4 values; give a number from 0 to 3");
    assertThatThrownBy(() -> table.rolling("t", "1h").minPeriods(-1))
        .hasMessage("rolling with at least -1 values; give 0 or more");
    assertThatThrownBy(() -> table.rolling(3).agg(mean("s")))
        .hasMessageStartingWith("mean of s, which is string: it is of numbers.");
    assertThatThrownBy(() -> table.rolling(3).agg(mean("x").named("x")))
        .hasMessage("two columns are named 'x'; give each a name of its own");
  }
}
