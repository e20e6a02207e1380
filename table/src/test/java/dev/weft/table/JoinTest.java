package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTest {
  private static Session session;

  @TempDir static Path folder;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Table left(int partitions) {
    return Tables.ofRows(
        session,
        columns("k", list(1, 2, null, 3, 2), "v", list("a", "b", "c", "d", "e")),
        partitions);
  }

  private static Table right(int partitions) {
    return Tables.ofRows(
        session,
        columns("k", list(2, null, 9, 2, 1), "v", list("A", "B", "C", "D", "E")),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void rowsAreInTheOrderOfTheLeftTableThenOfTheRight(int partitions) {
    Table l = left(partitions);
    Table r = right(partitions);
    List<?> pairs =
        list(
            list(1L, "a", "E"),
            list(2L, "b", "A"),
            list(2L, "b", "D"),
            list(2L, "e", "A"),
            list(2L, "e", "D"));
    assertThat(rows(l.join(r, "k"))).isEqualTo(pairs);
    assertThat(l.join(r, "k").schema().names()).containsExactly("k", "v", "v_right");
    assertThat(rows(l.join(r, How.LEFT, "k")))
        .isEqualTo(
            list(
                list(1L, "a", "E"),
                list(2L, "b", "A"),
                list(2L, "b", "D"),
                list(null, "c", null),
                list(3L, "d", null),
                list(2L, "e", "A"),
                list(2L, "e", "D")));
    List<Object> all = new ArrayList<>(pairs);
    all.add(list(null, null, "B"));
    all.add(list(9L, null, "C"));
    assertThat(rows(l.join(r, How.RIGHT, "k"))).isEqualTo(all);
    List<List<Object>> outer = rows(l.join(r, How.OUTER, "k"));
    assertThat(outer).hasSize(9);
    assertThat(outer.subList(7, 9)).isEqualTo(all.subList(5, 7));
    assertThat(rows(l.join(r, How.SEMI, "k")))
        .isEqualTo(list(list(1L, "a"), list(2L, "b"), list(2L, "e")));
    assertThat(rows(l.join(r, How.ANTI, "k"))).isEqualTo(list(list(null, "c"), list(3L, "d")));
  }

  @Test
  void keysMayHaveOtherNamesAndBeSeveral() {
    Table r = right(2).rename(Map.of("k", "key", "v", "w"));
    JoinSpec spec = new JoinSpec(List.of("k"), List.of("key"), How.INNER, "_r");
    assertThat(left(2).join(r, spec).schema().names()).containsExactly("k", "v", "key", "w");
    Table two = left(2).withColumn("u", col("v").text().upper());
    assertThat(
            rows(
                two.join(
                    right(1), new JoinSpec(List.of("k", "u"), List.of("k", "v"), How.INNER, "_r"))))
        .isEmpty();
    Table same = right(1).withColumn("v", col("v").text().lower());
    assertThat(rows(left(2).join(same, "k", "v"))).isEqualTo(list());
    assertThat(rows(left(2).join(left(1), "k", "v"))).hasSize(4);
  }

  @Test
  void nanIsEqualToNanAndZeroToMinusZero() {
    Table a = Tables.ofRows(session, columns("x", list(Double.NaN, 0.0, 1.5)), 1);
    Table b = Tables.ofRows(session, columns("x", list(-0.0, Double.NaN), "y", list(1, 2)), 1);
    assertThat(rows(a.join(b, "x"))).isEqualTo(list(list(Double.NaN, 2L), list(0.0, 1L)));
  }

  private static Table random(Session of, int rows, int keys, int partitions, String name) {
    Random random = new Random(rows);
    List<Object> k = new ArrayList<>();
    List<Object> s = new ArrayList<>();
    List<Object> v = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      k.add(random.nextInt(50) == 0 ? null : random.nextInt(keys));
      s.add("text " + random.nextInt(40));
      v.add(i);
    }
    return Tables.ofRows(of, columns("k", k, "s" + name, s, name, v), partitions);
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void whatIsLargerThanMemoryIsJoinedToTheSameRows(How how) throws Exception {
    List<List<Object>> wanted =
        rows(
            random(session, 20_000, 9000, 3, "l")
                .join(random(session, 15_000, 9500, 2, "r"), how, "k"));
    Path spill = Files.createTempDirectory(folder, "spill");
    try (Session small = Sessions.small(spill, 1 << 20)) {
      Table l = random(small, 20_000, 9000, 7, "l");
      Table r = random(small, 15_000, 9500, 5, "r");
      assertThat(rows(l.join(r, how, "k"))).isEqualTo(wanted);
    }
    try (Stream<Path> left = Files.list(spill)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void keysThatAreNeverEqualAreRefused() {
    Table text = Tables.ofRows(session, columns("k", list("1")), 1);
    assertThatThrownBy(() -> left(1).join(text, "k"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "join on k and k: the first is int64 and the second string, which are never equal. Cast one of them, as in withColumn(\"k\", col(\"k\").cast(\"int64\"))");
    assertThatThrownBy(() -> left(1).join(text))
        .hasMessage(
            "join on [] and []: give as many keys of the right table as of the left, at least one");
    assertThatThrownBy(() -> left(1).join(text, "vv"))
        .hasMessageStartingWith("there is no column 'vv'");
    try (Session other = Session.open()) {
      Table foreign = Tables.ofRows(other, columns("k", list(1)), 1);
      assertThatThrownBy(() -> left(1).join(foreign, "k"))
          .hasMessage(
              "the tables belong to different sessions; make both in one, or compute one of them");
    }
  }
}
