package dev.weft.table;

import static dev.weft.table.Columns.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.table.join.How;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Small forms of what random chains against DuckDB have found. */
class FoundByOracleTest {
  private static final Session SESSION = Session.open();

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private static List<Object> column(Table table, String name) {
    HostTable rows = table.compute();
    Object[] values = new Object[rows.rows()];
    Arrays.setAll(values, i -> rows.get(i, name));
    return Arrays.asList(values);
  }

  @Test
  void aChoiceBetweenTwoMomentsIsATimestamp() {
    Table table = Tables.ofRows(SESSION, Map.of("x", Arrays.asList(1L, null)), 1);
    Instant a = Instant.parse("2000-01-01T00:00:00Z");
    Table chosen = table.select(col("x").isNull().where(a, Instant.EPOCH).as("t"));
    assertThat(column(chosen, "t")).containsExactly(Instant.EPOCH, a);
  }

  @Test
  void missingValuesStayInOrderWhateverStandsInTheirPlace() {
    // The key is missing in all rows; numbers stand there that are not to be seen.
    Table table =
        Tables.ofRows(
            SESSION,
            Map.of(
                "x", List.of(3L, 2L, 1L),
                "none", Arrays.asList(null, null, null, 0L).subList(0, 3),
                "place", List.of("a", "b", "c")),
            1);
    Table sorted = table.sort(col("x").add(col("none").cast("int64")));
    assertThat(column(sorted, "place")).containsExactly("a", "b", "c");
  }

  @Test
  void textsOfADictionaryThatAreInNoRowHaveNoPartner() {
    Table all = Tables.ofRows(SESSION, Map.of("k", List.of("a", "b"), "x", List.of(1L, 2L)), 1);
    // The filtered table keeps the dictionary of both texts.
    Table right = all.filter(col("x").equal(1));
    assertThat(column(all.join(right, How.SEMI, "k"), "k")).containsExactly("a");
    assertThat(column(all.join(right, How.ANTI, "k"), "k")).containsExactly("b");
    assertThat(column(all.join(right, How.LEFT, "k"), "x_right")).containsExactly(1L, null);
  }
}
