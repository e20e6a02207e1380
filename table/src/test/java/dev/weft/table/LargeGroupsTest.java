package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.first;
import static dev.weft.table.Columns.last;
import static dev.weft.table.Columns.max;
import static dev.weft.table.Columns.mean;
import static dev.weft.table.Columns.median;
import static dev.weft.table.Columns.nunique;
import static dev.weft.table.Columns.std;
import static dev.weft.table.Columns.sum;
import static dev.weft.table.Sessions.columns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.table.column.Batch;
import dev.weft.table.plan.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that have no room in memory are those that they are with room, in the same order. */
class LargeGroupsTest {
  private static final int ROWS = 30_000;

  /** A quarter of it may wait in memory: less than the groups take. */
  private static final long LITTLE = 1 << 20;

  @TempDir Path folder;

  private static Map<String, List<?>> random(int seed) {
    Random random = new Random(seed);
    List<Object> keys = new ArrayList<>();
    List<Object> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      keys.add(random.nextInt(50) == 0 ? null : (Object) (long) random.nextInt(15_000));
      names.add("name " + random.nextInt(20));
      values.add(
          random.nextInt(40) == 0
              ? null
              : random.nextInt(500) == 0 ? Double.NaN : random.nextGaussian());
      numbers.add(random.nextInt(100));
    }
    return columns("key", keys, "name", names, "x", values, "n", numbers);
  }

  private static String text(Batch batch) {
    return TablePrinter.text(batch, Integer.MAX_VALUE);
  }

  private void same(UnaryOperator<Table> operation, int partitions) {
    try (Session roomy = Session.open();
        Session tight = Sessions.small(folder, LITTLE)) {
      Map<String, List<?>> rows = random(partitions);
      String wanted = text(operation.apply(Tables.ofRows(roomy, rows, 3)).compute().batch());
      Table table = operation.apply(Tables.ofRows(tight, rows, partitions));
      try (Run run = new Run(tight)) {
        assertThat(text(run.collect(table.relation()))).isEqualTo(wanted);
        assertThat(run.store().spilled()).isPositive();
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 23})
  void ofGroups(int partitions) {
    same(
        table ->
            table
                .filter(col("n").less(95))
                .groupBy(col("key"), col("name").text().upper().as("who"))
                .agg(
                    count(),
                    sum("n"),
                    mean(col("x").multiply(2)).named("twice"),
                    std("x"),
                    max("name"),
                    first("x"),
                    last("n"),
                    nunique("n"),
                    median("x")),
        partitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 23})
  void ofDifferentRows(int partitions) {
    same(table -> table.drop("x").distinct("key", "n"), partitions);
  }
}
