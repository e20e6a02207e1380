package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.first;
import static dev.weft.table.Columns.last;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.median;
import static dev.weft.table.Columns.min;
import static dev.weft.table.Columns.nunique;
import static dev.weft.table.Columns.quantile;
import static dev.weft.table.Columns.std;
import static dev.weft.table.Columns.sum;
import static dev.weft.table.Columns.var;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static dev.weft.table.Sessions.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupByTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Table table(int partitions) {
    return Tables.ofRows(
        session,
        columns(
            "k", list("b", "a", null, "b", "a", "b", null),
            "i", list(1, 2, 3, null, 5, 6, 7),
            "x", list(0.5, Double.NaN, 2.0, 1.5, null, 4.0, -0.0),
            "s", list("z", "y", "x", null, "y", "ä", "x")),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void groupsAreInTheOrderOfTheirFirstRows(int partitions) {
    Table t = table(partitions);
    assertThat(rows(t.groupBy("k").agg(count(), count("i"), sum("i"), mean("i"))))
        .isEqualTo(
            list(
                list("b", 3L, 2L, 7L, 3.5),
                list("a", 2L, 2L, 7L, 3.5),
                list(null, 2L, 2L, 10L, 5.0)));
    assertThat(rows(t.groupBy("k").agg(min("x"), max("x"), first("x"), last("x"), sum("x"))))
        .isEqualTo(
            list(
                list("b", 0.5, 4.0, 0.5, 4.0, 6.0),
                list("a", Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                list(null, -0.0, 2.0, 2.0, -0.0, 2.0)));
    assertThat(rows(t.groupBy("k").agg(min("s"), max("s"), first("s"), last("s"), nunique("s"))))
        .isEqualTo(
            list(
                list("b", "z", "ä", "z", "ä", 2L),
                list("a", "y", "y", "y", "y", 1L),
                list(null, "x", "x", "x", "x", 1L)));
    assertThat(rows(t.groupBy("k").agg(median("i"), quantile("i", 0.25), var("i"), std("x"))))
        .isEqualTo(
            list(
                list("b", 3.5, 2.25, 12.5, Math.sqrt(19.5 / 6)),
                list("a", 3.5, 2.75, 4.5, null),
                list(null, 5.0, 4.0, 8.0, Math.sqrt(2))));
  }

  @Test
  void quantilesBesideInfinitiesAreInfinite() {
    double infinity = Double.POSITIVE_INFINITY;
    Table t = Tables.ofRows(session, columns("x", list(infinity, 1.0)), 1);
    assertThat(rows(t.agg(median("x"), quantile("x", 0.25), quantile("x", 0.0).named("least"))))
        .isEqualTo(list(list(infinity, infinity, 1.0)));
    Table both = Tables.ofRows(session, columns("x", list(infinity, -infinity)), 1);
    assertThat(rows(both.agg(median("x")))).isEqualTo(list(list(Double.NaN)));
  }

  @Test
  void keysMayBeExpressionsAndSeveral() {
    assertThat(
            rows(
                table(3)
                    .groupBy(col("k").fillNull("?").as("k"), col("i").remainder(2).as("odd"))
                    .count()))
        .isEqualTo(
            list(
                list("b", 1L, 1L),
                list("a", 0L, 1L),
                list("?", 1L, 2L),
                list("b", null, 1L),
                list("a", 1L, 1L),
                list("b", 0L, 1L)));
  }

  @Test
  void withoutKeysThereIsOneRowAlsoOfNoRows() {
    assertThat(rows(table(2).agg(sum("i"), count(), mean("x"))))
        .isEqualTo(list(list(24L, 7L, Double.NaN)));
    Table none = table(2).filter(col("i").greater(100));
    assertThat(rows(none.agg(sum("i"), count(), mean("x"), min("s"), sum("x"))))
        .isEqualTo(list(list(0L, 0L, null, null, 0.0)));
    assertThat(rows(none.groupBy("k").count())).isEmpty();
  }

  @Test
  void aFunctionOfYourOwnSeesTheValuesInOrder() {
    assertThat(
            rows(
                table(3)
                    .groupBy("k")
                    .agg(Columns.of("all", "i", ColumnType.TEXT, values -> values.toString()))))
        .isEqualTo(list(list("b", "[1, 6]"), list("a", "[2, 5]"), list(null, "[3, 7]")));
    assertThatThrownBy(
            () ->
                table(1).agg(Columns.of("all", "i", ColumnType.INT64, values -> "text")).compute())
        .isInstanceOf(UsageException.class)
        .hasMessage("all: the function gave text, which is no int64. Say the type of its result");
  }

  @Test
  void valuesAreCountedTheMostFrequentFirst() {
    assertThat(rows(table(2).valueCounts("k")))
        .isEqualTo(list(list("b", 3L), list("a", 2L), list(null, 2L)));
  }

  @Test
  void sumsHaveTheSameBitsWhateverPartitionsAndThreads() {
    Random random = new Random(5);
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      keys.add(random.nextInt(7));
      values.add(Math.scalb(random.nextGaussian(), random.nextInt(80)));
    }
    Map<String, List<?>> columns = columns("k", keys, "x", values);
    List<List<Object>> one = null;
    for (int partitions : new int[] {1, 2, 13, 50}) {
      List<List<Object>> result =
          rows(
              Tables.ofRows(session, columns, partitions)
                  .groupBy("k")
                  .agg(sum("x"), mean("x"), var("x"), std("x"), median("x")));
      one = one == null ? result : one;
      assertThat(result).isEqualTo(one);
    }
  }

  @Test
  void varianceFarFromZeroIsRight() {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      values.add(1e9 + i % 2);
    }
    Table t = Tables.ofRows(session, columns("x", values), 7);
    // 500 times 1/4 above and below the mean: 250 / 999.
    assertThat(rows(t.agg(var("x")))).isEqualTo(list(list(250.0 / 999)));
  }

  @Test
  void equalLongsBeyondDoublesHaveNoVariance() {
    long odd = (1L << 53) + 1;
    Table t = Tables.ofRows(session, columns("i", list(odd, odd, odd)), 2);
    assertThat(rows(t.agg(var("i"), std("i")))).isEqualTo(list(list(0.0, 0.0)));
  }

  @Test
  void longsAreSummedExactly() {
    Table t =
        Tables.ofRows(
            session, columns("i", list(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE)), 2);
    // The exact sum is 2^63 - 3, a third of which rounds to this.
    assertThat(rows(t.agg(mean("i")))).isEqualTo(list(list(0x1p63 / 3)));
    assertThat(rows(t.agg(sum("i")))).isEqualTo(list(list(Long.MAX_VALUE - 2)));
  }

  @Test
  void deviationsOfTinyNumbersAreNotBelowZero() {
    // Their squares are rounded, some up and some down.
    for (double x : new double[] {1e-160, 3e-161, 7e-162, 1.7e-162, 2.2e-162, 1e-200}) {
      Table t = Tables.ofRows(session, columns("x", list(x, x, x)), 2);
      assertThat(rows(t.agg(var("x"), std("x"))).getFirst())
          .allSatisfy(value -> assertThat((Double) value).isBetween(0.0, 1e-161));
    }
  }

  @Test
  void distinctKeepsFirstRows() {
    Table t = table(3);
    assertThat(rows(t.select("k").distinct()))
        .isEqualTo(list(list("b"), list("a"), list((Object) null)));
    assertThat(rows(t.distinct("k").select("k", "i")))
        .isEqualTo(list(list("b", 1L), list("a", 2L), list(null, 3L)));
  }

  @Test
  void whatCannotBeSummedIsRefused() {
    assertThatThrownBy(() -> table(1).agg(sum("s")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "sum of s, which is string: it is of numbers. Use count, min, max, first, last or nunique, or cast the column");
    assertThatThrownBy(() -> table(1).groupBy("kk"))
        .hasMessage("there is no column 'kk'; did you mean k? The table has k, i, x, s");
    assertThatThrownBy(() -> quantile("i", 2))
        .hasMessage("quantile 2.0; give a number from 0 to 1");
    assertThatThrownBy(() -> sum(5))
        .hasMessage(
            "5 of java.lang.Integer in an aggregation; give the name of a column, or an expression that begins with col(name)");
    assertThatThrownBy(() -> table(1).groupBy("k").agg(sum("i"), sum("i")))
        .hasMessage("two columns are named 'sum_i'; give each a name of its own");
  }
}
