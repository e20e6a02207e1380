package dev.weft.cli;

import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import java.io.PrintStream;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help and completion, laid out by picocli from each command's {@link Syntax}. */
final class Help {
  private static final int WIDTH = 100;

  private Help() {}

  /** Help for one command. */
  static void print(PrintStream out, String name, Command command) {
    new CommandLine(spec("weft " + name, command.syntax())).setUsageHelpWidth(WIDTH).usage(out);
  }

  /** Help for all. */
  static void print(PrintStream out) {
    tree().usage(out);
  }

  /** A script for bash and zsh. */
  static String completion() {
    return AutoComplete.bash("weft", tree()) + NameCompletion.SCRIPT;
  }

  private static CommandLine tree() {
    CommandSpec spec = CommandSpec.create().name("weft");
    spec.usageMessage()
        .description("Chunked arrays: NumPy's expressions over files, fused and run on all cores.")
        .customSynopsis("weft COMMAND ...")
        .commandListHeading("%nCommands:%n")
        .footer(
            "",
            "weft COMMAND --help shows a command's options. For instance:",
            "  weft run 'mean(sqrt(x**2 + y**2), axis=0)' x=x.npy y=y.npy -o r.npy");
    spec.addOption(option(Syntax.HELP));
    spec.addOption(option(Option.flag("show the version", "-V", "--version")));
    CommandLine tree = new CommandLine(spec);
    for (String name : Commands.NAMES) {
      Command command = Commands.find(name);
      if (command != null) {
        tree.addSubcommand(name, new CommandLine(spec(name, command.syntax())));
      }
    }
    return tree.setUsageHelpWidth(WIDTH);
  }

  private static CommandSpec spec(String name, Syntax syntax) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(syntax.description());
    syntax.options().forEach(option -> spec.addOption(option(option)));
    int index = 0;
    for (Parameter parameter : syntax.parameters()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(parameter.many() ? index + "..*" : Integer.toString(index))
              .arity(parameter.many() ? "0..*" : parameter.required() ? "1" : "0..1")
              .paramLabel(parameter.label())
              .type(parameter.many() ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .description(parameter.description())
              .build());
      index++;
    }
    return spec;
  }

  private static OptionSpec option(Option option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names().toArray(String[]::new)).description(option.description());
    if (!option.takesValue()) {
      return builder.type(boolean.class).arity("0").build();
    }
    return builder
        .type(option.repeated() ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .arity(option.optional() ? "0..1" : "1")
        .paramLabel(option.label())
        .build();
  }
}
