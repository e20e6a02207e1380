package dev.weft.cli;

import dev.weft.cli.compare.Change;
import dev.weft.cli.compare.Comparison;
import dev.weft.cli.compare.ComparisonChart;
import dev.weft.cli.compare.ComparisonJson;
import dev.weft.cli.compare.ComparisonTable;
import dev.weft.cli.compare.Heading;
import dev.weft.cli.compare.Outcome;
import dev.weft.cli.compare.Pace;
import dev.weft.cli.compare.SavedComparison;
import dev.weft.cli.compare.Sweep;
import dev.weft.cli.compare.SweepChart;
import dev.weft.cli.compare.SweepSizes;
import dev.weft.cli.compare.SweepTable;
import dev.weft.cli.compare.Warnings;
import dev.weft.cli.compare.Workload;
import dev.weft.cli.job.ExpressionWorkload;
import dev.weft.cli.job.GeneratedWorkload;
import dev.weft.cli.language.FreeNames;
import dev.weft.cli.language.JobScript;
import dev.weft.cli.language.Parser;
import dev.weft.cli.machine.Machine;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Reading;
import dev.weft.cli.options.SvgFile;
import dev.weft.cli.output.Console;
import dev.weft.cli.output.ExitCode;
import dev.weft.cli.output.Json;
import dev.weft.cli.output.ProgressText;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures what {@code weft compare} was asked for, and prints and draws it.
 *
 * @param resident only with inputs on the devices
 * @param saved what to compare with, or null
 */
record CompareRun(
    List<String> devices,
    boolean resident,
    int repeats,
    double ulps,
    SessionConfig config,
    Reading reading,
    @Nullable SavedComparison saved) {
  /** An input, what the device has of it, and a result of the same size. */
  private static final int COPIES = 3;

  /** One expression over files. */
  int once(JobArguments arguments, boolean json, @Nullable SvgFile chart, Console console) {
    Consumer<String> check = saved == null ? inputs -> {} : saved::requireSameInputs;
    ExpressionWorkload workload = new ExpressionWorkload(arguments, reading, check);
    List<String> warnings = new ArrayList<>(Machine.busyWarnings());
    warnings.addAll(workload.readOnce());
    List<Outcome> outcomes = measure(workload, Pace.of(repeats), true, "", console);
    warnings.addAll(Warnings.of(outcomes));
    for (String name : workload.unused()) {
      console.err().println("weft: the input " + name + " is not used");
    }
    Heading heading = new Heading(workload.text(), workload.inputs(), Machine.inOneLine(), repeats);
    List<Change> changes = saved == null ? List.of() : Change.of(saved, outcomes, 0);
    if (json) {
      print(ComparisonJson.of(heading, outcomes, warnings), changes, console);
    } else {
      print(ComparisonTable.of(heading, outcomes, warnings), changes, heading, console);
    }
    if (chart != null) {
      chart.write(ComparisonChart.of(heading, outcomes, warnings));
    }
    return exitCode(outcomes);
  }

  /** One expression over inputs of growing size. */
  int sweep(
      JobArguments arguments,
      SweepSizes sizes,
      boolean json,
      @Nullable SvgFile chart,
      Console console) {
    JobScript job = Parser.job(arguments.source());
    List<String> names = FreeNames.of(job);
    requireInputs(names, sizes);
    String inputs = String.join(", ", names) + " float64, " + sizes.words();
    if (saved != null) {
      saved.requireSameInputs(inputs);
    }
    List<String> warnings = new ArrayList<>(Machine.busyWarnings());
    List<Sweep.Point> points = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<Outcome> all = new ArrayList<>();
    for (long size : sizes.elements()) {
      try (GeneratedWorkload workload =
          new GeneratedWorkload(job, sizes.shape(size), reading.chunks())) {
        String prefix = String.format(Locale.ROOT, "%,d elements: ", size);
        List<Outcome> outcomes = measure(workload, Pace.ofSweep(repeats), false, prefix, console);
        points.add(new Sweep.Point(size, outcomes));
        all.addAll(outcomes);
        if (saved != null) {
          changes.addAll(Change.of(saved, outcomes, size));
        }
      }
    }
    Sweep sweep = new Sweep(points);
    warnings.addAll(Warnings.of(sweep));
    Heading heading = new Heading(arguments.title(), inputs, Machine.inOneLine(), repeats);
    if (json) {
      print(SweepTable.json(heading, sweep, warnings), changes, console);
    } else {
      print(SweepTable.of(heading, sweep, warnings), changes, heading, console);
    }
    if (chart != null) {
      chart.write(SweepChart.of(heading, sweep, warnings));
    }
    return exitCode(all);
  }

  private static void requireInputs(List<String> names, SweepSizes sizes) {
    if (names.isEmpty()) {
      throw new UsageException(
          "--sweep: the expression names no input whose size could grow; write for instance 'sum(x)'");
    }
    double bytes = 8.0 * COPIES * names.size() * sizes.elements().getLast();
    long free = Machine.availableMemory();
    if (bytes > free) {
      throw new UsageException(
          "--sweep: %d inputs of %,d elements and results take about %,.0f bytes; %,d are free; sweep up to a smaller size"
              .formatted(names.size(), sizes.elements().getLast(), bytes, free));
    }
  }

  private List<Outcome> measure(
      Workload workload, Pace pace, boolean limits, String prefix, Console console) {
    List<Outcome> outcomes = new ArrayList<>();
    try (ProgressText progress = new ProgressText(console);
        Comparison comparison =
            new Comparison(
                workload, config, pace, ulps, limits, text -> progress.show(prefix + text))) {
      for (String device : devices) {
        outcomes.addAll(comparison.run(device, resident));
      }
    }
    return outcomes;
  }

  private void print(Map<String, Object> json, List<Change> changes, Console console) {
    if (saved != null) {
      json.put("against", ComparisonJson.changes(saved, changes));
    }
    console.out().println(Json.text(json));
  }

  private void print(String table, List<Change> changes, Heading heading, Console console) {
    console.out().print(table);
    if (saved != null) {
      console.out().print(Change.text(saved, changes, heading.machine()));
    }
  }

  private static int exitCode(List<Outcome> outcomes) {
    boolean wrong =
        outcomes.stream()
            .anyMatch(o -> o instanceof Outcome.Failed || o instanceof Outcome.Different);
    return wrong ? ExitCode.FAILED : 0;
  }
}
