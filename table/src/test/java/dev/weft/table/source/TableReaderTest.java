package dev.weft.table.source;

import static dev.weft.table.Columns.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readers live as long as the computation that they are of. */
class TableReaderTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** Five partitions of a row each, which are read by readers alone. */
  private final class Counting implements TableSource {
    @Override
    public String description() {
      return "counting";
    }

    @Override
    public Schema schema() {
      return Schema.of(new Field("x", ColumnType.INT64));
    }

    @Override
    public int partitions() {
      return 5;
    }

    @Override
    public Batch read(int partition, List<String> columns) {
      throw new AssertionError("a computation reads by its reader");
    }

    @Override
    public TableReader reader() {
      opened.incrementAndGet();
      return new TableReader() {
        private boolean isClosed;

        @Override
        public Batch read(int partition, List<String> columns) {
          assertThat(isClosed).isFalse();
          ColumnData value = ColumnData.of(ColumnType.INT64, new long[] {partition}, null);
          return new Batch(schema(), List.of(value), 1).select(columns);
        }

        @Override
        public void close() {
          isClosed = true;
          closed.incrementAndGet();
        }
      };
    }
  }

  private void requireClosed(int count) {
    assertThat(opened.getAndSet(0)).isEqualTo(count);
    assertThat(closed.getAndSet(0)).isEqualTo(count);
  }

  @Test
  void oneForEachComputationClosedAtItsEnd() {
    try (Session session = Session.open()) {
      Table t = Tables.of(session, new Counting());
      requireClosed(0);
      assertThat(t.compute().rows()).isEqualTo(5);
      requireClosed(1);
      assertThat(t.count()).isEqualTo(5);
      requireClosed(1);
      assertThat(t.head(2).compute().rows()).isEqualTo(2);
      requireClosed(1);
      assertThat(t.sort("x").join(t, "x").count()).isEqualTo(5);
      requireClosed(2);
      Table both =
          Tables.of(session, ConcatenatedSource.of(List.of(new Counting(), new Counting())));
      assertThat(both.compute().doubles("x")).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
      requireClosed(2);
      Table fails =
          t.select(
              col("x")
                  .map(
                      ColumnType.INT64,
                      x -> {
                        throw new IllegalStateException("no");
                      })
                  .as("y"));
      assertThatThrownBy(fails::compute).hasStackTraceContaining("no");
      requireClosed(1);
    }
  }
}
