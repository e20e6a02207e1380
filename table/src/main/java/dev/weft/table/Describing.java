package dev.weft.table;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.List;

/** The statistics that describe columns. */
final class Describing {
  private static final List<String> STATISTICS =
      List.of("count", "mean", "std", "min", "25%", "50%", "75%", "max");

  private Describing() {}

  static HostTable of(Table table) {
    List<String> names =
        table.schema().fields().stream()
            .filter(field -> field.type().isNumber())
            .map(Field::name)
            .toList();
    List<Aggregation> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<Aggregation> of =
          List.of(
              Columns.count(name),
              Columns.mean(name),
              Columns.std(name),
              Columns.min(name),
              Columns.quantile(name, 0.25),
              Columns.quantile(name, 0.5),
              Columns.quantile(name, 0.75),
              Columns.max(name));
      for (int k = 0; k < of.size(); k++) {
        all.add(of.get(k).named(i + " " + STATISTICS.get(k)));
      }
    }
    HostTable computed = table.agg(all.toArray(Aggregation[]::new)).compute();
    List<Field> fields = new ArrayList<>();
    List<ColumnData> columns = new ArrayList<>();
    fields.add(new Field("statistic", ColumnType.TEXT));
    ColumnBuilder labels = ColumnBuilder.of(ColumnType.TEXT);
    STATISTICS.forEach(labels::add);
    columns.add(labels.build());
    for (int i = 0; i < names.size(); i++) {
      ColumnBuilder values = ColumnBuilder.of(ColumnType.FLOAT64);
      for (String statistic : STATISTICS) {
        String place = i + " " + statistic;
        if (computed.isNull(0, place)) {
          values.addNull();
        } else {
          values.add(computed.getDouble(0, place));
        }
      }
      fields.add(new Field(names.get(i), ColumnType.FLOAT64));
      columns.add(values.build());
    }
    return new HostTable(new Batch(Schema.of(fields), columns, STATISTICS.size()));
  }
}
