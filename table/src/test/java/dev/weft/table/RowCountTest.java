package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sources know their rows: counts read nothing, and first rows no more than they need. */
class RowCountTest {
  private static final Session SESSION = Session.open();
  private static final Schema SCHEMA = Schema.of(new Field("x", ColumnType.INT64));

  /** Which partitions were read. */
  private final Set<Integer> read = Collections.synchronizedSet(new TreeSet<>());

  /** Ten partitions: those with even numbers of 10 rows, the others empty. */
  private final class Tens implements TableSource {
    private final boolean isKnown;

    Tens(boolean isKnown) {
      this.isKnown = isKnown;
    }

    @Override
    public String description() {
      return "tens";
    }

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public int partitions() {
      return 10;
    }

    @Override
    public long rows(int partition) {
      return isKnown ? length(partition) : -1;
    }

    private int length(int partition) {
      return partition % 2 == 0 ? 10 : 0;
    }

    @Override
    public Batch read(int partition, List<String> columns) {
      read.add(partition);
      long[] values = new long[length(partition)];
      for (int i = 0; i < values.length; i++) {
        values[i] = partition * 5L + i;
      }
      Batch all =
          new Batch(SCHEMA, List.of(ColumnData.of(ColumnType.INT64, values, null)), values.length);
      return all.select(columns);
    }
  }

  @AfterAll
  static void close() {
    SESSION.close();
  }

  @BeforeEach
  void forget() {
    read.clear();
  }

  private Table table(boolean isKnown) {
    return Tables.of(SESSION, new Tens(isKnown));
  }

  @Test
  void knownRowsAreCountedWithoutReading() {
    Table t = table(true);
    assertThat(t.count()).isEqualTo(50);
    assertThat(t.withColumn("y", col("x").add(1)).select("y").count()).isEqualTo(50);
    assertThat(t.sort("x").count()).isEqualTo(50);
    assertThat(t.sort("x").head(7).count()).isEqualTo(7);
    assertThat(t.head(12).count()).isEqualTo(12);
    assertThat(t.tail(80).count()).isEqualTo(50);
    assertThat(t.concat(t, t.head(3)).count()).isEqualTo(103);
    assertThat(t.agg(sum("x")).count()).isEqualTo(1);
    assertThat(read).isEmpty();
  }

  @Test
  void otherRowsAreCountedByReading() {
    assertThat(table(true).filter(col("x").less(20)).count()).isEqualTo(20);
    assertThat(read).hasSize(10);
    assertThat(table(true).distinct("x").count()).isEqualTo(50);
    assertThat(table(true).groupBy("x").count().count()).isEqualTo(50);
    assertThat(table(true).join(table(true), "x").count()).isEqualTo(50);
    assertThat(table(true).sample(1, 0).count()).isEqualTo(50);
    assertThat(table(false).count()).isEqualTo(50);
    assertThat(table(true).concat(table(false)).count()).isEqualTo(100);
  }

  @Test
  void firstAndLastRowsReadWhatTheyNeed() {
    assertThat(table(true).select(col("x").add(1).as("y")).head(25).compute().doubles("y"))
        .hasSize(25)
        .startsWith(1, 2)
        .endsWith(24, 25);
    assertThat(read).containsExactly(0, 1, 2, 3, 4);
    forget();
    assertThat(table(true).tail(11).compute().doubles("x")).hasSize(11).startsWith(39).endsWith(49);
    assertThat(read).containsExactly(6, 7, 8, 9);
    forget();
    assertThat(table(true).concat(table(true)).head(51).compute().rows()).isEqualTo(51);
    assertThat(table(true).head(0).compute().rows()).isZero();
    assertThat(table(true).head(1000).compute().rows()).isEqualTo(50);
    forget();
    // Without numbers of rows, 1, 2, 4 and 8 partitions are read in turn.
    assertThat(table(false).head(25).compute().rows()).isEqualTo(25);
    assertThat(read).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }
}
