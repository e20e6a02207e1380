package dev.weft.table;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.expr.Named;
import dev.weft.table.group.Aggregation;
import dev.weft.table.plan.Relation;
import dev.weft.table.text.ValueText;
import java.util.ArrayList;
import java.util.List;

/** Pivots and melts. */
final class Reshaping {
  private static final int MOST_COLUMNS = 10_000;
  private static final String VARIABLE = "variable";
  private static final String VALUE = "value";

  private Reshaping() {}

  static Table pivot(Table table, Object columns, Aggregation value, List<Object> index) {
    Named column = Table.named(columns);
    if (index.isEmpty()) {
      throw new UsageException(
          "pivot on %s: give the keys of the rows, one at least, such as pivot(\"name\", mean(\"x\"), \"day\")"
              .formatted(column.name()));
    }
    Column of = Column.of(column.node()).as(column.name());
    Table there = table.filter(of.isNull().not());
    List<Object> keys = new ArrayList<>(index);
    keys.add(of);
    // Finds mistakes before anything is computed.
    Table groups = there.groupBy(keys.toArray()).agg(value);
    ColumnData values = values(there, of, column.name());
    List<Field> fields =
        new ArrayList<>(groups.schema().fields().subList(0, groups.schema().size() - 2));
    Field made = groups.schema().fields().getLast();
    for (int i = 0; i < values.length(); i++) {
      StringBuilder name = new StringBuilder();
      ValueText.append(values, i, name);
      fields.add(made.named(name.toString()));
    }
    return new Table(
        table.session(),
        new Relation.Pivot((Relation.Aggregate) groups.relation(), values, Schema.of(fields)));
  }

  /** The different values in order. */
  private static ColumnData values(Table table, Column of, String name) {
    HostTable values =
        table.select(of).distinct().sort(Columns.col(name)).head(MOST_COLUMNS + 1L).compute();
    if (values.rows() > MOST_COLUMNS) {
      throw new UsageException(
          "pivot on %s: it has more than %,d different values, and each would be a column. Filter the rows first, or pivot on less different values, such as on days instead of moments"
              .formatted(name, MOST_COLUMNS));
    }
    return values.batch().column(name);
  }

  static Table melt(Table table, List<String> ids, List<String> values) {
    if (values.isEmpty()) {
      throw new UsageException(
          "melt: give the columns that become rows, one at least; the table has %s"
              .formatted(String.join(", ", table.schema().names())));
    }
    Field common = table.schema().field(values.getFirst());
    for (String name : values) {
      common = common(common, table.schema().field(name));
    }
    List<Table> parts = new ArrayList<>();
    for (String name : values) {
      Column value = Columns.col(name);
      boolean same = table.schema().field(name).type().equals(common.type());
      List<Object> columns = new ArrayList<>(ids);
      columns.add(Columns.lit(name).as(VARIABLE));
      columns.add((same ? value : value.cast(common.type().label())).as(VALUE));
      parts.add(table.select(columns.toArray()));
    }
    return parts.getFirst().concat(parts.subList(1, parts.size()).toArray(Table[]::new));
  }

  /** A type to which the values of both convert, with the name of one that has it. */
  private static Field common(Field a, Field b) {
    if (a.type().equals(b.type())) {
      return a;
    }
    if (a.type() instanceof ColumnType.Number(DType one)
        && b.type() instanceof ColumnType.Number(DType other)) {
      return new Field(b.name(), new ColumnType.Number(Promotion.of(one, other)));
    }
    throw new UsageException(
        "melt of %s and %s: the first is %s and the second %s, which are of no one type. Cast one of them, as in withColumn(\"%s\", col(\"%s\").cast(\"string\"))"
            .formatted(a.name(), b.name(), a.type().label(), b.type().label(), a.name(), a.name()));
  }
}
