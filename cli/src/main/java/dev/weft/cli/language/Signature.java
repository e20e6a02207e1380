package dev.weft.cli.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A function's name, parameters and meaning.
 *
 * @param name as it is called
 * @param parameters in order
 * @param doc what it gives, in a line
 */
public record Signature(String name, List<Parameter> parameters, String doc) {
  /**
   * A parameter.
   *
   * @param name its name
   * @param byDefault the text of its default; empty when it must be given
   * @param rest whether it takes all further arguments
   * @param named whether it can be given by name only
   */
  public record Parameter(String name, String byDefault, boolean rest, boolean named) {
    /** Whether it must be given. */
    public boolean required() {
      return byDefault.isEmpty() && !rest;
    }

    /** Whether it takes arrays, each of which may be a list. */
    boolean takesArrays() {
      return name.equals("arrays") || name.equals("operands");
    }
  }

  /** Reads {@code "roll(x, shift, axis=None): what it gives"}. */
  public static Signature parse(String row) {
    int open = row.indexOf('(');
    int close = row.indexOf("):", open);
    List<Parameter> parameters = new ArrayList<>();
    boolean named = false;
    for (String part : row.substring(open + 1, close).split(", ", -1)) {
      if (part.isEmpty() || part.equals("*")) {
        named |= !part.isEmpty();
        continue;
      }
      int equals = part.indexOf('=');
      boolean rest = part.startsWith("*");
      String name = rest ? part.substring(1) : equals < 0 ? part : part.substring(0, equals);
      String byDefault = equals < 0 ? "" : part.substring(equals + 1);
      parameters.add(new Parameter(name, byDefault, rest, named || rest));
      named |= rest;
    }
    return new Signature(row.substring(0, open), parameters, row.substring(close + 2).strip());
  }

  /** Whether a parameter's default is None. */
  boolean isOptional(String parameter) {
    return parameters.stream()
        .anyMatch(p -> p.name().equals(parameter) && p.byDefault().equals("None"));
  }

  /** As it would be written in Python. */
  public String shown() {
    StringBuilder text = new StringBuilder(name).append('(');
    boolean named = false;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      text.append(i == 0 ? "" : ", ");
      if (parameter.named() && !parameter.rest() && !named) {
        text.append("*, ");
      }
      named |= parameter.named();
      text.append(parameter.rest() ? "*" : "").append(parameter.name());
      text.append(parameter.byDefault().isEmpty() ? "" : "=" + parameter.byDefault());
    }
    return text.append(')').toString();
  }
}
