package dev.weft.table.plan;

import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Named;
import dev.weft.table.expr.Node;
import dev.weft.table.group.Aggregation;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.JoinSpec;
import dev.weft.table.order.SortKey;
import dev.weft.table.source.TableSource;
import dev.weft.table.window.Window;
import java.util.List;
import java.util.stream.Collectors;

/** Rows that are described and not there yet. */
public sealed interface Relation {
  /** The columns. */
  Schema schema();

  /** The rows of a source, of which these columns are read. */
  record Scan(TableSource source, Schema schema) implements Relation {
    @Override
    public String toString() {
      return "read %s: %s, %d %s"
          .formatted(
              source.description(),
              names(schema.names()),
              source.partitions(),
              source.partitions() == 1 ? "partition" : "partitions");
    }
  }

  /** The rows for which a condition is true; where it is missing it is not. */
  record Filter(Relation input, Node condition) implements Relation {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public String toString() {
      return "filter " + condition;
    }
  }

  /** Columns made of those of each row. */
  record Project(Relation input, List<Named> columns, Schema schema) implements Relation {
    @Override
    public String toString() {
      return "select " + names(columns);
    }
  }

  /** A row for each group of rows with equal keys, in the order of their first rows. */
  record Aggregate(Relation input, List<Named> keys, List<Aggregation> aggregations, Schema schema)
      implements Relation {
    @Override
    public String toString() {
      return "group by %s: %s".formatted(names(keys), names(aggregations));
    }
  }

  /**
   * The same rows, with columns of what is made of windows that move over them.
   *
   * @param keys of groups in which windows move; none for all rows together
   * @param minPeriods how many values must be in a window for a result
   */
  record Roll(
      Relation input,
      Window window,
      List<Named> keys,
      int minPeriods,
      List<Aggregation> aggregations,
      Schema schema)
      implements Relation {
    @Override
    public String toString() {
      String of = keys.isEmpty() ? "" : " by " + names(keys);
      String least =
          minPeriods == window.minPeriods() ? "" : ", at least %,d".formatted(minPeriods);
      return "rolling %s%s%s: %s".formatted(window, of, least, names(aggregations));
    }
  }

  /** The first row of each group of rows that are equal in some columns. */
  record Distinct(Relation input, List<String> of) implements Relation {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public String toString() {
      return "distinct " + names(of);
    }
  }

  /** Rows of two tables with equal keys. */
  record Join(Relation left, Relation right, JoinSpec spec, Schema schema) implements Relation {
    @Override
    public String toString() {
      return spec.left().equals(spec.right())
          ? "%s join on %s".formatted(spec.how().label(), names(spec.left()))
          : "%s join on %s = %s"
              .formatted(spec.how().label(), names(spec.left()), names(spec.right()));
    }
  }

  /**
   * Groups of which the last key becomes columns.
   *
   * @param values of the last key that become columns, in their order
   */
  record Pivot(Aggregate input, ColumnData values, Schema schema) implements Relation {
    @Override
    public String toString() {
      return "pivot %s into %,d %s"
          .formatted(
              input.keys.getLast().name(),
              values.length(),
              values.length() == 1 ? "column" : "columns");
    }
  }

  /** The rows of a table, each with the nearest row of another one. */
  record AsOfJoin(Relation left, Relation right, AsOfSpec spec, Schema schema) implements Relation {
    @Override
    public String toString() {
      return "as-of join on " + spec;
    }
  }

  /**
   * Rows in the order of keys; equal ones stay in order.
   *
   * @param limit how many of the first are wanted, or -1 for all
   */
  record Sort(Relation input, List<SortKey> keys, long limit) implements Relation {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public String toString() {
      return "sort by " + names(keys) + (limit >= 0 ? ", the first %,d".formatted(limit) : "");
    }
  }

  /**
   * The first or last rows.
   *
   * @param last whether they are the last
   */
  record Head(Relation input, long count, boolean last) implements Relation {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public String toString() {
      return "the %s %,d".formatted(last ? "last" : "first", count);
    }
  }

  /**
   * A part of the rows, chosen by chance.
   *
   * @param fraction of the rows, from 0 to 1
   * @param seed the same gives the same rows
   */
  record Sample(Relation input, double fraction, long seed) implements Relation {
    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public String toString() {
      return "sample of %s of the rows".formatted(fraction);
    }
  }

  /** The rows of several tables, one after the other. */
  record Concat(List<Relation> inputs, Schema schema) implements Relation {
    @Override
    public String toString() {
      return "concat of %d tables".formatted(inputs.size());
    }
  }

  /** What the rows are made of. */
  default List<Relation> inputs() {
    return switch (this) {
      case Scan scan -> List.of();
      case Filter filter -> List.of(filter.input);
      case Project project -> List.of(project.input);
      case Aggregate aggregate -> List.of(aggregate.input);
      case Roll roll -> List.of(roll.input);
      case Distinct distinct -> List.of(distinct.input);
      case Join join -> List.of(join.left, join.right);
      case Pivot pivot -> List.of(pivot.input);
      case AsOfJoin join -> List.of(join.left, join.right);
      case Sort sort -> List.of(sort.input);
      case Head head -> List.of(head.input);
      case Sample sample -> List.of(sample.input);
      case Concat concat -> concat.inputs;
    };
  }

  /** The relation and what it is made of as lines, what is computed first at the bottom. */
  default String explain() {
    StringBuilder text = new StringBuilder();
    explain(text, "");
    return text.toString();
  }

  private void explain(StringBuilder text, String indent) {
    text.append(indent).append(this).append('\n');
    for (Relation input : inputs()) {
      input.explain(text, indent + "  ");
    }
  }

  private static String names(List<?> parts) {
    int most = 8;
    String shown =
        parts.stream().limit(most).map(Object::toString).collect(Collectors.joining(", "));
    return parts.isEmpty()
        ? "no columns"
        : parts.size() > most ? "%s and %d more".formatted(shown, parts.size() - most) : shown;
  }
}
