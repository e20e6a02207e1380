package dev.weft.cli;

import dev.weft.cli.cluster.FolderExchange;
import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.cli.cluster.SliceNumber;
import dev.weft.cli.cluster.SliceWorker;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code weft work}: works on one slice of a plan until the job is done. */
final class WorkCommand implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static final Parameter PLAN =
      new Parameter("PLAN", true, false, "a plan that weft plan has written");

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.value(
            "I/N", "slice I of N, from 0 on, comes first; all of the job if left out", "--slice"));
    options.add(
        Option.value(
            "TIME",
            "take over tasks of other slices that could have run for so long and have not; 30s if left out",
            "--patience"));
    options.addAll(Settings.LIMITS);
    options.add(Option.flag("say nothing at the end", "-q", "--quiet"));
    return new Syntax(
        "Works on one slice of a plan, and ends when the whole job is done.",
        List.of(PLAN),
        options);
  }

  @Override
  public int run(Words words, Console console) {
    SliceNumber slice = SliceNumber.parse(words.has("--slice") ? words.value("--slice") : "0/1");
    Duration patience =
        words.has("--patience") ? Settings.time("--patience", words.value("--patience")) : PATIENCE;
    PlanFile plan = PlanFile.read(Path.of(words.parameters().getFirst()));
    FolderExchange exchange = new FolderExchange(Path.of(plan.folder()));
    SliceWorker.Done done;
    if (exchange.isFinished()) {
      done = new SliceWorker.Done(0, 0, false);
    } else {
      try (PlannedJob job = PlannedJob.open(plan, Settings.config(words))) {
        done = new SliceWorker(job, exchange, slice.number(), slice.of(), patience).work();
      }
    }
    if (!words.has("--quiet")) {
      console
          .err()
          .printf(
              "weft: slice %s is done: %,d tasks of its own, %,d of others%s%n",
              slice, done.own(), done.others(), done.wrote() ? "; wrote the results" : "");
    }
    return 0;
  }
}
