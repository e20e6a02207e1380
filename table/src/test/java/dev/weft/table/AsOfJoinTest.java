package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.OrderedFixtures.values;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.AsOfSpec.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfJoinTest {
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

  private static Function<String, Object> reader(String kind) {
    return switch (kind) {
      case "timestamp" -> OrderedFixtures::moment;
      case "float64" -> Double::valueOf;
      default -> Long::valueOf;
    };
  }

  private static Table side(List<String> line, String kind, int partitions) {
    List<Object> on = values(line.get(1), reader(kind));
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < on.size(); i++) {
      row.add(i);
    }
    return Tables.ofRows(
        session,
        columns("on", on, "k", values(line.get(2), Long::valueOf), "row", row),
        partitions);
  }

  private static AsOfSpec spec(List<String> of) {
    AsOfSpec spec =
        AsOfSpec.on("on").direction(Direction.valueOf(of.get(2).toUpperCase(Locale.ROOT)));
    spec = of.get(1).isEmpty() ? spec : spec.by(of.get(1));
    spec = of.get(3).equals("True") ? spec : spec.withoutExactMatches();
    if (of.get(4).isEmpty()) {
      return spec;
    }
    return switch (of.get(0)) {
      case "timestamp" -> spec.tolerance(of.get(4).equals("0") ? "1ns" : of.get(4) + "s");
      case "float64" -> spec.tolerance(Double.parseDouble(of.get(4)));
      default -> spec.tolerance(Long.parseLong(of.get(4)));
    };
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "40, 30", "2, 1", "1, 5"})
  void partnersArePandas(int lefts, int rights) throws IOException {
    OrderedFixtures pandas = new OrderedFixtures("asof.txt");
    assertThat(pandas.cases()).hasSize(90);
    for (List<String> of : pandas.cases()) {
      Table left = side(pandas.line("left"), of.getFirst(), lefts);
      Table right = side(pandas.line("right"), of.getFirst(), rights);
      HostTable joined = left.asOfJoin(right, spec(of)).compute();
      List<Object> found = new ArrayList<>();
      for (HostTable.Row row : joined) {
        found.add(row.get("row_right"));
      }
      assertThat(found).as("%s", of.subList(0, 5)).isEqualTo(values(of.get(5), Long::valueOf));
    }
  }

  private static Table trades(int partitions) {
    return Tables.ofRows(
        session,
        columns(
            "t", values("1,2,3,4", OrderedFixtures::moment),
            "id", list("a", null, "b", "a"),
            "v", list(1, 2, 3, 4)),
        partitions);
  }

  private static Table quotes(int partitions) {
    return Tables.ofRows(
        session,
        columns(
            "t", values("0,1,2,4", OrderedFixtures::moment),
            "id", list("b", "a", null, "c"),
            "v", list("B", "A", "none", "C"),
            "w", list(null, 2.5, 3.5, 4.5)),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void columnsAreThoseOfALeftJoin(int partitions) {
    Table joined = trades(partitions).asOfJoin(quotes(partitions), "t", "id");
    assertThat(joined.schema())
        .hasToString("t: timestamp, id: string, v: int64, v_right: string, w: float64");
    assertThat(rows(joined.drop("t")))
        .isEqualTo(
            list(
                list("a", 1L, "A", 2.5),
                // Missing keys have no partner.
                list(null, 2L, null, null),
                list("b", 3L, "B", null),
                list("a", 4L, "A", 2.5)));
    assertThat(rows(trades(partitions).asOfJoin(quotes(partitions), "t").select("v_right")))
        .isEqualTo(list(list("A"), list("none"), list("none"), list("C")));
    Table other = quotes(partitions).rename(Map.of("t", "u", "id", "key"));
    AsOfSpec names =
        AsOfSpec.on("t", "u").by(List.of("id"), List.of("key")).suffix("_q").tolerance("2s");
    Table named = trades(partitions).asOfJoin(other, names);
    assertThat(named.schema().names()).containsExactly("t", "id", "v", "u", "key", "v_q", "w");
    assertThat(rows(named.select("v_q")))
        .isEqualTo(list(list("A"), list((Object) null), list((Object) null), list((Object) null)));
  }

  @Test
  void numbersOfOtherTypesAndExtremesAreCompared() {
    Table left =
        Tables.ofRows(session, columns("x", list(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE)), 2);
    Table right =
        Tables.ofRows(session, columns("x", list(-100, 0, 100)), 1)
            .select(col("x").cast("int8").as("x"), col("x").as("y"));
    AsOfSpec nearest = AsOfSpec.on("x").direction(Direction.NEAREST);
    assertThat(rows(left.asOfJoin(right, nearest).select("y")))
        .isEqualTo(list(list(-100L), list(0L), list(0L), list(100L)));
    assertThat(rows(left.asOfJoin(right, nearest.tolerance(1.5)).select("y")))
        .isEqualTo(list(list((Object) null), list(0L), list(0L), list((Object) null)));
    double inf = Double.POSITIVE_INFINITY;
    Table floating = Tables.ofRows(session, columns("x", list(-inf, -0.0, 2.5, inf)), 3);
    Table others = floating.select("x", col("x").multiply(2).as("y"));
    assertThat(rows(floating.asOfJoin(others, nearest.tolerance(0)).select("y")))
        .isEqualTo(list(list(-inf), list(-0.0), list(5.0), list(inf)));
    assertThat(rows(floating.asOfJoin(others, AsOfSpec.on("x").withoutExactMatches()).select("y")))
        .isEqualTo(list(list((Object) null), list(-inf), list(-0.0), list(5.0)));
  }

  @Test
  void tablesWithoutRowsAreJoined() {
    Table none = quotes(2).filter(col("w").greater(100));
    for (Direction direction : Direction.values()) {
      AsOfSpec spec = AsOfSpec.on("t").by("id").direction(direction);
      assertThat(rows(trades(3).asOfJoin(none, spec).select("v_right")))
          .isEqualTo(java.util.Collections.nCopies(4, list((Object) null)));
      assertThat(rows(none.asOfJoin(trades(3), spec))).isEmpty();
    }
  }

  private static Table random(Session of, int seed, int rows, int partitions, String name) {
    Random random = new Random(seed);
    List<Object> t = new ArrayList<>();
    List<Object> k = new ArrayList<>();
    List<Object> v = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < rows; i++) {
      at += random.nextInt(3);
      t.add(at);
      k.add("key " + (int) Math.pow(1.3, random.nextInt(20)));
      v.add(i);
    }
    return Tables.ofRows(of, columns("t", t, "k", k, name, v), partitions);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void whatIsLargerThanMemoryIsJoinedToTheSameRows(Direction direction) {
    AsOfSpec spec = AsOfSpec.on("t").by("k").direction(direction).withoutExactMatches();
    List<List<Object>> wanted =
        rows(random(session, 1, 20_000, 1, "l").asOfJoin(random(session, 2, 15_000, 1, "r"), spec));
    try (Session small = Sessions.small(folder, 1 << 20)) {
      Table l = random(small, 1, 20_000, 17, "l");
      Table r = random(small, 2, 15_000, 13, "r");
      assertThat(rows(l.asOfJoin(r, spec))).isEqualTo(wanted);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void columnsThatNobodyReadsAreLeftAway() {
    Table joined = trades(1).asOfJoin(quotes(1), AsOfSpec.on("t").by("id").tolerance("1min"));
    assertThat(joined.select("w").explain())
        .isEqualTo(
            """
            select w
              as-of join on t by id, backward, at most 1min away
                read memory: t, id, 1 partition
                read memory: t, id, w, 1 partition
            """);
    Table other = quotes(1).rename(Map.of("t", "u", "id", "key"));
    AsOfSpec spec =
        AsOfSpec.on("t", "u")
            .by(List.of("id"), List.of("key"))
            .direction(Direction.FORWARD)
            .withoutExactMatches();
    assertThat(trades(1).asOfJoin(other, spec).explain())
        .startsWith("as-of join on t = u by id = key, forward, without exact matches\n");
    assertThat(rows(joined.select("v_right"))).hasSize(4);
  }

  private static Table times(String seconds, int partitions) {
    return Tables.ofRows(
        session, columns("t", values(seconds, OrderedFixtures::moment)), partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void bothTablesMustAscend(int partitions) {
    Table good = times("1,2,3,3,4,5", partitions);
    Table bad = times("1,2,7,4,9,8", partitions);
    assertThatThrownBy(() -> bad.asOfJoin(good, "t").compute())
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "as-of join on t: the left table is not in ascending order: row 3, counted from 0, has 1970-01-01T00:00:04Z, and the row before it 1970-01-01T00:00:07Z. Sort it first, with sort(\"t\")");
    assertThatThrownBy(() -> good.asOfJoin(bad, "t").compute())
        .hasMessageStartingWith(
            "as-of join on t: the right table is not in ascending order: row 3, ");
    Table missing = times("1,2,,4,9,8", partitions);
    assertThatThrownBy(() -> good.asOfJoin(missing, "t").compute())
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "as-of join on t: row 2 of the right table, counted from 0, has no value. Leave such rows away, with filter(col(\"t\").equal(col(\"t\")))");
    Table nan = Tables.ofRows(session, columns("x", list(1.0, 2.0, Double.NaN)), partitions);
    assertThatThrownBy(() -> nan.asOfJoin(nan.head(2), "x").compute())
        .hasMessageStartingWith(
            "as-of join on x: row 2 of the left table, counted from 0, has NaN. ");
    Table there = nan.filter(col("x").equal(col("x")));
    assertThat(there.asOfJoin(there, "x").compute().rows()).isEqualTo(2);
  }

  @Test
  void joinsThatHaveNoMeaningAreRefused() {
    Table left = trades(1);
    Table right = quotes(1);
    assertThatThrownBy(() -> left.asOfJoin(right, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "as-of join on id, which is string: it is of numbers or timestamps. Cast the column, or give keys that are equal to by");
    assertThatThrownBy(() -> left.asOfJoin(right, "v"))
        .hasMessageStartingWith(
            "join on v and v: the first is int64 and the second string, which are never equal.");
    assertThatThrownBy(() -> left.asOfJoin(right, "t", "name"))
        .hasMessageStartingWith("there is no column 'name'");
    assertThatThrownBy(() -> left.asOfJoin(right, AsOfSpec.on("t").tolerance(2)))
        .hasMessage(
            "as-of join on t with a tolerance of 2: t is timestamp. Give a period up to weeks, such as 2s");
    assertThatThrownBy(() -> left.asOfJoin(right, AsOfSpec.on("t").tolerance("1mo")))
        .hasMessageContaining("a tolerance of 1mo");
    for (AsOfSpec wrong :
        List.of(
            AsOfSpec.on("v").tolerance("2s"),
            AsOfSpec.on("v").tolerance(-1),
            AsOfSpec.on("v").tolerance(Double.NaN))) {
      assertThatThrownBy(() -> left.asOfJoin(left, wrong))
          .hasMessageMatching(
              "as-of join on v with a tolerance of .*: v is int64. Give a number from 0");
    }
    assertThatThrownBy(() -> left.asOfJoin(right, AsOfSpec.on("t").by(List.of("id"), List.of())))
        .hasMessageContaining("give as many keys of the right table as of the left");
    try (Session other = Session.open()) {
      Table foreign = Tables.ofRows(other, columns("v", list(1)), 1);
      assertThatThrownBy(() -> left.asOfJoin(foreign, "v"))
          .hasMessageStartingWith("the tables belong to different sessions");
    }
  }
}
