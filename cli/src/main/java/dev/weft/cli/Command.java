package dev.weft.cli;

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
