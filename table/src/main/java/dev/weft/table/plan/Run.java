package dev.weft.table.plan;

import dev.weft.core.Session;
import dev.weft.core.device.IoRetries;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.WeftException;
import dev.weft.core.task.Delayed;
import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.group.Pivot;
import dev.weft.table.source.TableReader;
import dev.weft.table.source.TableSource;
import dev.weft.table.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * One computation of a relation. What is larger than memory waits in a {@link Store} until the run
 * is closed.
 */
public final class Run implements AutoCloseable {
  /** Of the memory limit and of the heap, the part that waiting batches may take. */
  private static final int PART = 4;

  /** What is collected of rows may take so many times their bytes. */
  private static final int COLLECTED = 8;

  private final Session session;
  private final Store store;
  private final List<TableReader> readers = new ArrayList<>();

  /** A computation of the session. */
  public Run(Session session) {
    this.session = session;
    long limit = Math.min(session.config().memoryLimit(), Runtime.getRuntime().maxMemory()) / PART;
    this.store = new Store(session.config().spillFolder(), limit);
  }

  Session session() {
    return session;
  }

  /** Where batches wait. */
  public Store store() {
    return store;
  }

  /** All rows, in order. */
  public Batch collect(Relation relation) {
    Parts parts = lower(Pruning.of(relation));
    return Batch.concat(parts.schema(), compute(parts.batches()));
  }

  /** All partitions, in order. */
  public List<Batch> partitions(Relation relation) {
    return compute(lower(Pruning.of(relation)).batches());
  }

  /** Computes tasks; of a failure that was said to people just that. */
  <R> List<R> compute(List<Delayed<R>> tasks) {
    try {
      return session.gather(tasks);
    } catch (JobFailedException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof WeftException known && !(cause instanceof JobFailedException)) {
          known.addSuppressed(e);
          throw known;
        }
      }
      throw e;
    }
  }

  /** The tasks of a relation. What a join needs to know is computed at once. */
  Parts lower(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> scan(scan.source(), scan.schema());
      case Relation.Filter filter -> rows(filter);
      case Relation.Project project -> rows(project);
      case Relation.Aggregate aggregate -> Grouping.of(this, aggregate);
      case Relation.Roll roll -> Windows.of(this, roll);
      case Relation.Distinct distinct -> Grouping.of(this, distinct);
      case Relation.Join join -> Joins.of(this, join);
      case Relation.Pivot pivot -> pivot(pivot);
      case Relation.AsOfJoin join -> AsOfJoins.of(this, join);
      case Relation.Sort sort -> Sorting.of(this, sort);
      case Relation.Head(Relation input, long count, boolean last) ->
          FirstRows.of(this, lower(input), count, last, RowCount.partitions(input));
      case Relation.Sample sample -> Sampling.of(this, sample);
      case Relation.Concat(List<Relation> inputs, Schema schema) -> {
        List<Parts.Part> all = new ArrayList<>();
        inputs.forEach(input -> all.addAll(lower(input).parts()));
        yield new Parts(session, schema, all);
      }
    };
  }

  /**
   * Whether what is collected of all rows of a relation might have no room in memory: when all that
   * is read is not far smaller.
   */
  boolean mayBeLarge(Relation relation) {
    if (relation instanceof Relation.Scan scan) {
      long bytes = scan.source().bytes();
      return bytes < 0 || bytes > store.limit() / COLLECTED;
    }
    // Pairs of rows may be more than the rows of both tables.
    return relation instanceof Relation.Join
        || relation.inputs().stream().anyMatch(this::mayBeLarge);
  }

  private Parts scan(TableSource source, Schema schema) {
    List<Parts.Part> parts = new ArrayList<>();
    TableReader reader = source.reader();
    readers.add(reader);
    for (int i = 0; i < source.partitions(); i++) {
      int partition = i;
      parts.add(
          Parts.read(
              "read " + source.description(),
              () -> {
                Batch[] batch = {Batch.empty(schema)};
                IoRetries.run(() -> batch[0] = reader.read(partition, schema.names()));
                return batch[0];
              }));
    }
    return new Parts(session, schema, parts);
  }

  /** The groups of all partitions, since those of one row may be anywhere. */
  private Parts pivot(Relation.Pivot pivot) {
    Schema groups = pivot.input().schema();
    Delayed<Batch> all =
        session
            .delayed(
                (List<Batch> each) ->
                    Pivot.of(Batch.concat(groups, each), pivot.values(), pivot.schema()),
                session.all(lower(pivot.input()).batches()))
            .named("pivot");
    return Parts.made(session, pivot.schema(), List.of(all));
  }

  private Parts rows(Relation relation) {
    Rows rows = Rows.of(relation);
    Schema schema = relation.schema();
    return lower(rows.base())
        .then(rows.label(), schema, batch -> rows.batch(session, batch, schema));
  }

  @Override
  public void close() {
    readers.forEach(TableReader::close);
    store.close();
  }
}
