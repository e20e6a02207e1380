package dev.weft.cli;

import dev.weft.cli.job.ProgressLine;
import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.ProgressForm;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.TableOptions;
import dev.weft.cli.options.Watching;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.cli.table.TableArguments;
import dev.weft.cli.table.TableEvaluator;
import dev.weft.cli.table.TableInputs;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.Progress;
import dev.weft.io.object.Addresses;
import dev.weft.table.Table;
import dev.weft.table.TablePrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code weft table}: computes an expression over tables. */
final class TableCommand implements Command {
  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.value(
            "FILE",
            "write the table to this file (its ending says the format, such as .csv) instead of printing it",
            "-o",
            "--output"));
    options.add(rows(TablePrinter.ROWS));
    options.addAll(TableOptions.OPTIONS);
    options.addAll(Settings.WITHOUT_ARRAYS);
    options.add(Option.flag("print the steps before computing", "--explain"));
    options.add(ProgressForm.OPTION);
    options.addAll(Watching.OPTIONS);
    options.add(Option.flag("no progress, and no remarks", "-q", "--quiet"));
    return new Syntax(
        "Computes with tables: filter, group, join, sort. For instance"
            + " 't.filter(x > 0).groupby(name).agg(mean(x), n = count()).sort(-n)'.",
        List.of(
            new Parameter(
                JobArguments.PARAMETERS.getFirst().label(),
                true,
                false,
                "an expression, a job file, or - for a job on standard input"),
            new Parameter(
                "NAME=FILE",
                false,
                true,
                "what a name stands for: a file, several as in 'run-*.csv', or timeseries for demonstration data; a file without NAME is t")),
        options);
  }

  private static Option rows(int byDefault) {
    return Option.value(
        "N",
        "rows that are printed, of more the first and the last; %d if left out"
            .formatted(byDefault),
        "--rows");
  }

  @Override
  public int run(Words options, Console console) {
    final long begun = System.nanoTime();
    List<String> words = options.parameters();
    refuseFileAlone(words);
    Map<String, String> named = TableArguments.inputs(words.subList(1, words.size()));
    SourceText source = JobArguments.source(words.getFirst());
    final boolean quiet = options.has("--quiet");
    final TableOptions reading = TableOptions.of(options, named.keySet());
    final int rows = rows(options);
    String file = options.value("--output");
    if (!file.isEmpty()) {
      TableInputs.requireTable(file);
    }
    Progress progress = new Progress();
    SessionConfig config =
        Watching.config(options, Settings.config(options).withListener(progress));
    try (Session session = Session.open(config)) {
      Watching.tell(session, console);
      TableInputs inputs = new TableInputs(session, reading::reading, named);
      Table table = TableEvaluator.evaluate(session, Parser.job(source), inputs);
      if (!quiet) {
        inputs
            .unused()
            .forEach(name -> console.err().println("weft: the input " + name + " is not used"));
      }
      if (options.has("--explain")) {
        console.out().println(table.explain().stripTrailing());
      }
      ProgressLine.Form form = quiet ? ProgressLine.Form.NONE : ProgressForm.of(options);
      Supplier<MemoryUse> memory = () -> session.inspect().memory().values().iterator().next();
      String told;
      try (ProgressLine line = ProgressLine.start(console, form, progress, memory)) {
        told = file.isEmpty() ? table.text(rows) : written(table, Addresses.path(file), begun);
      }
      if (file.isEmpty() || !quiet) {
        console.out().print(told);
      }
    }
    return 0;
  }

  private static int rows(Words options) {
    if (!options.has("--rows")) {
      return TablePrinter.ROWS;
    }
    int rows = Settings.number("--rows", options.value("--rows"));
    if (rows < 1) {
      throw new UsageException("--rows is %d; use at least 1".formatted(rows));
    }
    return rows;
  }

  /** A file in place of the expression is easily written. */
  private static void refuseFileAlone(List<String> words) {
    String first = words.getFirst();
    if (words.size() == 1
        && first.matches(".*\\.[a-z.]+")
        && !first.endsWith(".weft")
        && Files.isRegularFile(Addresses.path(first))) {
      throw new UsageException(
          "%s is a file; say what to make of it: weft table 't.head()' %s, or weft head %s"
              .formatted(first, first, first));
    }
  }

  private static String written(Table table, Path file, long begun) {
    long rows = table.save(file);
    try {
      return String.format(
          Locale.ROOT,
          "wrote %s: %,d rows, %d columns, %,d bytes in %.2f s%n",
          file,
          rows,
          table.schema().size(),
          Files.size(file),
          (System.nanoTime() - begun) * 1e-9);
    } catch (IOException e) {
      throw new DeviceException("read the size of %s: %s".formatted(file, e), e);
    }
  }
}
