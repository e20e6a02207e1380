package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.min;
import static dev.weft.table.Columns.std;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimeseriesTest {
  private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Table days(int days, Duration partition) {
    return Tables.timeseries(
        session, START, START.plus(Duration.ofDays(days)), Duration.ofMinutes(1), partition, 3);
  }

  @Test
  void hasARowForEachStep() {
    HostTable rows = days(3, Duration.ofDays(1)).compute();
    assertThat(rows.rows()).isEqualTo(3 * 24 * 60);
    assertThat(rows.schema().toString())
        .isEqualTo("timestamp: timestamp, name: string, id: int64, x: float64, y: float64");
    assertThat(rows.getInstant(1441, "timestamp")).isEqualTo(START.plus(Duration.ofMinutes(1441)));
  }

  @Test
  void doesNotDependOnPartitions() {
    HostTable days = days(3, Duration.ofDays(1)).compute();
    HostTable hours = days(3, Duration.ofHours(5)).compute();
    for (int i = 0; i < days.rows(); i++) {
      assertThat(new HostTable.Row(days, i).toString())
          .isEqualTo(new HostTable.Row(hours, i).toString());
    }
  }

  @Test
  void looksAsItIsDescribed() {
    HostTable all =
        Tables.timeseries(session)
            .agg(count(), min("x"), max("x"), mean("x"), std("x"), mean("id"), std("id"), min("y"))
            .compute();
    assertThat(all.getLong(0, "count")).isEqualTo(2_592_000);
    assertThat(all.getDouble(0, "min_x")).isBetween(-1.0, -0.9999);
    assertThat(all.getDouble(0, "max_x")).isBetween(0.9999, 1.0);
    assertThat(all.getDouble(0, "mean_x")).isCloseTo(0, within(0.002));
    // A uniform number from -1 to 1 has the variance 1/3.
    assertThat(all.getDouble(0, "std_x")).isCloseTo(Math.sqrt(1 / 3.0), within(0.001));
    assertThat(all.getDouble(0, "mean_id")).isCloseTo(1000, within(0.1));
    assertThat(all.getDouble(0, "std_id")).isCloseTo(Math.sqrt(1000), within(0.1));
  }

  @Test
  void anotherSeedGivesOtherRows() {
    Instant end = START.plus(Duration.ofHours(1));
    Duration step = Duration.ofSeconds(1);
    Table a = Tables.timeseries(session, START, end, step, Duration.ofDays(1), 1);
    Table b = Tables.timeseries(session, START, end, step, Duration.ofDays(1), 2);
    Table same =
        a.withColumn("same", col("x").equal(0.5))
            .select("timestamp", "x")
            .join(b, "timestamp", "x");
    assertThat(same.count()).isZero();
  }

  @Test
  void refusesTimesThatMakeNoRows() {
    assertThatThrownBy(
            () ->
                Tables.timeseries(
                    session, START, START, Duration.ofSeconds(1), Duration.ofDays(1), 0))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "timeseries from 2000-01-01T00:00:00Z to 2000-01-01T00:00:00Z in steps of PT1S and partitions of PT24H; the end must be after the start, steps longer than 0, and partitions at least a step");
  }
}
