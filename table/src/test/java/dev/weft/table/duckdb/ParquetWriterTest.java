package dev.weft.table.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.io.file.FileOperations;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetWriterTest {
  private static final Session SESSION = Session.open();

  @TempDir Path folder;

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private ParquetWriter writer(Path file, Schema schema) {
    return new ParquetWriter(file, schema, FileOperations.SYSTEM);
  }

  private Table read(Path file) {
    Table none = Tables.ofRows(SESSION, java.util.Map.of("x", List.of()), 1);
    return none.sql("from read_parquet('%s')".formatted(file.toString().replace("'", "''")));
  }

  @Test
  void writesWhatDuckDbReadsInOrder() {
    Path file = folder.resolve("it's.parquet");
    Random random = new Random(5);
    RandomRows rows = new RandomRows(random);
    List<RandomRows.Kind> kinds = rows.kinds("a");
    Batch batch = rows.batch(kinds, 5_000);
    Table table = rows.table(SESSION, batch, 20);
    assertThat(table.save(() -> writer(file, table.schema()))).isEqualTo(5_000);
    HostTable back = read(file).compute();
    assertThat(Differences.of(table.compute(), back)).isEmpty();
    // Only the file remains.
    assertThat(folder).isDirectoryContaining(each -> each.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void writesWhatTablesRead() {
    Path file = folder.resolve("rows.parquet");
    Random random = new Random(6);
    RandomRows rows = new RandomRows(random);
    Batch batch = rows.batch(rows.kinds("a"), 1_000);
    Table table = rows.table(SESSION, batch, 3);
    table.save(() -> writer(file, table.schema()));
    HostTable back = Tables.read(SESSION, file).compute();
    assertThat(Differences.of(table.compute(), back)).isEmpty();
  }

  @Test
  void writesNoRows() {
    Path file = folder.resolve("none.parquet");
    Table none = Tables.ofRows(SESSION, java.util.Map.of("x", List.of()), 1);
    assertThat(none.save(() -> writer(file, none.schema()))).isZero();
    assertThat(read(file).schema()).hasToString("x: float64");
    assertThat(read(file).count()).isZero();
  }

  @Test
  void leavesWhatWasThereWhenItFails() throws Exception {
    Path file = folder.resolve("old.parquet");
    Files.writeString(file, "old");
    Table bad =
        Tables.ofRows(SESSION, java.util.Map.of("x", List.of("1", "no")), 2)
            .select(dev.weft.table.Columns.col("x").cast("int64").as("x"));
    assertThatThrownBy(() -> bad.save(() -> writer(file, bad.schema())))
        .isInstanceOf(UsageException.class);
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void refusesATableWithoutColumns() {
    Path file = folder.resolve("none.parquet");
    assertThatThrownBy(() -> writer(file, Schema.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "write %s: the table has no columns, and Parquet holds none such. Select a column"
                .formatted(file));
  }
}
