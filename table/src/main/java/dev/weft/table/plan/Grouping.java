package dev.weft.table.plan;

import dev.weft.core.task.Delayed;
import dev.weft.core.task.JoinTree;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.GroupIds;
import dev.weft.table.group.Groups;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of each partition, joined with those of their neighbours by a tree. */
final class Grouping {
  private Grouping() {}

  static Parts of(Run run, Relation.Aggregate aggregate) {
    Rows rows = operands(aggregate);
    String label = rows.condition() == null ? "group" : "filter, group";
    List<Delayed<Groups>> groups =
        run.lower(rows.base()).finish(label, batch -> groups(run, rows, aggregate, batch));
    Delayed<Groups> all =
        JoinTree.of("groups", groups, each -> each.stream().reduce(Groups::merge).orElseThrow());
    Schema schema = aggregate.schema();
    return Parts.made(
        run.session(),
        schema,
        List.of(
            run.session()
                .delayed((Groups each) -> finished(each, aggregate), all)
                .named("finish groups")));
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

  private static Groups groups(Run run, Rows rows, Relation.Aggregate aggregate, Batch batch) {
    Rows.Kept kept =
        rows.kept(run.session(), batch, rows.columns().stream().map(Named::node).toList());
    List<ColumnData> values = kept.columns();
    List<Field> fields = new ArrayList<>();
    int count = aggregate.keys().size();
    for (int i = 0; i < count; i++) {
      fields.add(new Field(aggregate.keys().get(i).name(), values.get(i).type()));
    }
    Batch keys = new Batch(Schema.of(fields), values.subList(0, count), kept.rows());
    List<@Nullable ColumnData> operands = new ArrayList<>();
    int next = count;
    for (Aggregation each : aggregate.aggregations()) {
      operands.add(each.operand() == null ? null : values.get(next++));
    }
    return Groups.of(keys, aggregate.aggregations(), operands);
  }

  /** Without keys there is one group, also where there are no rows. */
  private static Batch finished(Groups groups, Relation.Aggregate aggregate) {
    if (aggregate.keys().isEmpty() && groups.count() == 0) {
      return groups.none();
    }
    return groups.finish();
  }

  static Parts of(Run run, Relation.Distinct distinct) {
    Parts input = run.lower(distinct.input());
    Schema schema = input.schema();
    Delayed<Batch> all =
        JoinTree.of(
            "distinct",
            input.finish("distinct", batch -> distinct(batch, distinct.of())),
            batches -> distinct(Batch.concat(schema, batches), distinct.of()));
    return Parts.made(run.session(), schema, List.of(all));
  }

  private static Batch distinct(Batch batch, List<String> of) {
    GroupIds groups = GroupIds.of(of.stream().map(batch::column).toList(), batch.rows());
    return groups.count() == batch.rows() ? batch : batch.gather(groups.first(), groups.count());
  }
}
