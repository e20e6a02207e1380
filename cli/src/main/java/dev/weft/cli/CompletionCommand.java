package dev.weft.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code weft completion}: a script that makes bash and zsh complete weft's commands. */
final class CompletionCommand implements Command {
  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .description(
            "Prints a script for bash and zsh that completes commands and options.",
            "Use it as: source <(weft completion)");
  }

  @Override
  public int run(ParseResult arguments, Console console) {
    console.out().print(AutoComplete.bash("weft", Commands.tree()));
    return 0;
  }
}
