package dev.weft.cli.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.concat;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.first;
import static dev.weft.table.Columns.last;
import static dev.weft.table.Columns.lit;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.median;
import static dev.weft.table.Columns.min;
import static dev.weft.table.Columns.nunique;
import static dev.weft.table.Columns.quantile;
import static dev.weft.table.Columns.std;
import static dev.weft.table.Columns.sum;
import static dev.weft.table.Columns.var;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.Column;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.AsOfSpec.Direction;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Expressions over tables mean what the same in Java means. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableLanguageTest {
  private Session session;
  private GivenTables given;
  private Table t;
  private Table u;
  private Table m;

  @BeforeAll
  void open() {
    session = Session.open();
    given = GivenTables.of(session);
    t = given.table("t");
    u = given.table("u");
    m = given.table("m");
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void groupsAreMadeAndSorted() {
    assertSame(
        "t.filter(x > 0).groupby(name).agg(mean(x), n = count()).sort(-mean_x).head(10)",
        t.filter(col("x").greater(0))
            .groupBy("name")
            .agg(mean("x"), count().named("n"))
            .sort(col("mean_x").descending())
            .head(10));
  }

  @Test
  void partsOfMomentsAreKeys() {
    Table expected = t.groupBy("name", col("timestamp").hour().as("hour")).agg(mean("x"));
    assertSame("t.groupby(name, hour = timestamp.hour).agg(mean(x))", expected);
    assertSame("t.groupBy('name', hour = timestamp.dt.hour()).agg(mean('x'))", expected);
    assertSame(
        "t.groupby(timestamp.hour).count()",
        t.groupBy(col("timestamp").hour().as("timestamp.hour")).count());
    assertSame(
        "t.select(a = timestamp.year, b = timestamp.month, c = timestamp.day, d = timestamp.dayofweek, e = timestamp.day_of_year, f = timestamp.minute, g = timestamp.second, h = timestamp.nanosecond, i = timestamp.floor('15min'))",
        t.select(
            col("timestamp").year().as("a"),
            col("timestamp").month().as("b"),
            col("timestamp").day().as("c"),
            col("timestamp").dayOfWeek().as("d"),
            col("timestamp").dayOfYear().as("e"),
            col("timestamp").minute().as("f"),
            col("timestamp").second().as("g"),
            col("timestamp").nanosecond().as("h"),
            col("timestamp").floor("15min").as("i")));
    assertSame(
        "t.filter(timestamp >= '2000-01-01T01:00:00')",
        t.filter(col("timestamp").greaterEqual("2000-01-01T01:00:00")));
  }

  @Test
  void columnsAreSelectedAndMade() {
    Column r = col("x").pow(2).add(col("y").pow(2)).sqrt();
    assertSame("t.select(name, r = sqrt(x**2 + y**2))", t.select("name", r.as("r")));
    assertSame("t.select(name, x * 2)", t.select("name", col("x").multiply(2).as("x * 2")));
    assertSame("t.assign(z = x * y)", t.withColumn("z", col("x").multiply(col("y"))));
    assertSame(
        "t.assign(z = x * y, w = z + 1)",
        t.withColumn("z", col("x").multiply(col("y"))).withColumn("w", col("z").add(1)));
    assertSame("t.withColumn('z', x / 2)", t.withColumn("z", col("x").divide(2)));
    assertSame("t.assign(k = 7)", t.withColumn("k", lit(7)));
    assertSame("t.drop(x, 'y')", t.drop("x", "y"));
    assertSame("t.rename(x = 'a')", t.rename(Map.of("x", "a")));
    assertSame("t[['x', 'name']]", t.select("x", "name"));
    assertSame(
        "m.select(col('my column'), b, z = col('my column') + 1)",
        m.select("my column", "b", col("my column").add(1).as("z")));
  }

  @Test
  void conditionsAreCombined() {
    Column alice = col("name").equal("Alice");
    Column large = col("x").greater(0.5);
    assertSame("t.filter((name == 'Alice') & (x > 0.5))", t.filter(alice.and(large)));
    assertSame("t.filter(name == 'Alice', x > 0.5)", t.filter(alice.and(large)));
    assertSame("t.filter((name == 'Alice') | (x > 0.5))", t.filter(alice.or(large)));
    assertSame("t.filter(~(x > 0.5))", t.filter(large.not()));
    assertSame("t[t.x > 0.5]", t.filter(large));
    assertSame("t[(t.name == 'Alice') & (t['x'] > 0.5)]", t.filter(alice.and(large)));
    assertSame(
        "t.filter(0 < x <= 0.5)", t.filter(lit(0).less(col("x")).and(col("x").lessEqual(0.5))));
    assertSame("t.filter(x.between(0, 0.5))", t.filter(col("x").between(0, 0.5)));
    assertSame("t.filter(id % 2 != 0)", t.filter(col("id").remainder(2).notEqual(0)));
    // A column's name wins over a number's.
    assertSame("m.filter(e)", m.filter(col("e")));
  }

  @Test
  void arithmeticIsThatOfArrays() {
    assertSame(
        "t.select(a = -x, b = +x, c = id // 3, d = id & 1, e = id | 1, f = id ^ 3, g = id << 2, h = id >> 1, i = ~id, j = x - y, k = 2 / x)",
        t.select(
            col("x").negative().as("a"),
            col("x").as("b"),
            col("id").floorDivide(3).as("c"),
            col("id").apply(ElementwiseOps.BITWISE_AND, 1).as("d"),
            col("id").apply(ElementwiseOps.BITWISE_OR, 1).as("e"),
            col("id").apply(ElementwiseOps.BITWISE_XOR, 3).as("f"),
            col("id").apply(ElementwiseOps.BITWISE_LEFT_SHIFT, 2).as("g"),
            col("id").apply(ElementwiseOps.BITWISE_RIGHT_SHIFT, 1).as("h"),
            col("id").apply(ElementwiseOps.BITWISE_INVERT).as("i"),
            col("x").subtract(col("y")).as("j"),
            lit(2).divide(col("x")).as("k")));
    assertSame(
        "t.select(a = hypot(x, y), b = x.maximum(y), c = sqrt(abs(x)), d = x.exp(), e = x.floor(), f = round(x * 10))",
        t.select(
            col("x").apply(ElementwiseOps.HYPOT, col("y")).as("a"),
            col("x").apply(ElementwiseOps.MAXIMUM, col("y")).as("b"),
            col("x").abs().sqrt().as("c"),
            col("x").exp().as("d"),
            col("x").apply(ElementwiseOps.FLOOR).as("e"),
            col("x").multiply(10).apply(ElementwiseOps.ROUND).as("f")));
  }

  @Test
  void plainNumbersDoNotWiden() {
    Table narrow = given.evaluate("t.select(x = x.cast('float32') * (2 * 3.0) + pi)");
    assertThat(narrow.schema()).hasToString("x: float32");
    assertSame(
        "t.select(x = x.cast(float32) * (2 * 3.0))",
        t.select(col("x").cast("float32").multiply(6.0).as("x")));
  }

  @Test
  void tablesAreJoinedAndConcatenated() {
    assertSame("t.join(u, on = 'name', how = 'left')", t.join(u, How.LEFT, "name"));
    assertSame("t.join(u)", t.join(u, "name"));
    assertSame("t.join(u, name, how = 'anti')", t.join(u, How.ANTI, "name"));
    assertSame(
        "m.join(u, left_on = ['b'], right_on = ['name'], how = 'outer', suffix = '_u')",
        m.join(u, new JoinSpec(List.of("b"), List.of("name"), How.OUTER, "_u")));
    assertSame("t.concat(t.head(3), t)", t.concat(t.head(3), t));
  }

  @Test
  void rowsAreChosen() {
    assertSame("t.value_counts(name)", t.valueCounts("name"));
    assertSame("t.distinct(name)", t.distinct("name"));
    assertSame("m.distinct()", m.distinct());
    assertSame("t.head(5)", t.head(5));
    assertSame("t.head()", t.head(10));
    assertSame("t.tail(5)", t.tail(5));
    assertSame("t.sample(0.1, seed = 1)", t.sample(0.1, 1));
    assertSame("t.top(10, x)", t.topK(10, "x"));
    assertSame("t.sort(name, -x)", t.sort("name", col("x").descending()));
    assertSame("t.sort(name, descending = True)", t.sort(col("name").descending()));
  }

  @Test
  void aggregationsStandOnTablesAndGroups() {
    assertSame("t.count()", t.agg(count()));
    assertSame("t.sum(x)", t.agg(sum("x")));
    assertSame("t.mean(x, m = y)", t.agg(mean("x"), mean("y").named("m")));
    assertSame("t.max()", t.agg(max("id"), max("x"), max("y")));
    assertSame("t.quantile(x, 0.9)", t.agg(quantile("x", 0.9)));
    assertSame(
        "t.groupby(name).agg(min(x), max(x), var(x), std(x), first(id), last(id), nunique(id), median(y), quantile(y, 0.25), count(x))",
        t.groupBy("name")
            .agg(
                min("x"),
                max("x"),
                var("x"),
                std("x"),
                first("id"),
                last("id"),
                nunique("id"),
                median("y"),
                quantile("y", 0.25),
                count("x")));
    assertSame("t.groupby(name).mean(x)", t.groupBy("name").agg(mean("x")));
    assertSame(
        "t.resample(timestamp, '5min').agg(mean(x))",
        t.resample("timestamp", "5min").agg(mean("x")));
    assertSame("t.groupby(name).size()", t.groupBy("name").count());
    assertSame(
        "t.groupby(name).agg(x.mean(), d = (x - y).max(), q = x.quantile(0.5))",
        t.groupBy("name")
            .agg(
                mean("x"),
                max(col("x").subtract(col("y"))).named("d"),
                quantile("x", 0.5).named("q")));
    assertSame(
        "t.agg(mean(abs(x - y)))",
        t.agg(mean(col("x").subtract(col("y")).abs()).named("mean(abs(x - y))")));
    HostTable described = given.evaluate("t.describe()").compute();
    assertThat(described).hasToString(t.describe().toString());
  }

  @Test
  void columnsAreSummedUp() {
    assertSame("t.corr()", Tables.of(session, t.corr()));
    assertSame("t.corr(x, 'y')", Tables.of(session, t.corr("x", "y")));
    assertSame("t[['x', 'id']].cov()", Tables.of(session, t.cov("x", "id")));
    assertSame("t.info()", Tables.of(session, t.info()));
    assertSame("t.quantile([0.25, 1])", Tables.of(session, t.quantile(0.25, 1)));
    assertSame("t.quantile(0.25)", Tables.of(session, t.quantile(0.25)));
    assertSame("t.quantile()", Tables.of(session, t.quantile()));
    assertSame("t.quantile(x, 0.25)", t.agg(quantile("x", 0.25)));
    assertSame("t.nunique()", t.nunique());
    assertSame("t.nunique(name)", t.agg(nunique("name")));
  }

  @Test
  void databasesAreAsked() {
    String sql = "select i as n, i % 3 as k from range(10) r(i)";
    assertSame(
        "read_sql('%s', 'jdbc:duckdb:').groupby(k).sum(n)".formatted(sql),
        Tables.query(session, "jdbc:duckdb:", sql).groupBy("k").agg(sum("n")));
    Table parts =
        given.evaluate(
            "read_sql('%s', 'jdbc:duckdb:', column='n', lower=0, upper=10, partitions=4, zone='Europe/Berlin')"
                .formatted(sql));
    assertThat(parts.explain()).contains("4 partitions");
    assertThat(parts.count()).isEqualTo(10);
    assertThat(
            given
                .evaluate("read_sql('select current_date as d', 'jdbc:duckdb:', zone='Asia/Tokyo')")
                .schema())
        .hasToString("d: timestamp[Asia/Tokyo]");
  }

  @Test
  void windowsMoveOverRows() {
    assertSame(
        "t.rolling(timestamp, '5min').agg(m = mean(x), n = count())",
        t.rolling("timestamp", "5min").agg(mean("x").named("m"), count().named("n")));
    assertSame(
        "t.rolling(3, min_periods=1).agg(sum(x), max(x - y))",
        t.rolling(3)
            .minPeriods(1)
            .agg(sum("x"), max(col("x").subtract(col("y"))).named("max(x - y)")));
    assertSame("t.rolling(of=4).mean(x, m = y)", t.rolling(4).agg(mean("x"), mean("y").named("m")));
    assertSame(
        "t.groupby(name).rolling('timestamp', period='1min', min_periods=2).agg(std(x))",
        t.groupBy("name").rolling("timestamp", "1min").minPeriods(2).agg(std("x")));
    assertSame(
        "t.groupby(name).rolling(2).first(id)", t.groupBy("name").rolling(2).agg(first("id")));
  }

  @Test
  void rowsFindTheNearestOfAnotherTable() {
    Table minutes = t.resample("timestamp", "1min").agg(first("id").named("id"), max("x"));
    String made =
        "m = t.resample(timestamp, '1min').agg(max(x), id = first(id)).select(timestamp, id, max_x)\n";
    assertSame(made + "t.asof_join(m, on=timestamp)", t.asOfJoin(minutes, "timestamp"));
    AsOfSpec near =
        AsOfSpec.on("timestamp")
            .by("id")
            .direction(Direction.NEAREST)
            .tolerance("30s")
            .withoutExactMatches()
            .suffix("_m");
    assertSame(
        made
            + "t.merge_asof(m, 'timestamp', by=id, direction='nearest', tolerance='30s', allow_exact_matches=False, suffix='_m')",
        t.asOfJoin(minutes, near));
    Table ages = u.sort("age");
    Table ids = t.sort("id").select("id", "x");
    AsOfSpec of = AsOfSpec.on("id", "age").tolerance(1000);
    String sorted = "ages = u.sort(age)\nids = t.sort(id).select(id, x)\n";
    assertSame(
        sorted + "ids.asof_join(ages, left_on=id, right_on=age, tolerance=1000)",
        ids.asOfJoin(ages, of));
    assertSame(
        sorted
            + "ids.asof_join(ages, left_on=id, right_on=age, tolerance=2.5, left_by=[], right_by=[])",
        ids.asOfJoin(ages, of.tolerance(2.5)));
  }

  @Test
  void rowsBecomeColumnsAndColumnsRows() {
    assertSame(
        "t.assign(minute = timestamp.minute).pivot(minute, name, mean(x))",
        t.withColumn("minute", col("timestamp").minute()).pivot("name", mean("x"), "minute"));
    assertSame(
        "t.head(20).pivot_table(values=x.max(), columns=name, index=[timestamp, 'id'])",
        t.head(20).pivot("name", max("x"), "timestamp", "id"));
    assertSame("t.melt([id, name], [x, y])", t.melt(List.of("id", "name"), List.of("x", "y")));
    assertSame("u.melt(name)", u.melt(List.of("name"), List.of("age")));
  }

  @Test
  void textHasMethods() {
    assertSame(
        "m.select(a = b.lower(), b = b.str.upper(), c = b.strip(), d = b.length(), e = b.contains('-'), f = b.startswith('a'), g = b.endswith('z'), h = b.replace('a', 'o'), i = b.split('-', 1), j = b.slice(0, 3), k = b.matches('[A-Z]'))",
        m.select(
            col("b").text().lower().as("a"),
            col("b").text().upper().as("b"),
            col("b").text().strip().as("c"),
            col("b").text().length().as("d"),
            col("b").text().contains("-").as("e"),
            col("b").text().startsWith("a").as("f"),
            col("b").text().endsWith("z").as("g"),
            col("b").text().replace("a", "o").as("h"),
            col("b").text().split("-", 1).as("i"),
            col("b").text().slice(0, 3).as("j"),
            col("b").text().matches("[A-Z]").as("k")));
    assertSame(
        "m.select(c = concat(b, '/', a))", m.select(concat(col("b"), "/", col("a")).as("c")));
  }

  @Test
  void missingValuesHaveMethods() {
    assertSame(
        "m.select(a = a.isnull(), b = a.notnull(), c = a.fillnull(0), d = a.isin(1, 2), e = b.isin(['baz', 'x']), f = where(a > 0, 'yes', 'no'), g = (a > 1).where(a, 0))",
        m.select(
            col("a").isNull().as("a"),
            col("a").isNull().not().as("b"),
            col("a").fillNull(0).as("c"),
            col("a").isIn(1, 2).as("d"),
            col("b").isIn("baz", "x").as("e"),
            col("a").greater(0).where("yes", "no").as("f"),
            col("a").greater(1).where(col("a"), 0).as("g")));
    assertSame("m.select(a = a.cast('string'))", m.select(col("a").cast("string").as("a")));
  }

  @Test
  void jobsNameTables() {
    assertSame(
        "busy = t.filter(x > 0)\nm = busy.groupby(name).agg(mean(x))\nm.join(u, on='name')",
        t.filter(col("x").greater(0)).groupBy("name").agg(mean("x")).join(u, "name"));
  }

  @Test
  void demonstrationDataIsAFunction() {
    HostTable counted = given.evaluate("timeseries(days = 1).count()").compute();
    assertThat(counted.getLong(0, "count")).isEqualTo(86_400);
  }

  private void assertSame(String expression, Table expected) {
    HostTable result = given.evaluate(expression).compute();
    HostTable wanted = expected.compute();
    assertThat(result.schema()).as(expression).isEqualTo(wanted.schema());
    assertThat(result.rows()).as(expression).isEqualTo(wanted.rows());
    for (String name : wanted.schema().names()) {
      for (int row = 0; row < wanted.rows(); row++) {
        assertThat(result.get(row, name))
            .as("%s: %s of row %d", expression, name, row)
            .isEqualTo(wanted.get(row, name));
      }
    }
  }
}
