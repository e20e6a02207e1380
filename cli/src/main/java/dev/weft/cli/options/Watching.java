package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.watch.DashboardAddress;
import java.util.List;

/** The options that open a dashboard, with which a job can be watched in the browser. */
public final class Watching {
  private static final String DASHBOARD = "--dashboard";
  private static final String ADDRESS = "--dashboard-address";

  /** Options of commands whose job can be watched. */
  public static final List<Option> OPTIONS =
      List.of(
          Option.optional(
              "PORT",
              "also show the job in the browser, at port 8787 or the next free one",
              DASHBOARD),
          Option.value(
              "ADDRESS",
              "with --dashboard: an address of this machine, such as 192.168.1.5; 127.0.0.1 if left out, which no other machine reaches",
              ADDRESS));

  private Watching() {}

  /** The settings of a session that can be watched if the options ask for it. */
  public static SessionConfig config(Words words, SessionConfig config) {
    if (!words.has(DASHBOARD)) {
      if (words.has(ADDRESS)) {
        throw new UsageException(ADDRESS + " says where a dashboard is; add " + DASHBOARD);
      }
      return config;
    }
    return config.withDashboard(address(words));
  }

  /** Where the options want the dashboard. */
  public static DashboardAddress address(Words words) {
    DashboardAddress standard = DashboardAddress.standard();
    String port = words.value(DASHBOARD);
    String host = words.has(ADDRESS) ? words.value(ADDRESS) : standard.host();
    return port.isEmpty()
        ? new DashboardAddress(host, standard.port(), true)
        : new DashboardAddress(host, Settings.number(DASHBOARD, port), false);
  }

  /** Prints the link, if there is one, where no result is. */
  public static void tell(Session session, Console console) {
    session.dashboard().ifPresent(link -> console.err().println("weft: watch it at " + link));
  }
}
