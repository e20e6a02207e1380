package dev.weft.table.plan;

import dev.weft.core.Session;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Evaluation;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.expr.Substitution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters and columns one after the other as one step, so that one job of arrays computes all of
 * them.
 *
 * <pre>
 * filter z &gt; 1                 of read x, y:
 *   select x, z = x * y     →     x, x * y  where x * y &gt; 1
 *     read x, y
 * </pre>
 *
 * @param base what the columns are made of
 * @param condition which rows are kept; null for all
 * @param columns expressions of the columns of the base
 */
record Rows(Relation base, @Nullable Node condition, List<Named> columns) {
  /** Expressions are put into others while they have no more parts. */
  private static final int LARGEST = 200;

  static Rows of(Relation relation) {
    return switch (relation) {
      case Relation.Filter(Relation input, Node condition) -> filter(input, condition);
      case Relation.Project(Relation input, List<Named> columns, Schema schema) ->
          project(input, columns);
      case Relation.Scan scan -> plain(scan);
      case Relation.Aggregate aggregate -> plain(aggregate);
      case Relation.Roll roll -> plain(roll);
      case Relation.Distinct distinct -> plain(distinct);
      case Relation.Join join -> plain(join);
      case Relation.Pivot pivot -> plain(pivot);
      case Relation.AsOfJoin join -> plain(join);
      case Relation.Sort sort -> plain(sort);
      case Relation.Head head -> plain(head);
      case Relation.Sample sample -> plain(sample);
      case Relation.Concat concat -> plain(concat);
    };
  }

  private static Rows plain(Relation relation) {
    List<Named> columns =
        relation.schema().names().stream()
            .map(name -> new Named(name, new Node.Ref(name)))
            .toList();
    return new Rows(relation, null, columns);
  }

  /** The expression over the base. */
  Node over(Node node) {
    Map<String, Node> made = new HashMap<>();
    columns.forEach(column -> made.put(column.name(), column.node()));
    return Substitution.of(node, made);
  }

  /** Whether an expression can be computed before rows are left away. */
  boolean takes(Node node) {
    Node replaced = over(node);
    return Substitution.size(replaced) <= LARGEST
        && (condition == null || Substitution.isTotal(replaced));
  }

  private static Rows filter(Relation input, Node condition) {
    Rows rows = of(input);
    boolean early = rows.columns.stream().allMatch(column -> Substitution.isTotal(column.node()));
    if (!early || !rows.takes(condition)) {
      return new Rows(input, condition, plain(input).columns);
    }
    Node replaced = rows.over(condition);
    Node before = rows.condition;
    return new Rows(
        rows.base, before == null ? replaced : Substitution.and(before, replaced), rows.columns);
  }

  /** Columns of a relation's rows. */
  static Rows project(Relation input, List<Named> columns) {
    Rows rows = of(input);
    if (!columns.stream().allMatch(column -> rows.takes(column.node()))) {
      return new Rows(input, null, columns);
    }
    List<Named> replaced =
        columns.stream().map(column -> new Named(column.name(), rows.over(column.node()))).toList();
    return new Rows(rows.base, rows.condition, replaced);
  }

  /** The columns of the rows that are kept. */
  Batch batch(Session session, Batch batch, Schema schema) {
    List<Node> nodes = columns.stream().map(Named::node).toList();
    Kept kept = kept(session, batch, nodes);
    return new Batch(schema, kept.columns, kept.rows);
  }

  /**
   * Values of expressions in the rows that are kept.
   *
   * @param rows their number
   */
  record Kept(List<ColumnData> columns, int rows) {}

  /** The values of expressions over the base, in the rows that are kept. */
  Kept kept(Session session, Batch batch, List<Node> nodes) {
    Node only = condition;
    if (only == null) {
      return new Kept(Evaluation.columns(session, batch, nodes), batch.rows());
    }
    List<Node> all = new ArrayList<>(nodes);
    all.add(only);
    List<ColumnData> values = Evaluation.columns(session, batch, all);
    ColumnData is = values.removeLast();
    byte[] truth = (byte[]) is.values();
    byte[] present = is.present();
    int[] rows = new int[batch.rows()];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[count] = i;
      count += present == null ? truth[i] : truth[i] & present[i];
    }
    if (count == rows.length) {
      return new Kept(values, count);
    }
    int wanted = count;
    return new Kept(values.stream().map(value -> value.gather(rows, wanted)).toList(), count);
  }

  /** What is done, for people. */
  String label() {
    boolean same = columns.stream().allMatch(Named::isPlain);
    return condition == null ? "select" : same ? "filter" : "filter, select";
  }
}
