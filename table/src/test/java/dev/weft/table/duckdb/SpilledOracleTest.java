package dev.weft.table.duckdb;

import static dev.weft.table.Columns.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sorts and joins for which memory has no room give the rows that they give with room. */
@Tag("long")
class SpilledOracleTest {
  private static final int CASES = 200;

  /** The least that a session takes: a quarter of it may wait in memory. */
  private static final long LITTLE = 1 << 20;

  @TempDir Path folder;

  private static List<String> keys(Random random, List<RandomRows.Kind> kinds) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      String name = kinds.get(random.nextInt(kinds.size())).name();
      if (!keys.contains(name)) {
        keys.add(name);
      }
    }
    return keys;
  }

  private static BinaryOperator<Table> operation(Random random, List<RandomRows.Kind> kinds) {
    List<String> keys = keys(random, kinds);
    if (random.nextInt(3) == 0) {
      boolean descending = random.nextBoolean();
      Object[] by =
          keys.stream().map(key -> descending ? (Object) col(key).descending() : key).toArray();
      return (left, right) -> left.sort(by);
    }
    List<String> join = new ArrayList<>(keys);
    // One key has few values: pairs would be too many with it alone.
    if (!join.contains("abig")) {
      join.add("abig");
    }
    How how = How.values()[random.nextInt(How.values().length)];
    JoinSpec spec = new JoinSpec(join, join, how, "_right");
    return (left, right) -> left.join(right, spec);
  }

  @Test
  void sortsAndJoinsByWayOfTheDisk() {
    SessionConfig much = SessionConfig.defaults().withThreads(2);
    SessionConfig little = much.withMemoryLimit(LITTLE).withSpillFolder(folder);
    try (Session roomy = Session.open(much);
        Session tight = Session.open(little)) {
      int cases = LongSuites.part(CASES);
      for (int i = 0; i < cases; i++) {
        int seed = i * (CASES / cases);
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(random);
        List<RandomRows.Kind> kinds = new ArrayList<>(rows.kinds("a"));
        if (kinds.stream().noneMatch(kind -> kind.name().equals("abig"))) {
          kinds.add(new RandomRows.Kind("abig", ColumnType.INT64, false));
        }
        Batch left = rows.batch(kinds, 4_000 + random.nextInt(4_000));
        // Some rows of the left table, so that there are partners.
        int[] some = random.ints(6_000, 0, left.rows()).toArray();
        Batch right = left.gather(some, some.length);
        BinaryOperator<Table> operation = operation(random, kinds);
        int partitions = 2 + random.nextInt(20);
        HostTable wanted =
            operation.apply(rows.table(roomy, left, 3), rows.table(roomy, right, 2)).compute();
        HostTable spilled =
            operation
                .apply(
                    rows.table(tight, left, partitions),
                    rows.table(tight, right, 1 + random.nextInt(9)))
                .compute();
        assertThat(Differences.of(wanted, spilled)).as("seed %d", seed).isEmpty();
        assertThat(folder).as("files are gone, seed %d", seed).isEmptyDirectory();
      }
    }
  }

  @Test
  void saysWhereThereIsNoRoomOnDiskEither() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    SessionConfig config =
        SessionConfig.defaults().withMemoryLimit(LITTLE).withSpillFolder(file.resolve("in"));
    try (Session session = Session.open(config)) {
      RandomRows rows = new RandomRows(new Random(1));
      List<RandomRows.Kind> kinds = List.of(new RandomRows.Kind("abig", ColumnType.INT64, false));
      Batch batch = rows.batch(kinds, 100_000);
      Table table = rows.table(session, batch, 5);
      for (Table larger : List.of(table.sort("abig"), table.join(table, How.SEMI, "abig"))) {
        assertThatThrownBy(larger::compute)
            .isInstanceOf(DeviceException.class)
            .hasMessageStartingWith("write rows for which memory has no room to " + file)
            .hasMessageEndingWith(
                "Free space there, name another folder with SessionConfig.withSpillFolder (--spill), or raise the memory limit");
      }
    }
  }
}
