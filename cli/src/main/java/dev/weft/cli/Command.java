package dev.weft.cli;

import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;

/** One command: what it takes, and what it does. */
interface Command {
  /** Description, parameters and options. */
  Syntax syntax();

  /**
   * Runs.
   *
   * @return the exit code
   */
  int run(Words words, Console console);
}
