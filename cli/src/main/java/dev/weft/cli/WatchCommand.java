package dev.weft.cli;

import dev.weft.cli.cluster.FolderExchange;
import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlanProgress;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.SlicedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/** {@code weft watch}: how far a job is whose workers share a folder. */
final class WatchCommand implements Command {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Override
  public Syntax syntax() {
    return new Syntax(
        "Tells how far the job of a plan is, from the chunks that are there, until it is done.",
        List.of(WorkCommand.PLAN),
        List.of(Option.flag("tell it once", "--once")));
  }

  @Override
  public int run(Words words, Console console) {
    PlanFile plan = PlanFile.read(Path.of(words.parameters().getFirst()));
    FolderExchange exchange = new FolderExchange(Path.of(plan.folder()));
    if (exchange.isFinished()) {
      console.out().println("done: the results are written");
      return 0;
    }
    try (PlannedJob planned = PlannedJob.open(plan, Settings.config(words))) {
      PlanProgress progress = new PlanProgress(planned.job(), exchange);
      String last = "";
      while (!exchange.isFinished()) {
        progress.look();
        String text = text(planned.job(), progress);
        if (!text.equals(last)) {
          console.out().print(text);
        }
        last = text;
        if (words.has("--once")) {
          return 0;
        }
        pause();
      }
    }
    console.out().println("done: the results are written");
    return 0;
  }

  private static String text(SlicedJob job, PlanProgress progress) {
    StringBuilder text = new StringBuilder();
    long all = 0;
    long done = 0;
    for (int stage : job.stages()) {
      long here = progress.done(stage);
      text.append(
          "  stage %d, %s: %,d of %,d tasks%n"
              .formatted(stage, job.label(stage), here, job.tasks(stage)));
      done += here;
      all += job.tasks(stage);
    }
    return "%,d of %,d tasks are done%n%s".formatted(done, all, text);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the watch was interrupted");
    }
  }
}
