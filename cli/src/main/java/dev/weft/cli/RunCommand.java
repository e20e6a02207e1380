package dev.weft.cli;

import dev.weft.cli.job.InputFiles;
import dev.weft.cli.job.JobMeter;
import dev.weft.cli.job.ProgressLine;
import dev.weft.cli.job.Report;
import dev.weft.cli.job.Result;
import dev.weft.cli.job.ResumedJob;
import dev.weft.cli.job.WrittenResults;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.JobScript;
import dev.weft.cli.language.Parser;
import dev.weft.cli.machine.SlowProducts;
import dev.weft.cli.options.DrawnTimeline;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.ProfileFiles;
import dev.weft.cli.options.ProgressForm;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Watching;
import dev.weft.cli.options.Words;
import dev.weft.cli.options.Writing;
import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.core.HostArrayTarget;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.event.Progress;
import dev.weft.core.expr.ArrayTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** {@code weft run}: computes an expression or a job over files. */
final class RunCommand implements Command {
  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.value(
            "FILE",
            "write the result to this file (its ending says the format, such as .npy or .zarr) instead of printing it",
            "-o",
            "--output"));
    options.add(Result.NAMED);
    options.add(
        Option.flag(
            "go on with the chunks that an interrupted run of the same has completed; for .zarr",
            "--resume"));
    options.addAll(Writing.OPTIONS);
    options.addAll(Settings.OPTIONS);
    options.add(Option.flag("print the plan before computing", "--explain"));
    options.add(
        Option.value("FILE", "also draw what ran where and when: an SVG file", "--timeline"));
    options.addAll(ProfileFiles.OPTIONS);
    options.add(ProgressForm.OPTION);
    options.addAll(Watching.OPTIONS);
    options.add(Option.flag("print values only: no types, no progress", "-q", "--quiet"));
    options.add(
        Option.flag("print a summary as JSON: results, seconds, bytes, memory, tasks", "--json"));
    return new Syntax(
        "Computes an expression or a job over files.", JobArguments.PARAMETERS, options);
  }

  @Override
  public int run(Words options, Console console) {
    final long begun = System.nanoTime();
    boolean json = options.has("--json");
    boolean quiet = options.has("--quiet");
    JobArguments arguments = JobArguments.of(options);
    JobScript job = Parser.job(arguments.source());
    JobMeter meter = new JobMeter();
    DrawnTimeline timeline = DrawnTimeline.of(options, arguments.title());
    final ProgressLine.Form form =
        quiet || json ? ProgressLine.Form.NONE : ProgressForm.of(options);
    Progress progress = new Progress();
    ProfileFiles profile = ProfileFiles.of(options, arguments.title());
    SessionConfig config =
        Watching.config(
            options,
            profile.listen(
                timeline.listen(
                    Settings.config(options).withListener(meter).withListener(progress))));
    try (Session session = Session.open(config);
        timeline;
        profile;
        InputFiles inputs =
            new InputFiles(
                session,
                Settings.reading(options, arguments.inputs().keySet()),
                arguments.inputs())) {
      Watching.tell(session, console);
      Evaluator.Outputs outputs = Evaluator.evaluate(session, job, inputs);
      List<Result> results =
          Result.wanted(outputs, options.value("--output"), options.values("--out"));
      if (!quiet) {
        tellUnused(inputs, console);
      }
      if (options.has("--explain")) {
        (json ? console.err() : console.out())
            .println(session.explain(results.stream().map(Result::array).toList()));
      }
      profile.watch(session, results.stream().map(Result::array).toList());
      final double parsed = (System.nanoTime() - begun) * 1e-9;
      List<ArrayTarget> targets = targets(session, options, arguments, results, console);
      List<HostArray> values;
      try {
        values = computeWatched(session, results, targets, console, form, progress);
      } catch (JobFailedException e) {
        throw e.computing(arguments.title());
      }
      if (!quiet) {
        SlowProducts.tell(session, console);
      }
      Report report =
          new Report(
              results, values, meter, session.memory(), parsed, (System.nanoTime() - begun) * 1e-9);
      if (json) {
        console.out().println(report.json());
      } else {
        report.print(console.out(), quiet);
      }
    }
    return 0;
  }

  private static void tellUnused(InputFiles inputs, Console console) {
    for (String name : inputs.unused()) {
      console.err().println("weft: the input " + name + " is not used");
    }
  }

  private static List<HostArray> computeWatched(
      Session session,
      List<Result> results,
      List<ArrayTarget> targets,
      Console console,
      ProgressLine.Form form,
      Progress progress) {
    Supplier<MemoryUse> memory = () -> session.inspect().memory().values().iterator().next();
    try (ProgressLine line = ProgressLine.start(console, form, progress, memory)) {
      return compute(session, results, targets);
    }
  }

  /** One for each result; none at all where nothing is written. */
  private static List<ArrayTarget> targets(
      Session session,
      Words options,
      JobArguments arguments,
      List<Result> results,
      Console console) {
    boolean resumes = options.has("--resume");
    List<Result> written = results.stream().filter(result -> result.file() != null).toList();
    Writing writing = Writing.of(options, written.stream().map(Result::name).toList());
    if (written.isEmpty()) {
      if (resumes) {
        throw new UsageException("--resume needs a file to go on with: add -o FILE.zarr");
      }
      return List.of();
    }
    ResumedJob job = resumes ? new ResumedJob(session, options, arguments, console) : null;
    Iterator<ArrayTarget> files = WrittenResults.targets(written, writing, job).iterator();
    return results.stream()
        .map(result -> result.file() == null ? new HostArrayTarget() : files.next())
        .toList();
  }

  /** All results in one job, so that what they share is read and computed once. */
  private static List<HostArray> compute(
      Session session, List<Result> results, List<ArrayTarget> targets) {
    List<NDArray> arrays = results.stream().map(Result::array).toList();
    if (targets.isEmpty()) {
      return session.compute(arrays);
    }
    session.computeTo(arrays, targets);
    List<HostArray> values = new ArrayList<>();
    for (ArrayTarget target : targets) {
      if (target instanceof HostArrayTarget memory) {
        values.add(memory.array());
      }
    }
    return values;
  }
}
