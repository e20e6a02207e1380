package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.core.task.JoinTree;
import dev.weft.core.task.TaskFunction;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.GroupIds;
import dev.weft.table.group.Groups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Groups of each partition, joined with those of their neighbours by a tree. Where they might have
 * no room in memory they are counted, and computed by way of the disk when they had none.
 */
final class Grouping {
  private final Run run;

  private Grouping(Run run) {
    this.run = run;
  }

  static Parts of(Run run, Relation.Aggregate aggregate) {
    return new Grouping(run).aggregate(aggregate);
  }

  static Parts of(Run run, Relation.Distinct distinct) {
    return new Grouping(run).distinct(distinct);
  }

  private Parts aggregate(Relation.Aggregate aggregate) {
    Rows rows = operands(aggregate);
    Parts input = run.lower(rows.base());
    List<Node> nodes = rows.columns().stream().map(Named::node).toList();
    String label = rows.condition() == null ? "group" : "filter, group";
    Parts.End<Groups> end =
        batch -> {
          Rows.Kept kept = rows.kept(run.session(), batch, nodes);
          return groups(aggregate, kept.columns(), kept.rows());
        };
    TaskFunction.Of1<List<Groups>, Groups> join =
        each -> each.stream().reduce(Groups::merge).orElseThrow();
    Schema schema = aggregate.schema();
    if (aggregate.keys().isEmpty() || !run.mayBeLarge(aggregate.input())) {
      Delayed<Groups> all = JoinTree.of("groups", input.finish(label, end), join);
      return Parts.made(
          run.session(),
          schema,
          List.of(
              run.session()
                  .delayed((Groups each) -> finished(each, aggregate), all)
                  .named("finish groups")));
    }
    Groups none = groups(aggregate, Batch.empty(input.schema()), nodes);
    Groups all = counted("groups", input, label, end, join, Groups::bytes, none);
    return all == null
        ? cut(aggregate, rows)
        : ready(schema, "finish groups", () -> finished(all, aggregate));
  }

  /** What is joined of all partitions, or null where that had no room. */
  private <R> @Nullable R counted(
      String name,
      Parts input,
      String label,
      Parts.End<R> end,
      TaskFunction.Of1<List<R>, R> join,
      ToLongFunction<R> bytes,
      R none) {
    Budget budget = new Budget(run.store().limit());
    List<Delayed<R>> parts =
        input.finishUnless(
            budget::isOver,
            none,
            label,
            batch -> {
              R made = end.of(batch);
              budget.add(bytes.applyAsLong(made));
              return made;
            });
    Delayed<R> all =
        JoinTree.of(
            name,
            parts,
            each -> {
              if (budget.isOver()) {
                return none;
              }
              long before = each.stream().mapToLong(bytes).sum();
              R joined = join.apply(each);
              budget.add(bytes.applyAsLong(joined) - before);
              return joined;
            });
    R result = run.compute(List.of(all)).getFirst();
    return budget.isOver() ? null : result;
  }

  private Parts ready(Schema schema, String name, TaskFunction.Of0<Batch> rows) {
    return new Parts(run.session(), schema, List.of(Parts.read(name, rows)));
  }

  /** The keys and operands as columns of rows, together with the filters before them. */
  private static Rows operands(Relation.Aggregate aggregate) {
    List<Named> columns = new ArrayList<>(aggregate.keys());
    for (Aggregation each : aggregate.aggregations()) {
      Node operand = each.operand();
      if (operand != null) {
        columns.add(new Named(each.name(), operand));
      }
    }
    return Rows.project(aggregate.input(), columns);
  }

  private Groups groups(Relation.Aggregate aggregate, Batch none, List<Node> nodes) {
    return groups(aggregate, Evaluation.columns(run.session(), none, nodes), 0);
  }

  private static Groups groups(Relation.Aggregate aggregate, List<ColumnData> values, int rows) {
    List<@Nullable ColumnData> operands = new ArrayList<>();
    int next = aggregate.keys().size();
    for (Aggregation each : aggregate.aggregations()) {
      operands.add(each.operand() == null ? null : values.get(next++));
    }
    return Groups.of(keys(aggregate, values, rows), aggregate.aggregations(), operands);
  }

  private static Batch keys(Relation.Aggregate aggregate, List<ColumnData> values, int rows) {
    List<Field> fields = new ArrayList<>();
    int count = aggregate.keys().size();
    for (int i = 0; i < count; i++) {
      fields.add(new Field(aggregate.keys().get(i).name(), values.get(i).type()));
    }
    return new Batch(Schema.of(fields), values.subList(0, count), rows);
  }

  /** Without keys there is one group, also where there are no rows. */
  private static Batch finished(Groups groups, Relation.Aggregate aggregate) {
    if (aggregate.keys().isEmpty() && groups.count() == 0) {
      return groups.none();
    }
    return groups.finish();
  }

  /** The groups by way of the disk: the place of a group is one more of its results. */
  private Parts cut(Relation.Aggregate aggregate, Rows rows) {
    List<Named> columns = rows.columns();
    Schema operands = Evaluation.schema(run.session(), rows.base().schema(), columns);
    Parts input =
        run.lower(rows.base())
            .then(rows.label(), operands, batch -> rows.batch(run.session(), batch, operands));
    List<Aggregation> all = new ArrayList<>(aggregate.aggregations());
    Node place = new Node.Ref(CutGroups.PLACE);
    all.add(new Aggregation(Aggregation.Kind.FIRST, place, CutGroups.PLACE, 0, null));
    Relation.Aggregate placed =
        new Relation.Aggregate(aggregate.input(), aggregate.keys(), all, aggregate.schema());
    List<String> keys = aggregate.keys().stream().map(Named::name).toList();
    return CutGroups.of(run, input, keys, aggregate.schema(), () -> new Collected(placed));
  }

  /** The groups of the rows of a piece. */
  private static final class Collected implements CutGroups.Collector {
    private final Relation.Aggregate aggregate;
    private @Nullable Groups all;

    Collected(Relation.Aggregate aggregate) {
      this.aggregate = aggregate;
    }

    @Override
    public void add(Batch rows) {
      Groups more = groups(aggregate, rows.columns(), rows.rows());
      Groups before = all;
      all = before == null ? more : before.merge(more);
    }

    @Override
    public Batch finish() {
      Groups groups = all;
      if (groups == null) {
        throw new IllegalStateException("a piece without batches");
      }
      return groups.finish();
    }
  }

  private Parts distinct(Relation.Distinct distinct) {
    Parts input = run.lower(distinct.input());
    Schema schema = input.schema();
    List<String> of = distinct.of();
    Parts.End<Batch> end = batch -> distinct(batch, of);
    TaskFunction.Of1<List<Batch>, Batch> join = each -> distinct(Batch.concat(schema, each), of);
    if (!run.mayBeLarge(distinct.input())) {
      Delayed<Batch> all = JoinTree.of("distinct", input.finish("distinct", end), join);
      return Parts.made(run.session(), schema, List.of(all));
    }
    Batch all =
        counted("distinct", input, "distinct", end, join, Batch::bytes, Batch.empty(schema));
    return all == null
        ? CutGroups.of(run, run.lower(distinct.input()), of, schema, () -> new Different(of))
        : ready(schema, "distinct", () -> all);
  }

  private static Batch distinct(Batch batch, List<String> of) {
    GroupIds groups = GroupIds.of(of.stream().map(batch::column).toList(), batch.rows());
    return groups.count() == batch.rows() ? batch : batch.gather(groups.first(), groups.count());
  }

  /** The different rows of a piece. */
  private static final class Different implements CutGroups.Collector {
    private final List<String> of;
    private @Nullable Batch all;

    Different(List<String> of) {
      this.of = of;
    }

    @Override
    public void add(Batch rows) {
      Batch before = all;
      all =
          distinct(before == null ? rows : Batch.concat(rows.schema(), List.of(before, rows)), of);
    }

    @Override
    public Batch finish() {
      Batch rows = all;
      if (rows == null) {
        throw new IllegalStateException("a piece without batches");
      }
      return rows;
    }
  }
}
