package dev.weft.cli;

import dev.weft.cli.job.FileListing;
import dev.weft.cli.machine.Version;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.MachineLimits;
import dev.weft.io.object.Addresses;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** {@code weft info}: the machine, or what files hold. */
final class InfoCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "Shows versions, the machine and the device that jobs run on; or all about the arrays in files.",
        List.of(
            new Parameter(
                "FILE", false, true, "a file or a folder; FILE#NAME for one of its arrays")),
        Settings.OPTIONS);
  }

  @Override
  public int run(Words options, Console console) {
    PrintStream out = console.out();
    if (!options.parameters().isEmpty()) {
      options.parameters().forEach(file -> FileListing.of(Addresses.path(file)).describe(out));
      return 0;
    }
    SessionConfig config = Settings.config(options);
    row(out, "weft", Version.text());
    row(
        out,
        "java",
        "%s, %s %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.vm.name")));
    row(
        out,
        "system",
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    row(out, "cores", Integer.toString(MachineLimits.ofThisProcess().cores()));
    row(out, "threads", Integer.toString(config.threads()));
    row(
        out,
        "memory",
        String.format(Locale.ROOT, "at most %.1f GiB for buffers", config.memoryLimit() / 0x1p30));
    try (Session session = Session.open(config)) {
      for (DeviceInfo device : session.devices()) {
        row(out, device.name(), device.description());
        device.details().forEach((key, value) -> row(out, "", key + ": " + value));
      }
    }
    return 0;
  }

  private static void row(PrintStream out, String name, String text) {
    out.println(String.format(Locale.ROOT, "%-9s %s", name, text));
  }
}
