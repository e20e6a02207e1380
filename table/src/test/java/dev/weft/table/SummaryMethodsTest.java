package dev.weft.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Summaries against pandas, DuckDB and exact fractions. */
class SummaryMethodsTest {
  private static final Session SESSION = Session.open();
  private static final int[] PARTITIONS = {1, 3, 7, 50};

  /** Words of the fixture, to names, to values; missing ones are null. */
  private static final Map<String, Map<String, List<Double>>> FIXTURE = fixture();

  private static final List<String> NAMES = List.copyOf(FIXTURE.get("column").keySet());

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private static Map<String, Map<String, List<Double>>> fixture() {
    Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();
    try (InputStream file = SummaryMethodsTest.class.getResourceAsStream("summary/summary.txt")) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        String[] fields = line.split("\t", -1);
        if (fields.length > 2) {
          List<Double> values = new ArrayList<>();
          for (String field : Arrays.asList(fields).subList(2, fields.length)) {
            values.add(
                field.isEmpty()
                    ? null
                    : field.equals("nan") ? (Double) Double.NaN : Double.valueOf(field));
          }
          all.computeIfAbsent(fields[0], word -> new LinkedHashMap<>()).put(fields[1], values);
        }
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Table table(int partitions) {
    return Tables.ofRows(SESSION, FIXTURE.get("column"), partitions);
  }

  private static List<Double> row(HostTable matrix, int row) {
    List<Double> values = new ArrayList<>();
    NAMES.forEach(name -> values.add((Double) matrix.get(row, name)));
    return values;
  }

  private static void likePandas(HostTable matrix, Map<String, List<Double>> pandas) {
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(matrix.getString(i, "column")).isEqualTo(NAMES.get(i));
      for (int j = 0; j < NAMES.size(); j++) {
        Double wanted = pandas.get(NAMES.get(i)).get(j);
        Object got = matrix.get(i, NAMES.get(j));
        if (wanted == null) {
          // pandas writes NaN for both.
          assertThat(got == null || Double.isNaN((Double) got)).isTrue();
        } else {
          // pandas has three digits where large values vary little; exact ones are below.
          assertThat((Double) got)
              .as("%s, %s", NAMES.get(i), NAMES.get(j))
              .isCloseTo(wanted, within(5e-3 * Math.abs(wanted)));
        }
      }
    }
  }

  @Test
  void covariancesAndCorrelations() {
    for (int partitions : PARTITIONS) {
      HostTable cov = table(partitions).cov();
      HostTable corr = table(partitions).corr();
      likePandas(cov, FIXTURE.get("pandas cov"));
      likePandas(corr, FIXTURE.get("pandas corr"));
      for (int i = 0; i < NAMES.size(); i++) {
        assertThat(row(cov, i)).isEqualTo(FIXTURE.get("exact cov").get(NAMES.get(i)));
        assertThat(row(corr, i)).isEqualTo(FIXTURE.get("exact corr").get(NAMES.get(i)));
      }
    }
  }

  @Test
  void someColumnsAndOtherTypes() {
    Table t =
        Tables.ofRows(
            SESSION,
            Sessions.columns(
                "column", List.of(1L, 2L, 4L),
                "s", List.of("x", "y", "z"),
                "up", List.of(true, false, true),
                "y", List.of(2.0, 4.0, 8.0)),
            2);
    HostTable some = t.corr("y", "column");
    assertThat(some.schema()).hasToString("column_: string, y: float64, column: float64");
    assertThat(some.doubles("y")).containsExactly(1, 1);
    assertThat(t.cov().schema().names()).containsExactly("column_", "column", "up", "y");
    assertThat(t.cov("up").doubles("up")[0]).isEqualTo(1.0 / 3);
    assertThat(t.select("s").corr().rows()).isZero();
    assertThatThrownBy(() -> t.corr("y", "s"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "corr of s, which is string: it is of numbers. Leave the column out, or cast it");
    assertThatThrownBy(() -> t.cov("z"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("there is no column 'z'");
  }

  /** A row counts for those pairs alone of which both columns are there. */
  @Test
  void nanAndInfinities() {
    Table t =
        Tables.ofRows(
            SESSION,
            Sessions.columns(
                "x", Sessions.list(1.0, 2.0, Double.NaN, 4.0, 1e200),
                "y", Sessions.list(1.0, 3.0, null, 2.0, null),
                "z", Sessions.list(1.0, 2.0, 3.0, Double.POSITIVE_INFINITY, 1.0)),
            3);
    HostTable corr = t.corr();
    assertThat(corr.getDouble(0, "x")).isNaN();
    assertThat(corr.getDouble(0, "y")).isEqualTo(0.3273268353539886);
    assertThat(corr.getDouble(0, "z")).isNaN();
    assertThat(corr.getDouble(1, "y")).isEqualTo(1);
    assertThat(corr.getDouble(2, "y")).isNaN();
    Table three = t.filter(Columns.col("y").isNull().not());
    assertThat(three.cov("x", "y").getDouble(0, "y")).isEqualTo(0.5);
    assertThat(three.cov("x", "y").getDouble(0, "x")).isEqualTo(7.0 / 3);
  }

  @Test
  void quantilesAsPandasHasThem() {
    double[] q = FIXTURE.get("q").get("q").stream().mapToDouble(Double::doubleValue).toArray();
    for (int partitions : PARTITIONS) {
      HostTable quantiles = table(partitions).quantile(q);
      assertThat(quantiles.doubles("q")).containsExactly(q);
      for (String name : NAMES) {
        double[] wanted =
            FIXTURE.get("quantile").get(name).stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(quantiles.doubles(name)).as(name).containsExactly(wanted);
      }
    }
    HostTable median = table(2).quantile();
    assertThat(median.rows()).isEqualTo(1);
    assertThat(median.doubles("q")).containsExactly(0.5);
    assertThat(Tables.ofRows(SESSION, Map.of("q", List.of(1.0, 2.0)), 1).quantile(1).schema())
        .hasToString("q_: float64, q: float64");
    assertThatThrownBy(() -> table(1).quantile(0.5, 1.5))
        .isInstanceOf(UsageException.class)
        .hasMessage("quantile 1.5; give a number from 0 to 1");
  }

  @Test
  void differentValuesOfEachColumn() {
    for (int partitions : PARTITIONS) {
      HostTable counts = table(partitions).nunique().compute();
      assertThat(counts.rows()).isEqualTo(1);
      for (int i = 0; i < NAMES.size(); i++) {
        assertThat(counts.getLong(0, NAMES.get(i)))
            .isEqualTo(FIXTURE.get("nunique").get("all").get(i).longValue());
      }
    }
    Table t = Tables.ofRows(SESSION, Map.of("s", Sessions.list("a", null, "b", "a")), 2);
    assertThat(t.nunique().compute().getLong(0, "s")).isEqualTo(2);
  }

  @Test
  void typesAndMissingValues() {
    HostTable info = table(3).info();
    assertThat(info.schema())
        .hasToString("column: string, type: string, count: int64, missing: int64");
    for (int i = 0; i < NAMES.size(); i++) {
      long count = FIXTURE.get("count").get("all").get(i).longValue();
      assertThat(info.getString(i, "column")).isEqualTo(NAMES.get(i));
      assertThat(info.getString(i, "type")).isEqualTo("float64");
      assertThat(info.getLong(i, "count")).isEqualTo(count);
      assertThat(info.getLong(i, "missing")).isEqualTo(200 - count);
    }
  }

  @Test
  void asDuckDbHasThem() {
    Table t = Tables.timeseries(SESSION).head(100_000);
    HostTable sql =
        t.sql(
                "select corr(x, y) as r, covar_samp(x, id) as c, quantile_cont(y, 0.3) as q, count(distinct name) as n from t")
            .compute();
    HostTable corr = t.corr("x", "y", "id");
    assertThat(corr.getDouble(0, "y")).isCloseTo(sql.getDouble(0, "r"), within(1e-12));
    assertThat(t.cov("x", "id").getDouble(0, "id")).isCloseTo(sql.getDouble(0, "c"), within(1e-9));
    assertThat(t.quantile(0.3).getDouble(0, "y")).isCloseTo(sql.getDouble(0, "q"), within(1e-12));
    assertThat(t.nunique().compute().getLong(0, "name")).isEqualTo(sql.getLong(0, "n"));
  }
}
