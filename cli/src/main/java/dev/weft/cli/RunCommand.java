package dev.weft.cli;

import static dev.weft.cli.Commands.flag;
import static dev.weft.cli.Commands.option;

import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Job;
import dev.weft.cli.language.Parser;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.npy.Npy;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code weft run}: computes an expression or a job over files. */
final class RunCommand implements Command {
  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage().description("Computes an expression or a job over npy files.");
    Arguments.describe(spec);
    spec.addOption(
        option("FILE", "-o", "--output")
            .description("write the result to this npy file instead of printing it")
            .build());
    spec.addOption(
        option("NAME=FILE", "--out")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("write the job's value NAME to this file; may be given several times")
            .build());
    Settings.describe(spec);
    spec.addOption(flag("--explain").description("print the plan before computing").build());
    spec.addOption(
        flag("-q", "--quiet").description("print values only: no types, no progress").build());
    spec.addOption(
        flag("--json")
            .description("print a summary as JSON: results, seconds, bytes, tasks")
            .build());
  }

  @Override
  public int run(ParseResult options, Console console) {
    final long begun = System.nanoTime();
    boolean json = options.hasMatchedOption("--json");
    boolean quiet = options.hasMatchedOption("--quiet");
    Arguments arguments = Arguments.of(options);
    Job job = Parser.job(arguments.source());
    JobMeter meter = new JobMeter();
    SessionConfig config = Settings.config(options).withListener(meter);
    try (Session session = Session.open(config);
        InputFiles inputs = new InputFiles(session, Settings.chunks(options), arguments.inputs())) {
      Evaluator.Outputs outputs = Evaluator.evaluate(session, job, inputs);
      List<Result> results =
          Result.wanted(
              outputs,
              options.matchedOptionValue("--output", ""),
              options.matchedOptionValue("--out", List.of()));
      if (!quiet) {
        for (String name : inputs.unused()) {
          console.err().println("weft: the input " + name + " is not used");
        }
      }
      if (options.hasMatchedOption("--explain")) {
        (json ? console.err() : console.out())
            .println(session.explain(results.stream().map(Result::array).toList()));
      }
      final double parsed = (System.nanoTime() - begun) * 1e-9;
      List<HostArray> values = computeWatched(session, results, console, meter, quiet || json);
      Report report =
          new Report(results, values, meter, parsed, (System.nanoTime() - begun) * 1e-9);
      if (json) {
        console.out().println(report.json());
      } else {
        report.print(console.out(), quiet);
      }
    }
    return 0;
  }

  private static List<HostArray> computeWatched(
      Session session, List<Result> results, Console console, JobMeter meter, boolean quiet) {
    try (ProgressLine line = ProgressLine.start(console, meter, quiet);
        Interruption interruption = Interruption.of(session)) {
      return compute(session, results);
    }
  }

  /** All results in one job, so that what they share is read and computed once. */
  private static List<HostArray> compute(Session session, List<Result> results) {
    List<NDArray> arrays = results.stream().map(Result::array).toList();
    if (results.stream().allMatch(result -> result.file() == null)) {
      return session.compute(arrays);
    }
    List<ArrayTarget> targets = new ArrayList<>();
    for (Result result : results) {
      targets.add(result.file() == null ? new MemoryTarget() : Npy.target(result.file()));
    }
    session.computeTo(arrays, targets);
    List<HostArray> values = new ArrayList<>();
    for (ArrayTarget target : targets) {
      if (target instanceof MemoryTarget memory) {
        values.add(memory.array());
      }
    }
    return values;
  }
}
