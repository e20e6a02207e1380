package dev.weft.table;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Schema;
import dev.weft.table.duckdb.Sql;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.Groups;
import dev.weft.table.join.How;
import dev.weft.table.join.JoinSpec;
import dev.weft.table.order.SortKey;
import dev.weft.table.plan.Pruning;
import dev.weft.table.plan.Relation;
import dev.weft.table.plan.RowCount;
import dev.weft.table.plan.Run;
import dev.weft.table.plan.Saving;
import dev.weft.table.source.MemorySource;
import dev.weft.table.source.TableFiles;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many rows of named columns: lazy, immutable, in partitions that are worked on side by side. A
 * method that gives a table computes nothing, but finds the caller's errors; {@link #compute} gives
 * rows. Rows are in a defined order, and results depend neither on partitions nor on threads.
 *
 * <pre>{@code
 * Table t = Tables.timeseries(session);
 * HostTable means =
 *     t.filter(col("x").greater(0))
 *         .groupBy(col("name"), col("timestamp").hour().as("hour"))
 *         .agg(mean("x"), count())
 *         .sort("name", "hour")
 *         .compute();
 * }</pre>
 */
public final class Table implements OrderedMethods, ReshapingMethods, SummaryMethods {
  private final Session session;
  private final Relation relation;

  Table(Session session, Relation relation) {
    this.session = session;
    this.relation = relation;
  }

  @Override
  public Table self() {
    return this;
  }

  Session session() {
    return session;
  }

  Relation relation() {
    return relation;
  }

  private Table with(Relation other) {
    return new Table(session, other);
  }

  /** The columns: names and types, in order. */
  public Schema schema() {
    return relation.schema();
  }

  private Schema schema(List<Named> columns) {
    return Evaluation.schema(session, schema(), columns);
  }

  static Named named(Object column) {
    return column instanceof Column expression
        ? expression.named()
        : column instanceof String name ? new Named(name, new Node.Ref(name)) : unknown(column);
  }

  private static Named unknown(Object column) {
    throw new UsageException(
        "%s of %s as a column; give a name, or an expression that begins with col(name)"
            .formatted(column, column.getClass().getName()));
  }

  /**
   * The rows for which a condition is true.
   *
   * @param condition bool; rows for which it is missing are left away
   */
  public Table filter(Column condition) {
    Named named = new Named("condition", condition.node());
    ColumnType type = schema(List.of(named)).fields().getFirst().type();
    if (!type.equals(ColumnType.BOOL)) {
      throw new UsageException(
          "filter by %s, which is %s; give a condition, such as col(\"x\").greater(0)"
              .formatted(condition.node(), type.label()));
    }
    return with(new Relation.Filter(relation, condition.node()));
  }

  /**
   * Only these columns, in this order.
   *
   * @param columns names, and expressions, whose names are given with {@link Column#as}
   */
  public Table select(Object... columns) {
    return project(Arrays.stream(columns).map(Table::named).toList());
  }

  private Table project(List<Named> columns) {
    return with(new Relation.Project(relation, columns, schema(columns)));
  }

  /** All columns and one more, in place of one of the same name if there is one. */
  public Table withColumn(String name, Column column) {
    List<Named> columns = new ArrayList<>();
    for (String each : schema().names()) {
      columns.add(each.equals(name) ? new Named(name, column.node()) : named(each));
    }
    if (!schema().has(name)) {
      columns.add(new Named(name, column.node()));
    }
    return project(columns);
  }

  /** All columns but these. */
  public Table drop(String... names) {
    Set<String> dropped = Set.of(names);
    dropped.forEach(schema()::index);
    return select(schema().names().stream().filter(name -> !dropped.contains(name)).toArray());
  }

  /** The same rows with other names of columns: from the old to the new. */
  public Table rename(Map<String, String> names) {
    names.keySet().forEach(schema()::index);
    List<Named> columns = new ArrayList<>();
    for (String each : schema().names()) {
      columns.add(new Named(names.getOrDefault(each, each), new Node.Ref(each)));
    }
    return project(columns);
  }

  /** The first row of each group of rows that are equal in these columns; of none, in all. */
  public Table distinct(String... names) {
    List<String> of = names.length == 0 ? schema().names() : List.of(names);
    of.forEach(schema()::index);
    return with(new Relation.Distinct(relation, of));
  }

  /**
   * Groups of rows with equal keys.
   *
   * @param keys names, and expressions, whose names are given with {@link Column#as}; none for one
   *     group of all rows
   */
  public GroupBy groupBy(Object... keys) {
    List<Named> named = Arrays.stream(keys).map(Table::named).toList();
    schema(named);
    return new GroupBy(this, named);
  }

  /** One row: what is made of all rows. */
  public Table agg(Aggregation... aggregations) {
    return aggregate(List.of(), List.of(aggregations));
  }

  Table aggregate(List<Named> keys, List<Aggregation> aggregations) {
    List<@Nullable ColumnType> types = Operands.types(session, schema(), aggregations);
    Schema result = Groups.schema(schema(keys), aggregations, types);
    return with(new Relation.Aggregate(relation, keys, aggregations, result));
  }

  /**
   * The rows in the order of keys; equal ones stay in order. Missing values come last, NaN before
   * them. May be larger than memory.
   *
   * @param keys names, expressions, and those with {@link Column#descending}
   */
  public Table sort(Object... keys) {
    List<SortKey> by = new ArrayList<>();
    for (Object key : keys) {
      by.add(
          key instanceof Column.Order(SortKey order)
              ? order
              : new SortKey(named(key).node(), false));
    }
    schema(by.stream().map(key -> new Named(key.toString(), key.node())).toList());
    return with(new Relation.Sort(relation, by, -1));
  }

  /** The rows that are largest by a key, the largest first. */
  public Table topK(long count, Object key) {
    return sort(Column.of(named(key).node()).descending()).head(count);
  }

  /** The first rows; no more partitions are computed than are needed. */
  public Table head(long count) {
    requireCount("head", count);
    return with(
        relation instanceof Relation.Sort sort && sort.limit() < 0
            ? new Relation.Sort(sort.input(), sort.keys(), count)
            : new Relation.Head(relation, count, false));
  }

  /** The last rows, in order. */
  public Table tail(long count) {
    requireCount("tail", count);
    return with(new Relation.Head(relation, count, true));
  }

  private static void requireCount(String what, long count) {
    if (count < 0) {
      throw new UsageException("%s(%d); give 0 or more".formatted(what, count));
    }
  }

  /**
   * Rows chosen by chance.
   *
   * @param fraction of the rows, about, from 0 to 1
   * @param seed the same gives the same rows
   */
  public Table sample(double fraction, long seed) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new UsageException("sample of %s; give a number from 0 to 1".formatted(fraction));
    }
    return with(new Relation.Sample(relation, fraction, seed));
  }

  /** Pairs of rows of this table and another with equal values of these columns of both. */
  public Table join(Table other, String... on) {
    return join(other, How.INNER, on);
  }

  /**
   * Rows of this table and another with equal values of these columns of both: in the order of this
   * table, then of the other. Missing keys have no partner. Columns of the other table whose names
   * this one has too end in {@code _right}.
   */
  public Table join(Table other, How how, String... on) {
    return join(other, new JoinSpec(List.of(on), List.of(on), how, "_right"));
  }

  /** The same with keys of different names, or another suffix. */
  public Table join(Table other, JoinSpec spec) {
    requireSession(other);
    Schema result = spec.schema(schema(), other.schema());
    return with(new Relation.Join(relation, other.relation, spec, result));
  }

  void requireSession(Table other) {
    if (other.session != session) {
      throw new UsageException(
          "the tables belong to different sessions; make both in one, or compute one of them");
    }
  }

  /** The rows of this table, then those of others, which have the same columns. */
  public Table concat(Table... others) {
    List<Relation> all = new ArrayList<>();
    all.add(relation);
    for (Table other : others) {
      if (!other.schema().equals(schema())) {
        throw new UsageException(
            "concat of tables with different columns: (%s) and (%s). Bring them into one form, with select and cast"
                .formatted(schema(), other.schema()));
      }
      all.add(other.relation);
    }
    return with(new Relation.Concat(all, schema()));
  }

  /**
   * The rows of a query in SQL over this table, which it calls {@code t}. DuckDB answers it, whose
   * driver {@code org.duckdb:duckdb_jdbc} must be on the class path. The rows of both are computed
   * at once, in memory.
   *
   * <pre>{@code
   * table.sql("select name, median(x) as x from t group by name order by name")
   * }</pre>
   *
   * @see dev.weft.table.duckdb.Sql#query queries over several tables
   */
  public Table sql(String query) {
    return Sql.query(session, query, Map.of("t", this));
  }

  /** Computes all rows into memory. */
  public HostTable compute() {
    try (Run run = new Run(session)) {
      return new HostTable(run.collect(relation));
    }
  }

  /** Number of rows; nothing is read where the source knows it and no step changes it. */
  public long count() {
    long known = RowCount.of(relation);
    return known >= 0 ? known : agg(Columns.count()).compute().getLong(0, "count");
  }

  /** Computes the rows and keeps them in memory, partition by partition. */
  public Table persist() {
    try (Run run = new Run(session)) {
      return Tables.of(
          session, new MemorySource(schema(), Batch.sharingTexts(run.partitions(relation))));
    }
  }

  /** Computes the rows and keeps them in memory, in so many partitions of about one length. */
  public Table repartition(int partitions) {
    return Tables.of(session, compute().batch(), partitions);
  }

  /**
   * Computes the rows into a new file, complete or not at all; its ending says the format.
   *
   * @return number of rows
   * @throws UsageException when files of that ending are not written
   */
  public long save(Path file) {
    return save(file, TableWriting.defaults());
  }

  /** The same, written as it is asked for. */
  public long save(Path file, TableWriting options) {
    return Saving.to(session, relation, () -> TableFiles.create(file, schema(), options));
  }

  /**
   * Computes the rows into a writer of yours, partition by partition, in order.
   *
   * @param open begins to write, when the rows are about to be computed
   * @return number of rows
   */
  public long save(Supplier<TableWriter> open) {
    return Saving.to(session, relation, open);
  }

  /**
   * A column of numbers, truth values or timestamps as an array of one axis, timestamps as
   * nanoseconds. Computes the column; missing values of floating types are NaN.
   *
   * @throws UsageException for text, and for missing values of other types
   */
  public NDArray column(String name) {
    try (Run run = new Run(session)) {
      return session.array(ColumnArray.of(run.collect(select(name).relation), name));
    }
  }

  /** Aligned text of all rows, or of the first and last where they are more than so many. */
  public String text(int most) {
    return FirstAndLastRows.text(session, relation, most);
  }

  /** What would be computed, step by step; what is read stands last. */
  public String explain() {
    return Pruning.of(relation).explain();
  }

  /** The names and types of the columns. */
  @Override
  public String toString() {
    return "Table(" + schema() + ")";
  }
}
