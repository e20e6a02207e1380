package dev.weft.cli;

import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.TableOptions;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.table.Columns;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Field;
import dev.weft.table.group.Aggregation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code weft describe}: the columns of a table, their types and statistics. */
final class DescribeCommand implements Command {
  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(TableOptions.OPTIONS);
    options.addAll(Settings.WITHOUT_ARRAYS);
    return new Syntax(
        "Describes a table: columns, types, missing values; mean, deviation and quantiles of numbers.",
        List.of(HeadCommand.FILE),
        options);
  }

  @Override
  public int run(Words words, Console console) {
    try (Session session = Session.open(Settings.config(words))) {
      Table table = HeadCommand.open(session, words);
      List<Field> fields = table.schema().fields();
      List<Aggregation> counts = new ArrayList<>();
      counts.add(Columns.count());
      for (int i = 0; i < fields.size(); i++) {
        counts.add(Columns.count(fields.get(i).name()).named("column " + i));
      }
      HostTable counted = table.agg(counts.toArray(Aggregation[]::new)).compute();
      long rows = counted.getLong(0, "count");
      Map<String, List<?>> described = new LinkedHashMap<>();
      described.put("column", fields.stream().map(Field::name).toList());
      described.put("type", fields.stream().map(field -> field.type().label()).toList());
      List<Long> missing = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        missing.add(rows - counted.getLong(0, "column " + i));
      }
      described.put("missing", missing);
      console
          .out()
          .println(
              "%s: %,d rows, %,d columns"
                  .formatted(words.parameters().getFirst(), rows, fields.size()));
      console.out().println();
      console.out().print(Tables.ofRows(session, described, 1).compute());
      if (fields.stream().anyMatch(field -> field.type().isNumber())) {
        console.out().println();
        console.out().print(table.describe());
      }
    }
    return 0;
  }
}
