package dev.weft.cli;

import dev.weft.cli.job.InputFiles;
import dev.weft.cli.job.Result;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Parser;
import dev.weft.cli.options.DrawnGraphs;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.ArrayList;
import java.util.List;

/** {@code weft explain}: how an expression or a job would be computed. */
final class ExplainCommand implements Command {
  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(Settings.OPTIONS);
    options.addAll(DrawnGraphs.OPTIONS);
    return new Syntax(
        "Shows how an expression or a job would be computed: passes, stages, kernels, tasks.",
        JobArguments.PARAMETERS,
        options);
  }

  @Override
  public int run(Words options, Console console) {
    JobArguments arguments = JobArguments.of(options);
    DrawnGraphs graphs = DrawnGraphs.of(options, arguments.title());
    try (Session session = Session.open(Settings.config(options));
        InputFiles inputs =
            new InputFiles(
                session,
                Settings.reading(options, arguments.inputs().keySet()),
                arguments.inputs())) {
      Evaluator.Outputs outputs =
          Evaluator.evaluate(session, Parser.job(arguments.source()), inputs);
      List<Result> results = Result.wanted(outputs, "", List.of());
      List<NDArray> arrays = results.stream().map(Result::array).toList();
      console.out().println(session.explain(arrays));
      graphs.draw(session, arrays);
    }
    return 0;
  }
}
