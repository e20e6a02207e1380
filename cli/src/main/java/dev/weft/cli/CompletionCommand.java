package dev.weft.cli;

import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import java.util.List;

/** {@code weft completion}: a script that makes bash and zsh complete weft's commands. */
final class CompletionCommand implements Command {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "Prints a script that completes commands in bash and zsh; use: source <(weft completion)",
        List.of(),
        List.of());
  }

  @Override
  public int run(Words words, Console console) {
    console.out().print(Help.completion());
    return 0;
  }
}
