package dev.weft.cli;

import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlanWords;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code weft plan}: writes down a job for workers that share a folder. */
final class PlanCommand implements Command {
  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(Option.value("FILE", "write the plan to this file", "-o", "--output"));
    options.addAll(PlanWords.OPTIONS);
    options.add(Option.value("N", "in how many slices the job is cut; 1 if left out", "--slices"));
    options.add(
        Option.value(
            "FOLDER",
            "where chunks pass from worker to worker; the plan's name with .chunks behind it if left out",
            "--folder"));
    options.addAll(Settings.LIMITS);
    return new Syntax(
        "Writes a plan of a job whose inputs and results all workers can reach, for: weft work.",
        JobArguments.PARAMETERS,
        options);
  }

  @Override
  public int run(Words words, Console console) {
    if (!words.has("--output")) {
      throw new UsageException("a plan is written to a file: add -o plan.weft");
    }
    Path file = Path.of(words.value("--output"));
    int slices = words.has("--slices") ? Settings.number("--slices", words.value("--slices")) : 1;
    Path folder =
        words.has("--folder")
            ? Path.of(words.value("--folder"))
            : file.resolveSibling(file.getFileName() + ".chunks");
    SessionConfig limits = Settings.config(words);
    PlanFile draft = PlanWords.draft(words, limits, slices, folder);
    PlannedJob.plan(draft, limits).write(file);
    return 0;
  }
}
