package dev.weft.cli;

import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.TableOptions;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import java.util.ArrayList;
import java.util.List;

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
      HostTable columns = table.info();
      long rows = columns.getLong(0, "count") + columns.getLong(0, "missing");
      console
          .out()
          .println(
              "%s: %,d rows, %,d columns"
                  .formatted(words.parameters().getFirst(), rows, columns.rows()));
      console.out().println();
      console.out().print(columns);
      if (table.schema().fields().stream().anyMatch(field -> field.type().isNumber())) {
        console.out().println();
        console.out().print(table.describe());
      }
    }
    return 0;
  }
}
