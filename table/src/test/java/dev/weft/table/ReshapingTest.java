package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.OrderedFixtures.values;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.group.Aggregation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReshapingTest {
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

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void pivotsArePandas(int partitions) throws IOException {
    OrderedFixtures pandas = new OrderedFixtures("pivot.txt");
    Table table =
        Tables.ofRows(
            session,
            columns(
                "day", values(pandas.line("day").get(1), Long::valueOf),
                "half", values(pandas.line("half").get(1), text -> text),
                "name", values(pandas.line("name").get(1), text -> text),
                "x", values(pandas.line("x").get(1), Double::valueOf),
                "i", values(pandas.line("i").get(1), Long::valueOf)),
            partitions);
    assertThat(pandas.cases()).hasSize(42);
    for (List<String> of : pandas.cases()) {
      Object[] index = of.get(0).split(",");
      Aggregation value = OrderedFixtures.made(of.get(2), of.get(3));
      HostTable pivoted = table.pivot(of.get(1), value, index).sort(index).compute();
      List<String> names = new ArrayList<>(Arrays.asList(of.get(0).split(",")));
      names.addAll(Arrays.asList(of.get(4).split(",")));
      assertThat(pivoted.schema().names()).as("%s", of).isEqualTo(names);
      assertThat(pivoted.rows()).isEqualTo(of.size() - 5);
      for (int row = 0; row < pivoted.rows(); row++) {
        List<String> halves = Arrays.asList(of.get(5 + row).split("\\|", -1));
        List<String> keys = Arrays.asList(halves.get(0).split(","));
        List<Double> wanted = values(halves.get(1), Double::valueOf);
        for (int c = 0; c < names.size(); c++) {
          Object own = pivoted.get(row, names.get(c));
          if (c < index.length) {
            assertThat(String.valueOf(own)).isEqualTo(keys.get(c));
          } else {
            assertThat(OrderedFixtures.isNear(own, wanted.get(c - index.length)))
                .as("%s, row %d, %s: %s", of.subList(0, 4), row, names.get(c), own)
                .isTrue();
          }
        }
      }
    }
  }

  private static Table table(int partitions) {
    return Tables.ofRows(
        session,
        columns(
            "k", list("b", "a", null, "b", "a", "c"),
            "c", list(2.5, Double.NaN, 2.5, -1.0, null, null),
            "s", list("x", null, "z", "w", "v", "u")),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void columnsAreInOrderAndRowsInThatOfTheFirst(int partitions) {
    Table pivoted = table(partitions).pivot("c", max("s"), "k");
    assertThat(pivoted.schema()).hasToString("k: string, -1.0: string, 2.5: string, nan: string");
    // The row whose key is missing stays; those whose value is missing are left away.
    assertThat(rows(pivoted))
        .isEqualTo(
            list(
                list("b", "w", "x", null),
                list("a", null, null, null),
                list(null, null, "z", null)));
    assertThat(rows(table(partitions).pivot("c", count(), "k")))
        .isEqualTo(
            list(list("b", 1L, 1L, null), list("a", null, null, 1L), list(null, null, 1L, null)));
  }

  @Test
  void expressionsAreKeysAndColumns() {
    Table pivoted =
        table(2)
            .pivot(col("c").greater(0).as("positive"), count("s"), col("k").text().upper().as("K"));
    assertThat(pivoted.schema()).hasToString("K: string, false: int64, true: int64");
    assertThat(rows(pivoted))
        .isEqualTo(list(list("B", 1L, 1L), list("A", 0L, null), list(null, null, 1L)));
  }

  @Test
  void tablesWithoutRowsHaveNoNewColumns() {
    Table none = table(2).filter(col("c").greater(100));
    Table pivoted = none.pivot("c", count(), "k");
    assertThat(pivoted.schema()).hasToString("k: string");
    assertThat(rows(pivoted)).isEmpty();
  }

  @Test
  void whatNobodyReadsIsLeftAway() {
    Table pivoted = table(1).pivot("c", max("s"), "k");
    assertThat(pivoted.select("2.5").explain())
        .isEqualTo(
            """
            select 2.5
              pivot c into 1 column
                group by k, c: max_s = max(s)
                  filter logical_not(c.isNull())
                    read memory: k, c, s, 1 partition
            """);
    assertThat(rows(pivoted.select("2.5")))
        .isEqualTo(list(list("x"), list((Object) null), list("z")));
    assertThat(pivoted.explain()).startsWith("pivot c into 3 columns\n");
    assertThat(pivoted.count()).isEqualTo(3);
  }

  @Test
  void groupsThatHaveNoRoomArePivotedAlike() {
    List<?> keys = LongStream.range(0, 20_000).map(i -> i * 7919 % 10_007).boxed().toList();
    List<?> names = LongStream.range(0, 20_000).map(i -> i % 3).boxed().toList();
    List<List<Object>> wanted = null;
    for (int memory : new int[] {1 << 30, 1 << 20}) {
      try (Session small = Sessions.small(folder, memory)) {
        Table table = Tables.ofRows(small, columns("k", keys, "c", names, "s", keys), 7);
        List<List<Object>> rows =
            rows(table.pivot("c", max(col("s").cast("string")).named("m"), "k"));
        assertThat(rows).hasSize(10_007);
        wanted = wanted == null ? rows : wanted;
        assertThat(rows).isEqualTo(wanted);
      }
    }
  }

  @Test
  void pivotsThatHaveNoMeaningAreRefused() {
    Table table = table(1);
    assertThatThrownBy(() -> table.pivot("c", count()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "pivot on c: give the keys of the rows, one at least, such as pivot(\"name\", mean(\"x\"), \"day\")");
    assertThatThrownBy(() -> table.pivot("d", count(), "k"))
        .hasMessageStartingWith("there is no column 'd'");
    assertThatThrownBy(() -> table.pivot("c", mean("s"), "k"))
        .hasMessageStartingWith("mean of s, which is string");
    Table keys = Tables.ofRows(session, columns("a", list(1), "name", list("a")), 1);
    assertThatThrownBy(() -> keys.pivot("name", count(), "a"))
        .hasMessage("two columns are named 'a'; give each a name of its own");
    List<?> many = LongStream.range(0, 10_001).boxed().toList();
    Table wide = Tables.ofRows(session, columns("c", many, "k", many), 3);
    assertThatThrownBy(() -> wide.pivot("c", count(), "k"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "pivot on c: it has more than 10,000 different values, and each would be a column. Filter the rows first, or pivot on less different values, such as on days instead of moments");
    Table most = wide.head(10_000).pivot("c", count(), col("k").remainder(2).as("k"));
    assertThat(most.schema().size()).isEqualTo(10_001);
    assertThat(rows(most.select("k", "9999"))).isEqualTo(list(list(0L, null), list(1L, 1L)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void meltsArePandas(int partitions) throws IOException {
    OrderedFixtures pandas = new OrderedFixtures("melt.txt");
    Table table =
        Tables.ofRows(
            session,
            columns(
                "id", list(3, 1, 2),
                "name", list("a", "b", "c"),
                "x", list(0.5, null, 2.0),
                "y", list(1, 2, 3)),
            partitions);
    Table melted = table.melt(List.of("id", "name"), List.of("x", "y"));
    assertThat(melted.schema())
        .hasToString("id: int64, name: string, variable: string, value: float64");
    List<Object> id = values(pandas.line("id").get(1), Long::valueOf);
    List<Object> name = values(pandas.line("name").get(1), text -> text);
    List<Object> variable = values(pandas.line("variable").get(1), text -> text);
    List<Object> value = values(pandas.line("value").get(1), Double::valueOf);
    List<List<Object>> wanted = new ArrayList<>();
    for (int i = 0; i < id.size(); i++) {
      wanted.add(Arrays.asList(id.get(i), name.get(i), variable.get(i), value.get(i)));
    }
    assertThat(rows(melted)).isEqualTo(wanted);
    assertThat(rows(table.melt(List.of(), List.of("name"))))
        .isEqualTo(list(list("name", "a"), list("name", "b"), list("name", "c")));
    // Back again.
    assertThat(rows(melted.pivot("variable", max("value"), "id", "name")))
        .isEqualTo(
            list(list(3L, "a", 0.5, 1.0), list(1L, "b", null, 2.0), list(2L, "c", 2.0, 3.0)));
  }

  @Test
  void meltsThatHaveNoMeaningAreRefused() {
    Table table = table(1);
    assertThatThrownBy(() -> table.melt(List.of("k"), List.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("melt: give the columns that become rows, one at least; the table has k, c, s");
    assertThatThrownBy(() -> table.melt(List.of("k"), List.of("c", "s")))
        .hasMessage(
            "melt of c and s: the first is float64 and the second string, which are of no one type. Cast one of them, as in withColumn(\"c\", col(\"c\").cast(\"string\"))");
    assertThatThrownBy(() -> table.melt(List.of("key"), List.of("c")))
        .hasMessageStartingWith("there is no column 'key'");
    assertThatThrownBy(
            () -> table.rename(java.util.Map.of("k", "value")).melt(List.of("value"), List.of("c")))
        .hasMessage("two columns are named 'value'; give each a name of its own");
  }
}
