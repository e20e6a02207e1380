package dev.weft.table.plan;

import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.expr.Period;
import dev.weft.table.group.Aggregation;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.JoinSpec;
import dev.weft.table.order.SortKey;
import dev.weft.table.window.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves away the columns that nobody reads, down to the sources.
 *
 * <pre>
 * select x          select x
 *   filter y &gt; 0  →   filter y &gt; 0
 *     read x, y, z      read x, y
 * </pre>
 */
public final class Pruning {
  private Pruning() {}

  /** The same rows, of which all columns of the relation are wanted. */
  public static Relation of(Relation relation) {
    return keep(relation, new LinkedHashSet<>(relation.schema().names()));
  }

  /** The relation with at least these columns, in the order in which it has them. */
  private static Relation keep(Relation relation, Set<String> wanted) {
    return switch (relation) {
      case Relation.Scan scan -> new Relation.Scan(scan.source(), scan.schema().keep(wanted));
      case Relation.Filter(Relation input, Node condition) -> {
        Set<String> more = new HashSet<>(wanted);
        condition.collect(more);
        yield new Relation.Filter(keep(input, more), condition);
      }
      case Relation.Project project -> project(project, wanted);
      case Relation.Aggregate aggregate -> aggregate(aggregate, wanted);
      case Relation.Roll roll -> roll(roll, wanted);
      case Relation.Distinct(Relation input, List<String> of) -> {
        Set<String> more = new HashSet<>(wanted);
        more.addAll(of);
        yield new Relation.Distinct(keep(input, more), of);
      }
      case Relation.Join(Relation left, Relation right, JoinSpec spec, Schema schema) -> {
        Sides kept = sides(left, right, spec, schema, wanted);
        yield new Relation.Join(kept.left, kept.right, spec, kept.schema(spec));
      }
      case Relation.Pivot pivot -> pivot(pivot, wanted);
      case Relation.AsOfJoin(Relation left, Relation right, AsOfSpec spec, Schema schema) -> {
        Sides kept = sides(left, right, spec.join(), schema, wanted);
        yield new Relation.AsOfJoin(kept.left, kept.right, spec, kept.schema(spec.join()));
      }
      case Relation.Sort(Relation input, List<SortKey> keys, long limit) -> {
        Set<String> more = new HashSet<>(wanted);
        keys.forEach(key -> key.node().collect(more));
        yield new Relation.Sort(keep(input, more), keys, limit);
      }
      case Relation.Head(Relation input, long count, boolean last) ->
          new Relation.Head(keep(input, wanted), count, last);
      case Relation.Sample(Relation input, double fraction, long seed) ->
          new Relation.Sample(keep(input, wanted), fraction, seed);
      case Relation.Concat(List<Relation> inputs, Schema schema) ->
          new Relation.Concat(
              inputs.stream().map(input -> exactly(input, wanted)).toList(), schema.keep(wanted));
    };
  }

  /** Only these columns: some relations keep more than was asked for. */
  private static Relation exactly(Relation relation, Set<String> wanted) {
    Relation kept = keep(relation, wanted);
    Schema schema = kept.schema().keep(wanted);
    if (schema.equals(kept.schema())) {
      return kept;
    }
    List<Named> plain =
        schema.names().stream().map(name -> new Named(name, new Node.Ref(name))).toList();
    return new Relation.Project(kept, plain, schema);
  }

  private static Relation project(Relation.Project project, Set<String> wanted) {
    List<Named> columns =
        project.columns().stream().filter(column -> wanted.contains(column.name())).toList();
    Set<String> read = new HashSet<>();
    columns.forEach(column -> column.node().collect(read));
    return new Relation.Project(
        keep(project.input(), read), columns, project.schema().keep(wanted));
  }

  private static Relation.Aggregate aggregate(Relation.Aggregate aggregate, Set<String> wanted) {
    List<Aggregation> used = used(aggregate.aggregations(), wanted);
    Set<String> read = read(aggregate.keys(), used);
    Set<String> names = new HashSet<>(wanted);
    aggregate.keys().forEach(key -> names.add(key.name()));
    return new Relation.Aggregate(
        keep(aggregate.input(), read), aggregate.keys(), used, aggregate.schema().keep(names));
  }

  /** Columns that nobody reads are not made; all keys are. */
  private static Relation pivot(Relation.Pivot pivot, Set<String> wanted) {
    Relation.Aggregate input =
        aggregate(pivot.input(), new HashSet<>(pivot.input().schema().names()));
    List<Field> fields = pivot.schema().fields();
    int keys = fields.size() - pivot.values().length();
    List<Field> kept = new ArrayList<>(fields.subList(0, keys));
    int[] values = new int[pivot.values().length()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (wanted.contains(fields.get(keys + i).name())) {
        kept.add(fields.get(keys + i));
        values[count++] = i;
      }
    }
    return new Relation.Pivot(input, pivot.values().gather(values, count), Schema.of(kept));
  }

  private static List<Aggregation> used(List<Aggregation> all, Set<String> wanted) {
    return all.stream().filter(each -> wanted.contains(each.name())).toList();
  }

  /** The columns that keys and aggregations are made of. */
  private static Set<String> read(List<Named> keys, List<Aggregation> aggregations) {
    Set<String> read = new HashSet<>();
    keys.forEach(key -> key.node().collect(read));
    for (Aggregation each : aggregations) {
      Node operand = each.operand();
      if (operand != null) {
        operand.collect(read);
      }
    }
    return read;
  }

  private static Relation roll(Relation.Roll roll, Set<String> wanted) {
    List<Aggregation> used = used(roll.aggregations(), wanted);
    Set<String> names = new HashSet<>(roll.input().schema().names());
    names.retainAll(wanted);
    if (used.isEmpty()) {
      return keep(roll.input(), names);
    }
    names.addAll(read(roll.keys(), used));
    if (roll.window() instanceof Window.Time(String time, Period period)) {
      names.add(time);
    }
    Relation input = keep(roll.input(), names);
    List<Field> fields = new ArrayList<>(input.schema().fields());
    used.forEach(each -> fields.add(roll.schema().field(each.name())));
    return new Relation.Roll(
        input, roll.window(), roll.keys(), roll.minPeriods(), used, Schema.of(fields));
  }

  /** Two tables that are joined. */
  private record Sides(Relation left, Relation right) {
    Schema schema(JoinSpec spec) {
      return spec.schema(left.schema(), right.schema());
    }
  }

  private static Sides sides(
      Relation leftInput, Relation rightInput, JoinSpec spec, Schema schema, Set<String> wanted) {
    Set<String> left = new HashSet<>(spec.left());
    Set<String> right = new HashSet<>(spec.right());
    Schema leftSchema = leftInput.schema();
    leftSchema.names().stream().filter(wanted::contains).forEach(left::add);
    List<String> others = new ArrayList<>(spec.rightColumns(rightInput.schema()));
    for (int i = 0; i < others.size(); i++) {
      String shown = schema.names().get(leftSchema.size() + i);
      if (wanted.contains(shown)) {
        right.add(others.get(i));
        // Names of right columns depend on there being a left one of the same name.
        if (leftSchema.has(others.get(i))) {
          left.add(others.get(i));
        }
      }
    }
    return new Sides(keep(leftInput, left), keep(rightInput, right));
  }
}
