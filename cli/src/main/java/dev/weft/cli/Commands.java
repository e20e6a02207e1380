package dev.weft.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands by name. Only the one that is asked for is built; help needs all. */
final class Commands {
  static final List<String> NAMES = List.of("run", "explain", "ops", "info", "demo", "completion");

  private Commands() {}

  static @Nullable Command find(String name) {
    return switch (name) {
      case "run" -> new RunCommand();
      case "explain" -> new ExplainCommand();
      case "ops" -> new OpsCommand();
      case "info" -> new InfoCommand();
      case "demo" -> new DemoCommand();
      case "completion" -> new CompletionCommand();
      default -> null;
    };
  }

  /** One command, ready to parse its arguments. */
  static CommandLine line(String name, Command command) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
    command.describe(spec);
    spec.addOption(flag("-h", "--help").usageHelp(true).description("show this help").build());
    spec.addOption(flag("--debug").description("show the stack trace of a failure").build());
    return new CommandLine(spec)
        // An expression may begin with a minus sign; real options are checked by the commands.
        .setUnmatchedOptionsArePositionalParams(true)
        .setUsageHelpWidth(100);
  }

  /** An option without a value. */
  static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0");
  }

  /** An option with a value. */
  static OptionSpec.Builder option(String label, String... names) {
    return OptionSpec.builder(names).type(String.class).arity("1").paramLabel(label);
  }

  /** All commands below one. */
  static CommandLine tree() {
    CommandSpec spec = CommandSpec.create().name("weft");
    spec.usageMessage()
        .description("Chunked arrays: NumPy's expressions over files, fused and run on all cores.")
        .customSynopsis("weft COMMAND ...")
        .commandListHeading("%nCommands:%n")
        .footer(
            "",
            "weft COMMAND --help shows a command's options. For instance:",
            "  weft run 'mean(sqrt(x**2 + y**2), axis=0)' x=x.npy y=y.npy -o r.npy");
    spec.addOption(flag("-h", "--help").usageHelp(true).description("show this help").build());
    spec.addOption(
        flag("-V", "--version").versionHelp(true).description("show the version").build());
    CommandLine tree = new CommandLine(spec).setUsageHelpWidth(100);
    for (String name : NAMES) {
      Command command = find(name);
      if (command != null) {
        tree.addSubcommand(name, line(name, command));
      }
    }
    return tree;
  }
}
