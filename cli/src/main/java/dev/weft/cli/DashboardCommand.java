package dev.weft.cli;

import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Watching;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/** {@code weft dashboard --demo}: something to watch. */
final class DashboardCommand implements Command {
  private static final int SECONDS = 120;

  /** Little enough that the demo's jobs bring chunks to disk. */
  private static final long MEMORY = 112L << 20;

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(Option.flag("run jobs that show what there is to see", "--demo"));
    options.add(Option.value("N", "for so many seconds; " + SECONDS + " if left out", "--seconds"));
    options.addAll(Settings.OPTIONS);
    options.addAll(Watching.OPTIONS);
    return new Syntax(
        "Shows the dashboard with jobs of a demo. A job of your own: weft run --dashboard ...",
        List.of(),
        options);
  }

  @Override
  public int run(Words words, Console console) {
    if (!words.has("--demo")) {
      throw new UsageException(
          "a dashboard shows a session, and there is none to show: use weft dashboard --demo, or watch a job with weft run --dashboard ...");
    }
    int seconds =
        words.has("--seconds") ? Settings.number("--seconds", words.value("--seconds")) : SECONDS;
    SessionConfig config = Settings.config(words).withDashboard(Watching.address(words));
    if (!words.has("--memory")) {
      config = config.withMemoryLimit(MEMORY);
    }
    try (Session session = Session.open(config)) {
      session
          .dashboard()
          .ifPresent(link -> console.out().println("Open this in a browser:\n\n  " + link + "\n"));
      console.out().println("Jobs run for " + seconds + " s; Ctrl-C ends them.");
      console.out().flush();
      new DashboardDemo(session, console.out()).run(seconds);
    }
    return 0;
  }
}
