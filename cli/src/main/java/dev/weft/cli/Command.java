package dev.weft.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command: what it takes, and what it does. */
interface Command {
  /** Adds description, options and parameters. */
  void describe(CommandSpec spec);

  /**
   * Runs.
   *
   * @return the exit code
   */
  int run(ParseResult arguments, Console console);
}
