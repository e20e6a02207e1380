package dev.weft.table;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.group.Aggregation;
import dev.weft.table.group.Comoments;
import dev.weft.table.plan.PairSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The statistics that describe columns. */
final class Describing {
  private static final List<String> STATISTICS =
      List.of("count", "mean", "std", "min", "25%", "50%", "75%", "max");

  private Describing() {}

  private static List<String> numbers(Table table) {
    return table.schema().fields().stream()
        .filter(field -> field.type().isNumber())
        .map(Field::name)
        .toList();
  }

  static HostTable of(Table table) {
    List<List<Aggregation>> rows = new ArrayList<>();
    for (String name : numbers(table)) {
      rows.add(
          List.of(
              Columns.count(name),
              Columns.mean(name),
              Columns.std(name),
              Columns.min(name),
              Columns.quantile(name, 0.25),
              Columns.quantile(name, 0.5),
              Columns.quantile(name, 0.75),
              Columns.max(name)));
    }
    return made(table, labels(table, "statistic", STATISTICS), rows);
  }

  static HostTable quantiles(Table table, double[] q) {
    List<List<Aggregation>> columns = new ArrayList<>();
    for (String name : numbers(table)) {
      columns.add(Arrays.stream(q).mapToObj(each -> Columns.quantile(name, each)).toList());
    }
    ColumnData labels = ColumnData.of(ColumnType.FLOAT64, q.clone(), null);
    return made(table, new Labels(free(table, "q"), labels), columns);
  }

  /** What stands before the results of each row. */
  private record Labels(String name, ColumnData values) {}

  private static Labels labels(Table table, String name, List<String> texts) {
    return new Labels(free(table, name), text(texts));
  }

  private static ColumnData text(List<String> texts) {
    ColumnBuilder labels = ColumnBuilder.of(ColumnType.TEXT);
    texts.forEach(labels::add);
    return labels.build();
  }

  /** A name that no column has. */
  private static String free(Table table, String name) {
    return table.schema().has(name) ? free(table, name + "_") : name;
  }

  /** Results of columns of numbers, of each as many as there are labels, computed at once. */
  private static HostTable made(Table table, Labels labels, List<List<Aggregation>> columns) {
    List<Aggregation> all = new ArrayList<>();
    for (List<Aggregation> column : columns) {
      for (Aggregation each : column) {
        all.add(each.named(String.valueOf(all.size())));
      }
    }
    HostTable computed = table.agg(all.toArray(Aggregation[]::new)).compute();
    List<ColumnData> results = new ArrayList<>();
    int next = 0;
    for (List<Aggregation> column : columns) {
      ColumnBuilder values = ColumnBuilder.of(ColumnType.FLOAT64);
      for (int i = 0; i < column.size(); i++) {
        String place = String.valueOf(next++);
        if (computed.isNull(0, place)) {
          values.addNull();
        } else {
          values.add(computed.getDouble(0, place));
        }
      }
      results.add(values.build());
    }
    return beside(labels, numbers(table), results);
  }

  private static HostTable beside(Labels labels, List<String> names, List<ColumnData> values) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(labels.name, labels.values.type()));
    names.forEach(name -> fields.add(new Field(name, ColumnType.FLOAT64)));
    List<ColumnData> columns = new ArrayList<>();
    columns.add(labels.values);
    columns.addAll(values);
    return new HostTable(new Batch(Schema.of(fields), columns, labels.values.length()));
  }

  static HostTable info(Table table) {
    List<Field> fields = table.schema().fields();
    List<Aggregation> counts = new ArrayList<>();
    counts.add(Columns.count().named("rows"));
    for (int i = 0; i < fields.size(); i++) {
      counts.add(Columns.count(fields.get(i).name()).named(String.valueOf(i)));
    }
    HostTable counted = table.agg(counts.toArray(Aggregation[]::new)).compute();
    long[] there = new long[fields.size()];
    long[] missing = new long[fields.size()];
    for (int i = 0; i < there.length; i++) {
      there[i] = counted.getLong(0, String.valueOf(i));
      missing[i] = counted.getLong(0, "rows") - there[i];
    }
    Schema schema =
        Schema.of(
            new Field("column", ColumnType.TEXT),
            new Field("type", ColumnType.TEXT),
            new Field("count", ColumnType.INT64),
            new Field("missing", ColumnType.INT64));
    return new HostTable(
        new Batch(
            schema,
            List.of(
                text(table.schema().names()),
                text(fields.stream().map(field -> field.type().label()).toList()),
                ColumnData.of(ColumnType.INT64, there, null),
                ColumnData.of(ColumnType.INT64, missing, null)),
            fields.size()));
  }

  /** A result of each two columns. */
  @FunctionalInterface
  interface PairResult {
    /** Those of all columns with one. */
    ColumnData of(Comoments sums, int column);
  }

  static HostTable pairs(Table table, String word, PairResult result, String... columns) {
    for (String name : columns) {
      Field field = table.schema().field(name);
      if (!field.type().isNumber()) {
        throw new UsageException(
            "%s of %s, which is %s: it is of numbers. Leave the column out, or cast it"
                .formatted(word, name, field.type().label()));
      }
    }
    List<String> names = columns.length == 0 ? numbers(table) : List.of(columns);
    Table selected = table.select(names.toArray());
    Comoments sums = PairSums.of(table.session(), selected.relation());
    List<ColumnData> results = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      results.add(result.of(sums, i));
    }
    return beside(labels(selected, "column", names), names, results);
  }
}
