package dev.weft.table;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.plan.Relation;
import dev.weft.table.plan.Saving;
import dev.weft.table.source.TableWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The rows of a table that are shown: all where they are few, else the first and the last. Others
 * are computed and forgotten, so that a table may be larger than memory.
 */
final class FirstAndLastRows implements TableWriter {
  private final Schema schema;
  private final int most;
  private final List<Batch> first = new ArrayList<>();
  private final Deque<Batch> last = new ArrayDeque<>();
  private long rows;
  private int firstRows;
  private int lastRows;

  private FirstAndLastRows(Schema schema, int most) {
    this.schema = schema;
    this.most = most;
  }

  /**
   * Computes a relation, and lays it out.
   *
   * @param most rows that are shown, 1 or more
   */
  static String text(Session session, Relation relation, int most) {
    if (most < 1) {
      throw new UsageException("text of %d rows; give 1 or more".formatted(most));
    }
    FirstAndLastRows rows = new FirstAndLastRows(relation.schema(), most);
    Saving.to(session, relation, () -> rows);
    return rows.text();
  }

  /** Of a partition what could be shown. */
  private record Ends(Batch first, Batch last, int rows) implements Encoded {}

  @Override
  public Encoded encode(Batch batch) {
    int count = batch.rows();
    return new Ends(
        batch.slice(0, Math.min(count, most)).compact(),
        batch.slice(Math.max(0, count - most / 2), count).compact(),
        count);
  }

  @Override
  public void append(Encoded partition) {
    Ends ends = (Ends) partition;
    rows += ends.rows();
    if (firstRows < most) {
      first.add(ends.first());
      firstRows += ends.first().rows();
    }
    last.addLast(ends.last());
    lastRows += ends.last().rows();
    while (lastRows - last.element().rows() >= most / 2 && last.size() > 1) {
      lastRows -= last.remove().rows();
    }
  }

  @Override
  public void commit() {
    // There is no file.
  }

  @Override
  public void abort() {
    // There is no file.
  }

  private String text() {
    Batch begin = first.isEmpty() ? Batch.empty(schema) : Batch.concat(schema, first);
    if (rows <= most) {
      return TablePrinter.text(begin, most);
    }
    Batch end = Batch.concat(schema, List.copyOf(last));
    Batch shown =
        Batch.concat(
            schema,
            List.of(begin.slice(0, most - most / 2), end.slice(end.rows() - most / 2, end.rows())));
    return TablePrinter.text(shown, most, rows);
  }
}
