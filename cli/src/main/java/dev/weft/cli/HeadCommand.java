package dev.weft.cli;

import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.TableOptions;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.cli.table.TableInputs;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code weft head}: the first rows of a table. */
final class HeadCommand implements Command {
  private static final int ROWS = 10;
  static final Parameter FILE =
      new Parameter("FILE", true, false, "a table, such as data.csv, or several as in 'run-*.csv'");

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(Option.value("N", "how many rows; %d if left out".formatted(ROWS), "-n", "--rows"));
    options.addAll(TableOptions.OPTIONS);
    options.addAll(Settings.WITHOUT_ARRAYS);
    return new Syntax(
        "Shows the first rows of a table. No others are read.", List.of(FILE), options);
  }

  @Override
  public int run(Words words, Console console) {
    int rows = words.has("--rows") ? Settings.number("--rows", words.value("--rows")) : ROWS;
    if (rows < 1) {
      throw new UsageException("--rows is %d; use at least 1".formatted(rows));
    }
    try (Session session = Session.open(Settings.config(words))) {
      Table table = open(session, words);
      console.out().print(table.head(rows).text(rows));
    }
    return 0;
  }

  /** The table of the first parameter. */
  static Table open(Session session, Words words) {
    TableOptions reading = TableOptions.of(words, List.of());
    Map<String, String> inputs = Map.of("t", words.parameters().getFirst());
    return new TableInputs(session, reading::reading, inputs).open("t");
  }
}
