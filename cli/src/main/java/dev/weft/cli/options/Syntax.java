package dev.weft.cli.options;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command takes: the one description from which words are parsed and help is printed.
 *
 * @param description what the command does
 * @param parameters words without a dash, in order
 * @param options words with a dash
 */
public record Syntax(String description, List<Parameter> parameters, List<Option> options) {
  /** Every command has it. */
  public static final Option HELP = Option.flag("show this help", "-h", "--help");

  static final String EXPRESSION = "EXPR";

  static final Option DEBUG = Option.flag("show the stack trace of a failure", "--debug");

  /**
   * A word without a dash.
   *
   * @param required whether it must be given
   * @param many whether it may be repeated
   */
  public record Parameter(String label, boolean required, boolean many, String description) {}

  /**
   * A word with a dash.
   *
   * @param label what its value is called; empty for an option without a value
   * @param repeated whether it may be given several times
   * @param optional whether it may be given without its value; a value then stands behind "="
   */
  public record Option(
      List<String> names, String label, boolean repeated, boolean optional, String description) {
    /** An option that cannot stand without its value, if it has one. */
    public Option(List<String> names, String label, boolean repeated, String description) {
      this(names, label, repeated, false, description);
    }

    /** An option without a value. */
    public static Option flag(String description, String... names) {
      return new Option(List.of(names), "", false, description);
    }

    /** An option with a value. */
    public static Option value(String label, String description, String... names) {
      return new Option(List.of(names), label, false, description);
    }

    /** An option that may have a value. */
    public static Option optional(String label, String description, String... names) {
      return new Option(List.of(names), label, false, true, description);
    }

    /** Whether it has a value, or may have one. */
    public boolean takesValue() {
      return !label.isEmpty();
    }

    /** The name under which it is found: the last, which is the long one. */
    public String key() {
      return names.getLast();
    }
  }

  /** Whether the first word may be an expression, which may begin with a minus sign. */
  boolean beginsWithExpression() {
    return !parameters.isEmpty() && parameters.getFirst().label().startsWith(EXPRESSION);
  }

  /** Adds the options that every command has. */
  public Syntax {
    List<Option> all = new ArrayList<>(options);
    all.add(DEBUG);
    all.add(HELP);
    options = List.copyOf(all);
    parameters = List.copyOf(parameters);
  }
}
